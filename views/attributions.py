"""Who is to be named for what a page shows, in the page's language; on the map and in the line of sources."""

from workshop.credits import OSM, base, credit, of_layer, of_places

__all__ = ["OSM", "base", "credit", "of_layer", "of_places"]
