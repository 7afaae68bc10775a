"""The nouns of the field, in Dutch: frozen dataclasses that validate nothing (the schemas do)."""
