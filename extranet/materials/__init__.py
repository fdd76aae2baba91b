"""The material library: files with their versions, and who may download them."""
