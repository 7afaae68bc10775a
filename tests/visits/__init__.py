"""The planning of visits."""
