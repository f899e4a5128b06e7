"""The shipped data package as its readers see it."""

import csv
import json

import pytest


@pytest.fixture(scope="session")
def data(root):
    """Return the folder of the shipped data package."""
    return root / "data"


@pytest.fixture(scope="session")
def descriptor(data):
    """Return the descriptor."""
    return json.loads((data / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tables(data, descriptor):
    """Return resource name → rows as texts."""
    found = {}
    for resource in descriptor["resources"]:
        if resource["format"] == "csv":
            with (data / resource["path"]).open(encoding="utf-8", newline="") as file:
                found[resource["name"]] = list(csv.DictReader(file))
    return found
