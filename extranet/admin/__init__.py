"""What administrators need: people, jobs, mail, the audit log, imports, health."""
