"""Requirement sheets of new-build areas."""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow


class NewbuildSheet(EntryRow):
    """A requirement sheet as it was saved: what was entered, as JSON; the result is worked out anew from it."""

    __tablename__ = "newbuild_sheets"

    area_level: Mapped[str]
    area_id: Mapped[str]
    title: Mapped[str]
    sheet: Mapped[str]
    finding: Mapped[str | None]
    data_version: Mapped[str | None]
    reference_date: Mapped[str | None]
    note: Mapped[str | None]
