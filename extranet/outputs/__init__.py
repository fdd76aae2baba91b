"""What events leave behind: their materials and recordings, with captions in time."""
