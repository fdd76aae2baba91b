"""Events in people's own calendars: files, personal feeds, and the month at a glance."""
