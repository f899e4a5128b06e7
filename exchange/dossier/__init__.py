"""The dossier of an area: what is in it once (`model`, `build`), and its writers: PDF, PPTX, HTML, the profile page."""
