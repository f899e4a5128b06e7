"""The Stadtteil of places that nobody located: that of other places at the same address."""

from scripts.datapackage.coordinates import Position, _by_address


def position(district=None, source=""):
    """Return what is known of a place without coordinate."""
    return Position(None, None, "address", None, "", district, source, "")


def test_a_place_gets_the_district_of_others_at_its_address_only_if_they_agree():
    address = {"street": "Thie", "housenumber": "6", "city": "Stadt"}
    rows = [address, address | {"street": "THIE"}, address | {"housenumber": "8"}, address | {"housenumber": ""}]
    placed = [position(47, "stated"), *[position()] * 3]
    assert [(one.district_id, one.district_source) for one in _by_address(rows, placed)] == [
        (47, "stated"), (47, "same_address"), (None, ""), (None, ""),
    ]  # fmt: skip
    disputed = _by_address([address] * 3, [position(47, "stated"), position(5, "point"), position()])
    assert disputed[2].district_id is None
