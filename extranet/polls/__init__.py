"""Polls in a discussion: a question, its options, votes, and what came of it."""
