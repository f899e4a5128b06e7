"""What people's phones and the projector talk to during a session: Starlette routes under ``/w/``, without Streamlit.

======================================  ======================================================================
``/w/``                                 type a code
``/w/CODE``                             the participants' page
``/w/CODE/stand``                       what became of the notes, for everybody with the code, also later
``/w/CODE/qr.svg``                      QR code of the participants' page
``/w/CODE/host#TOKEN``                  takes a host link: puts it into a cookie that scripts cannot read
``/w/CODE/feed?since=N``                the projector's feed, for hosts (that cookie, or ``Authorization: Bearer TOKEN``)
``/w/CODE/api/…``                       what the pages' scripts call: session, join, feed, notes, votes, facts, leave, map
======================================  ======================================================================

`live_app` makes the application; `join_address` and `qr_svg` say where phones find it. Described in ``docs/workshop.md``.
"""

from workshop.live.address import host_address, join_address, qr_svg
from workshop.live.routes import live_app
from workshop.live.source import Source

__all__ = ["Source", "host_address", "join_address", "live_app", "qr_svg"]
