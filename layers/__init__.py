"""Map layers: GeoDataFrame (EPSG:25832) → folium. One file per layer, no Streamlit.

How a page puts a map together stands in docs/map-component.md.
"""
