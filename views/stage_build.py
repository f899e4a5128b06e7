"""From a storyline to its stage: built from what the pages show, put on the server's shelf, or handed out as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.folders import data_folder
from views import data
from workshop.stage.shelf import Shelf

if TYPE_CHECKING:
    from geo.storyline import Storyline
    from workshop.stage.material import Material
    from workshop.stage.page import Extras, StagePage


def material(language: str) -> Material:
    """Return what stages are made from, in one language: the same frames as on the pages."""
    from exchange.dossier.words import Words
    from exchange.wording import Texts
    from workshop.stage.material import Material

    def made() -> Material:
        return Material(data.package(), _frame, data.gap_result, Words(Texts(language), data.catalogue()))

    return data.kept("stage_material", language, make=made)


def _frame(name: str) -> Any:
    return data.frame(name)


def page(storyline: Storyline, extras: Extras) -> StagePage:
    """Return the finished stage in the storyline's language; ParameterError if it names what is not there."""
    from workshop.stage.page import stage_page

    return stage_page(material(storyline.language), storyline, extras)


def put_on_server(storyline: Storyline, extras: Extras) -> str:
    """Return the address, relative to the pages, under which this server shows the stage from now on.

    Behind ``#`` may follow the code of a session whose notes it shall show; ``#CODE/TOKEN`` with the token of a host link.

    Raises
    ------
    OSError
        The folder for what people add cannot be written.
    """
    return "w/stage/" + Shelf(data_folder()).put(page(storyline, extras).html)
