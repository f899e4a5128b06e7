"""Versions of the tables, from the first on; there is no way down: restore a backup instead."""
