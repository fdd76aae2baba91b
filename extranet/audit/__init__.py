"""Remembers who did what to what, when and from where. Knows people and things by id only."""
