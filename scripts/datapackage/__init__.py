"""Builds the data package `data/` from the raw tables; one concept per module, entry in `build`."""
