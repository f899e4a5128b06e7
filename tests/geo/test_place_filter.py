"""The place filter: every filter narrows, an empty one does not, no kind shows nothing."""

import geopandas as gpd
import pytest
import shapely

from geo.place_filter import filtered

PLACES = gpd.GeoDataFrame(
    {
        "name": ["beta", "Alpha", "gamma"],
        "kinds": ["library;school", "school", None],
        "target_groups": ["families", None, "seniors"],
        "topics": ["care", "care;work", None],
        "organization_id": ["o1", "o2", None],
        "wheelchair": ["yes", None, "no"],
        "coordinate_quality": ["exact", "approximate", "none"],
    },
    geometry=[shapely.Point(0, 0)] * 3,
    crs=25832,
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"kinds": ()}, []),
        ({"kinds": ("school",)}, ["Alpha", "beta"]),
        ({"kinds": ("library",)}, ["beta"]),
        ({"kinds": ("scho",)}, []),
        ({"kinds": ("school",), "targets": ("families",)}, ["beta"]),
        ({"kinds": ("school",), "topics": ("work",)}, ["Alpha"]),
        ({"kinds": ("school",), "operators": ("o1", "o9")}, ["beta"]),
        ({"kinds": ("school",), "wheelchair": ("unknown",)}, ["Alpha"]),
        ({"kinds": ("school",), "quality": ("exact", "none")}, ["beta"]),
    ],
)
def test_filters(wanted, names):
    assert list(filtered(PLACES, **wanted)["name"]) == names
