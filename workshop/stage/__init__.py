"""The stage: a storyline as one page for the projector, with everything it needs inside.

`material` reads, `fills`, `places` and `scene` turn a step into layers, legend, facts and words, `page` writes the HTML;
`assets/` holds the page's own scripts and styles.
"""
