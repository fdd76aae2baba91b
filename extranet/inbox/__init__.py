"""Takes in what people answer to letters, by IMAP or a pipe, and puts it into the discussion."""
