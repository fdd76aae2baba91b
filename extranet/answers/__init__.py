"""Accepted answers that became cards of the library."""
