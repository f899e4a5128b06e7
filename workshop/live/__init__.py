"""What people's phones and the projector talk to during a session: Starlette routes under ``/w/``, without Streamlit.

======================================  ======================================================================
``/w/``                                 type a code
``/w/CODE``                             the participants' page
``/w/CODE/stand``                       what became of the notes, for everybody with the code, also later
``/w/CODE/qr.svg``                      QR code of the participants' page
``/w/CODE/feed?since=N``                the projector's feed, for hosts (cookie of ``api/host``, or ``Authorization: Bearer …``)
``/w/CODE/api/…``                       what the pages' scripts call: session, join, feed, notes, votes, facts, leave, map, host
======================================  ======================================================================

`live_app` makes the application; `join_address` and `qr_svg` say where phones find it. Described in ``docs/workshop.md``.
"""

from workshop.live.address import join_address, qr_svg
from workshop.live.routes import live_app
from workshop.live.source import Source

__all__ = ["Source", "join_address", "live_app", "qr_svg"]
