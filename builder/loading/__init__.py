"""The way in: read, validate, link, and `load`, the three composed."""
