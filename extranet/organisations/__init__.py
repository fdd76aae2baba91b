"""Employers, their appointed contact persons, and the gaps between."""
