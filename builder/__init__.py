"""The machine of `knm`: from YAML to a checked item bank, a site and printed toetsen."""
