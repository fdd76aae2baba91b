"""Letters: first a row, then SMTP or a file."""
