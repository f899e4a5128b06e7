"""Entry of the Streamlit script: page settings and navigation; everything else lives in ``views``."""

from pathlib import Path

import streamlit as st

from views import navigation

st.set_page_config(
    page_title="Quartierskarte Hannover",
    page_icon=str(Path(__file__).parent / "static" / "icon.png"),
    layout="wide",
    initial_sidebar_state=340,
)
navigation.run()
