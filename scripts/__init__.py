"""Command line programs that build or show the project."""
