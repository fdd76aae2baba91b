"""Threads and replies inside a network, and their moderation."""
