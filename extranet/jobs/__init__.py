"""Work for later. A job is a row, so it exists only if the transaction that asked for it commits."""
