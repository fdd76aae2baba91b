"""At which address: the home of one network."""
