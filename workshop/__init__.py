"""What an evening in the Quartier needs outside the pages: storylines, the stage, participants' phones, the offline kit.

Plain HTML and JSON, made and served without Streamlit. May use layers, exchange, store and geo.
"""
