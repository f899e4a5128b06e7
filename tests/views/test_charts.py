"""Charts as Vega gets them: the page's language, own data, nothing to fetch."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from views import charts
from views.texts import LANGUAGES, Texts

HOSTILE = "</script> {{7*7}} ${x} \\ ' \" https://example.org"


def _points(name="Mitte"):
    return pd.DataFrame(
        {"name": [name], "x": [1.5], "y": [2.5], "colour": ["#123456"], "x_text": ["1,5"], "y_text": ["2,5"]}
    )


def _bars():
    return pd.DataFrame(
        {"name": ["a", "b"], "value": [2.0, 1.0], "text": ["2", "1"], "low": [1.5, None], "high": [2.5, None]}
    )


def _pairs():
    return pd.DataFrame({"name": ["a"], "one": [2.0], "other": [1.0], "one_text": ["2"], "other_text": ["1"]})


def _every_chart():
    return {
        "scatter": charts.scatter(_points(HOSTILE), x="X" * 90, y="Y", name="Name", named=[HOSTILE]),
        "lorenz": charts.lorenz([0.0, 1.0], [0.0, 1.0], x="X", y="Y", equal="gleich", real="so"),
        "bars": charts.bars(_bars(), value="Wert", name="Name"),
        "pairs": charts.pairs(_pairs(), value="Wert", name="Name", one="eins", other="zwei"),
    }


def _shown(monkeypatch, chart, language):
    """Return the specification and the alternative text that Streamlit gets."""
    found = {}
    monkeypatch.setattr(
        charts.st, "altair_chart", lambda whole, **options: found.update(spec=whole.to_dict(), **options)
    )
    charts.show(Texts(language), chart, describe="Beschreibung")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["scatter", "lorenz", "bars", "pairs"])
def test_numbers_follow_the_language_and_the_chart_has_a_description(monkeypatch, name, language):
    found = _shown(monkeypatch, _every_chart()[name], language)
    number = found["spec"]["config"]["locale"]["number"]
    assert (number["decimal"], number["thousands"]) == ((",", ".") if language == "de" else (".", ","))
    assert found["alt"] == "Beschreibung"
    assert found["spec"]["config"]["aria"] is False


@pytest.mark.parametrize("name", ["scatter", "lorenz", "bars", "pairs"])
def test_a_chart_fetches_nothing(monkeypatch, name):
    spec = _shown(monkeypatch, _every_chart()[name], "de")["spec"]
    spec.pop("$schema")  # says which language the specification speaks; nobody fetches it
    assert '"url"' not in json.dumps(spec)
    assert "image" not in json.dumps([spec.get("mark"), [layer.get("mark") for layer in spec.get("layer", [])]])


def test_names_from_the_data_are_values_and_never_expressions(monkeypatch):
    spec = _shown(monkeypatch, _every_chart()["scatter"], "de")["spec"]
    rows = [row for rows in spec["datasets"].values() for row in rows]
    assert HOSTILE in {row["name"] for row in rows}
    assert spec["layer"][1]["transform"] == [{"filter": {"field": "name", "oneOf": [HOSTILE]}}]


def test_a_long_title_is_broken_into_lines(monkeypatch):
    spec = _shown(monkeypatch, _every_chart()["scatter"], "de")["spec"]
    title = spec["layer"][0]["encoding"]["x"]["title"]
    assert len(title) == 2
    assert "".join(title) == "X" * 90


def test_a_bar_without_a_range_has_none(monkeypatch):
    spec = _shown(monkeypatch, charts.bars(_bars(), value="Wert", name="Name"), "de")["spec"]
    assert spec["layer"][1]["transform"] == [{"filter": "isValid(datum.low) && datum.low < datum.high"}]
    rows = [row for rows in spec["datasets"].values() for row in rows]
    assert [row["end"] for row in rows] == [2.5, 1.0]


@pytest.mark.parametrize(("theme", "ink"), [("dark", "#edf1f1"), ("light", "#1d272b"), (None, charts.QUIET)])
def test_words_in_a_chart_can_be_read_in_both_themes(monkeypatch, theme, ink):
    drawn = []
    context = type("Context", (), {"theme": type("Theme", (), {"type": theme})()})()
    monkeypatch.setattr(charts.st, "context", context)
    monkeypatch.setattr(charts.st, "altair_chart", lambda chart, **_: drawn.append(chart.to_dict()))
    for chart in (
        charts.scatter(_points(), x="x", y="y", name="n", named=["Mitte"]),
        charts.bars(_bars(), value="v", name="n"),
    ):
        charts.show(Texts("de"), chart, describe="d")
    for spec in drawn:
        assert spec["config"]["text"]["color"] == ink
        texts = [layer["mark"] for layer in spec["layer"] if layer["mark"].get("type") == "text"]
        assert texts
        assert all("color" not in mark for mark in texts)
