"""Who came: tickets and check-in at the door, certificates of attendance, and what people thought of the event."""
