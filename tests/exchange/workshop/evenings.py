"""Two evenings in the tiny city that end in the same notes, dots and steps: one with phones, one with paper only."""

from exchange.workshop.cards import card_numbers
from exchange.workshop.evening import evening_of
from exchange.workshop.paper_in import read_rows
from exchange.workshop.paper_model import Paper
from geo.crs import points_from_xy, to_lonlat
from geo.participation_ground import participation
from geo.workshop import CATEGORIES
from store import LOCAL, workshop
from tests.factories import metres, uid
from tests.store.workshop.sessions import opened_session, phone, write

VEREIN = uid("Verein")
SAID = (
    ("need", "Nachts ist der Weg dunkel", (1.3, 1.4)),
    ("need", "Laternen am Weg", (1.35, 1.45)),
    ("idea", "Spielstraße am Samstag", (1.7, 1.6)),
    ("strength", "Der Chor", None),
)
DOTS = (2, 1, 4, 0)


def lonlat(spot):
    x, y = metres(*spot)
    point = to_lonlat(points_from_xy([x], [y]))
    return {"lon": float(point.x.iloc[0]), "lat": float(point.y.iloc[0])}


def opened(store):
    return opened_session(store, area_id="4", area_name="Nordost", title="Abend im Nordosten", dots=10)


def with_phones(store):
    """Return the session of an evening on which two phones wrote and voted."""
    made = opened(store)
    phones = [phone(store, made, language="tr"), phone(store, made)]
    workshop.tell(store, phones[0], made.id, {"age_group": "75_plus"})
    notes = [
        write(store, phones[0], made, text, category=category, **(lonlat(spot) if spot else {"lon": None, "lat": None}))
        for category, text, spot in SAID
    ]
    made = workshop.set_phase(store, LOCAL, made.id, "vote", version=workshop.session(store, LOCAL, made.id).version)
    for note, dots in zip(notes, DOTS, strict=True):
        if dots:
            workshop.vote(store, phones[1], made.id, note.id, dots)
    return agreed(store, made, notes)


def with_paper(store, material):
    """Return the session of an evening on which only cards were written, typed back afterwards."""
    made = opened(store)
    paper = Paper(made.id, material.grid, CATEGORIES, card_numbers(CATEGORIES))
    rows = [
        {"sticker": str(number), "category": category, "text": text, "paper_dots": str(dots),
         "grid_code": material.grid.code_at(*metres(*spot)) if spot else ""}
        for number, ((category, text, spot), dots) in enumerate(zip(SAID, DOTS, strict=True), 1)
    ]  # fmt: skip
    read = read_rows(enumerate(rows, 2), paper)
    assert [problem.key for problem in read.problems] == ["paper.no_place"]
    notes = workshop.enter_notes(store, LOCAL, made.id, [note.values for note in read.notes])
    return agreed(store, made, notes)


def agreed(store, made, notes):
    """Put the first two notes into a group, make a step of it, and a need of the third note."""
    group = workshop.open_group(store, LOCAL, made.id, "Licht am Weg", [notes[0].id, notes[1].id])
    step = {"title": "Laternen beantragen", "organization_id": VEREIN, "end_date": "2027-05"}
    workshop.agree(store, LOCAL, made.id, "steps", step, group_id=group.id, key="1")
    workshop.agree(store, LOCAL, made.id, "ideas", {"title": "Spielstraße"}, note_id=notes[2].id, key="2")
    return made.id


def evening(store, session_id, material):
    """Return the evening with its comparison with the population."""

    def people(_session, counted):
        return participation(
            material.load, material.load("population_cells"), material.area,
            by_age=counted.by_age_group, by_language=counted.by_language, by_district=counted.by_district,
        )  # fmt: skip

    return evening_of(store, LOCAL, session_id, people=people, grid=material.grid)
