"""Counts and picture of the start page."""

from __future__ import annotations

from views import data


def headline() -> dict[str, int]:
    """Return the counts of the start page."""
    return data.kept("headline", make=_headline)


def _headline() -> dict[str, int]:
    locations, organizations = data.frame("locations"), data.frame("organizations")
    return {
        "districts": len(data.frame("districts")),
        "population": round(float(data.frame("population_cells")["population"].sum())),
        "places": len(locations),
        "located": int(locations.geometry.notna().sum()),
        "organizations": len(organizations),
        "actors": int(organizations["is_actor"].fillna(value=False).sum()),
    }


def silhouette() -> str:
    """Return the outline of the districts as an SVG picture."""
    return data.shipped("silhouette", make=_silhouette)


def _silhouette() -> str:
    areas = data.frame("districts")
    west, south, east, north = areas.total_bounds
    paths = []
    for shape in areas.geometry.simplify(60):
        for part in getattr(shape, "geoms", [shape]):
            points = " ".join(f"{x - west:.0f},{north - y:.0f}" for x, y in part.exterior.coords)
            paths.append(f'<path d="M{points}Z"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{(east - west) / 40:.0f}" height="{(north - south) / 40:.0f}" '
        f'viewBox="-60 -60 {east - west + 120:.0f} {north - south + 120:.0f}" fill="#2a8792" fill-opacity="0.14" '
        f'stroke="#2a8792" stroke-width="45" stroke-linejoin="round">' + "".join(paths) + "</svg>"
    )
