"""The browser fixtures themselves: they must notice what they promise to notice."""

import pytest

_SCRIPT = """
import streamlit as st
st.title("Probe")
st.write("Hallo Hannover")
"""


def test_a_script_of_its_own_is_served(run_app, page):
    page.goto(run_app(_SCRIPT))
    page.get_by_role("heading", name="Probe").wait_for()
    assert page.get_by_text("Hallo Hannover").count() == 1


def test_console_errors_and_foreign_requests_are_recorded(page_factory):
    visit = page_factory(strict=False)
    visit.page.route("https://example.org/**", lambda route: route.abort())
    visit.page.set_content("<script>console.error('oh'); new Image().src = 'https://example.org/a'</script>")
    visit.page.wait_for_timeout(200)
    assert "oh" in visit.console_errors
    assert visit.foreign_requests == ["https://example.org/a"]


def _answer(body):
    html = f"<html lang='de'><title>Probe</title><main><h1>Probe</h1>{body}</main></html>"
    return lambda route: route.fulfill(body=html, content_type="text/html")


def test_barriers_are_found_also_in_frames(page_factory, check_axe):
    page = page_factory().page
    page.route("http://localhost/outer", _answer("<iframe title='inner' src='inner'></iframe>"))
    page.route("http://localhost/inner", _answer("<img src='data:,'>"))
    page.goto("http://localhost/outer")
    with pytest.raises(AssertionError, match="image-alt"):
        check_axe(page)
    check_axe(page, ignore=("image-alt",))
