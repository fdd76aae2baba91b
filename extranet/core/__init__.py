"""What every package stands on: settings, database, viewer, pages, languages, time. Imports no feature."""
