"""Files under their hash, in a folder or an object store."""
