"""Orders of printed copies: how many, to whom, and what is left."""
