"""Reports of messages, decisions with their reasons, and a second look by somebody else."""
