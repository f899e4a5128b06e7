"""The words on the screen: ``<language>/<topic>.po`` beside this file, read by `exchange.wording`, which files use too."""

from exchange.wording import (
    DEFAULT_LANGUAGE,
    FINDER_LANGUAGES,
    FOLDER,
    LANGUAGES,
    PLAIN,
    RIGHT_TO_LEFT,
    Texts,
    is_draft,
    is_unknown,
    topic_files,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "FINDER_LANGUAGES",
    "FOLDER",
    "LANGUAGES",
    "PLAIN",
    "RIGHT_TO_LEFT",
    "Texts",
    "is_draft",
    "is_unknown",
    "topic_files",
]
