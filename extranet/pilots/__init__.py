"""Drafts tried by a few named people, who comment and judge before publication."""
