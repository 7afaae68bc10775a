"""Making and changing toetsen."""
