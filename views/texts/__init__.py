"""The words on the screen: ``<language>/<topic>.po`` beside this file, read by `exchange.wording`, which files use too."""

from exchange.wording import DEFAULT_LANGUAGE, FOLDER, LANGUAGES, PLAIN, Texts, is_unknown, topic_files

__all__ = ["DEFAULT_LANGUAGE", "FOLDER", "LANGUAGES", "PLAIN", "Texts", "is_unknown", "topic_files"]
