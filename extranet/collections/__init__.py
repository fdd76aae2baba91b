"""Materials gathered by hand under one address."""
