"""Own Quartiere: areas that planners join from districts or draw."""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow


class Quarter(EntryRow):
    """An own Quartier; a drawn one has a polygon as GeoJSON in degrees."""

    __tablename__ = "quarters"

    name: Mapped[str]
    kind: Mapped[str]
    district_ids: Mapped[str | None]
    polygon: Mapped[str | None]
    note: Mapped[str | None]
