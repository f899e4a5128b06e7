"""The server around Streamlit, seen from a browser."""

import pytest

from scripts.chromium import wait_until
from views.navigation import PAGES

_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


def _open(page, url):
    page.goto(url)
    page.locator("h1").first.wait_for()


def test_the_page_says_which_language_it_speaks(page, app_url):
    _open(page, app_url)
    assert page.evaluate("document.documentElement.lang") == "de"
    page.get_by_text("English", exact=True).click()
    wait_until(page, "document.documentElement.lang === 'en'")


def test_a_link_to_a_page_works_at_the_first_try(page, app_url):
    answers = []
    page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    _open(page, f"{app_url}/{PAGES[-1][1]}")
    assert [answer for answer in answers if answer[0] >= 400] == []
    assert page.title().strip()


def test_there_is_no_menu_of_streamlit(page, app_url):
    _open(page, app_url)
    assert page.get_by_test_id("stMainMenu").count() == 0
    assert page.get_by_text("Deploy").count() == 0


@pytest.mark.parametrize(
    ("attempt", "directive"),
    [
        ("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))", "script"),
        ("try { eval('window.ran = 1') } catch {}", "script"),
        ("fetch('https://example.org/').catch(() => 0)", "connect-src"),
        ("new Image().src = 'https://example.org/a.png'", "img-src"),
        ("document.body.append(Object.assign(document.createElement('iframe'), {src: '//example.org'}))", "frame-src"),
    ],
)
def test_foreign_scripts_and_hosts_are_refused(page_factory, app_url, attempt, directive):
    visit = page_factory(strict=False)
    visit.page.add_init_script(_VIOLATIONS)
    _open(visit.page, app_url)
    visit.page.evaluate(f"() => {{ setTimeout(() => {{ {attempt} }}) }}")
    wait_until(visit.page, "window.violations.length > 0")
    assert visit.page.evaluate("window.violations[0]").startswith(directive)
    assert visit.page.evaluate("window.ran") is None
