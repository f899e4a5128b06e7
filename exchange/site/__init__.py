"""The static edition of the finder: plain HTML, JSON and a map, for any web server or none.

The rules are those of `geo.finder`; `assets/rules.js` is their second writing, and a test compares the two.
"""
