"""How the map of the gaps page is cut into classes; the stage cuts it the same way."""

from workshop.gap_classes import SCHEMES, legend_items, measured, schemes, standard_breaks

__all__ = ["SCHEMES", "legend_items", "measured", "schemes", "standard_breaks"]
