"""Meetings, workshops and info streams, and who takes part."""
