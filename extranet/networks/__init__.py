"""Networks and sub-networks, and who belongs to them. Every content package hangs its keys here."""
