"""Waiting for a page of Streamlit until it has nothing more to say."""

from __future__ import annotations

from playwright.sync_api import Page

# Notes when the page sent something to its server, when it last heard from it, and when something came or went on it.
LISTEN = """
window.talk = { sent: 0, heard: 0, changed: 0 };
new MutationObserver(() => { talk.changed = performance.now(); }).observe(document, { childList: true, subtree: true });
window.WebSocket = class extends WebSocket {
    constructor(...given) {
        super(...given);
        this.addEventListener("message", () => { talk.heard = performance.now(); });
    }
    send(...given) {
        talk.sent = performance.now();
        super.send(...given);
    }
};
"""
_SETTLED = """async quiet => {
    const since = performance.now();
    const calm = () => talk.heard > talk.sent
        && performance.now() - Math.max(talk.heard, talk.changed, since) > quiet
        && document.querySelector("[data-test-script-state='notRunning']") !== null;
    while (!calm()) {
        if (performance.now() - since > 60_000) throw new Error("the page does not come to rest");
        await new Promise(later => setTimeout(later, 20));
    }
}"""


def settled(page: Page, quiet: int = 150) -> None:
    """Wait until what the page sent is answered, its script has run, and nothing changed for some milliseconds.

    Those count from the call on: what was clicked just before is sent meanwhile.
    """
    page.evaluate(_SETTLED, quiet)
