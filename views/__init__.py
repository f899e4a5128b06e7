"""The pages people see: one Streamlit page per file, thin; words in ``texts``, caching in ``data``, choices in ``state``."""
