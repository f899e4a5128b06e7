"""Driving the map inside streamlit-folium's frame."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Frame, Page


def map_frame(page: Page, **layers: int) -> Frame:
    """Wait until the districts and the given layers (key=count) are drawn; return the map's frame."""
    page.wait_for_selector("iframe[title='streamlit_folium.st_folium']", state="attached")
    frame = page.query_selector("iframe[title='streamlit_folium.st_folium']").content_frame()
    frame.wait_for_selector("#map_div[data-districts]", state="attached")
    wait_for_layers(frame, **layers)
    return frame


def wait_for_layers(frame: Frame, **layers: int) -> None:
    """Wait until each layer has as many things on the map as given; 0 = gone."""
    frame.wait_for_function(
        """want => {
            const live = JSON.parse(document.getElementById("map_div").dataset.layers || "{}");
            return Object.entries(want).every(([key, count]) => (live[key] || 0) === count);
        }""",
        arg=layers,
    )


def point_of(page: Page, frame: Frame, lat: float, lon: float) -> tuple[float, float]:
    """Return where on the page (pixels) a place of the map is."""
    box = frame.frame_element().bounding_box()
    x, y = frame.evaluate(
        "([a, o]) => { const p = map.latLngToContainerPoint([a, o]); return [p.x, p.y]; }", [lat, lon]
    )
    return box["x"] + x, box["y"] + y


@contextmanager
def no_frame_without(frame: Frame, selector: str) -> Iterator[dict[str, Any]]:
    """Watch every picture the browser draws meanwhile; gives {"frames": n, "blank": n} at the end.

    Blank = nothing matches `selector` at that moment.
    """
    seen: dict[str, Any] = {}
    frame.evaluate(
        """selector => {
            window.watched = { frames: 0, blank: 0, on: true };
            const look = () => {
                watched.frames += 1;
                if (!document.querySelector(selector)) watched.blank += 1;
                if (watched.on) requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }""",
        selector,
    )
    yield seen
    seen.update(frame.evaluate("() => { watched.on = false; return watched; }"))
