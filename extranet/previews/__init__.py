"""Pictures, text and facts of a stored file, made aside."""
