"""Side-by-side measurements: `python -m bench [NAME…]`.

Every other module here that has a function `run() -> list[Comparison]` is one measurement; its first docstring
line says what it compares. `bench.compare` holds how two sides are timed in turn.
"""
