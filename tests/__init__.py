"""The proof. A package, so that `tests` always means this folder."""
