"""People, their sign-in, their sessions and their own profile."""
