"""The domain of Quartierskarte Hannover: pure functions on tables and areas.

Everything inside is EPSG:25832 (metres) and unknown values stay NaN, NA or None, never 0.
The package itself imports nothing: ask for the module that is needed, for example
``from geo.sources import open_package, read`` or ``from geo.assign import assign_district``.
"""
