"""server.py: headers, page shell, closed doors, and nobody in before it is warm."""

import asyncio
import gzip
import re
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import uvicorn
from anyio.from_thread import start_blocking_portal
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from streamlit.web.server.starlette.starlette_server import _bind_socket

import server
from geo.errors import DataFileError
from layers.bases import TILE_BASES
from views import data, first_sight
from views.frontend import FIRST, FOLDER, page_shell
from views.policies import tile_host
from views.texts import FINDER_LANGUAGES
from workshop.stage.shelf import Shelf

_SCRIPTS = re.compile(r'<script type="module"[^>]*src="([^"]+)"')


class _Inner:
    """Stands for Streamlit: its page shell for any address, a file under /static/, a frame, a download."""

    def __init__(self):
        self.reached = []

    async def __call__(self, scope, receive, send):
        path = scope["path"]
        self.reached.append(path)
        if path.startswith("/static/"):
            answer = PlainTextResponse("from Streamlit")
        elif path.startswith("/app/static/") and "page" not in path:
            answer = PlainTextResponse("a file")
        elif path.startswith(("/component/", "/media/", "/app/static/")):
            answer = HTMLResponse("<p>as it was</p>")
        elif path == "/map-seen":
            answer = PlainTextResponse("no page")
        elif path == "/old":
            answer = Response(status_code=304)
        else:
            answer = HTMLResponse('<html lang="en">Streamlit</html>', headers={"ETag": "x", "Last-Modified": "y"})
        await answer(scope, receive, send)


@pytest.fixture(scope="module")
def portal():
    """An event loop in a thread of its own: the browser tests' loop may be running in this one."""
    with start_blocking_portal() as running:
        yield running


@pytest.fixture
def get(portal):
    """get(path) -> (status, headers, body) through the house."""

    def get(path, method="GET", tile_host="", query="", **headers):
        inner = _Inner()
        sent = []

        async def receive():
            return {"type": "http.request", "body": b""}

        async def send(message):
            sent.append(message)

        asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "path": path, "method": method, "headers": asked, "query_string": query.encode()}
        portal.call(server.House(inner, tile_host=tile_host), scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], headers, b"".join(each.get("body", b"") for each in sent[1:]), inner.reached

    return get


@pytest.mark.parametrize("path", ["/", "/karte", "/component", "/x/component/y"])
def test_every_page_gets_the_german_shell(get, path):
    status, headers, body, _ = get(path)
    assert status == 200
    assert b'<html lang="de">' in body
    assert b"<title>Quartierskarte Hannover</title>" in body
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers
    assert "last-modified" not in headers


def test_the_shell_still_loads_streamlit_and_nothing_of_its_makers():
    original = (FOLDER / "index.html").read_text(encoding="utf-8")
    shell = page_shell(original)
    assert _SCRIPTS.findall(shell) == _SCRIPTS.findall(original) != []
    assert "service-desc" not in shell
    assert 'rel="preload"' not in shell


def test_the_shell_names_the_parts_of_the_map_and_they_are_there(get):
    shell = get("/karte")[2].decode()
    names = [address.rsplit("/", 1)[-1].split(".", 1)[0] for address in _SCRIPTS.findall(shell)]
    assert names[1:] == list(FIRST)
    for address in _SCRIPTS.findall(shell):
        status, headers, body, reached = get(address.removeprefix("."))
        assert (status, headers["content-type"], reached) == (200, "text/javascript; charset=utf-8", [])
        assert body == (FOLDER / address).read_bytes()


@pytest.fixture
def a_script():
    return next(f"/static/js/{each.name}" for each in sorted((FOLDER / "static/js").glob("react-dom.*.js")))


def test_files_of_streamlit_are_compressed_once_the_server_has_settled(get, a_script, monkeypatch):
    plain = get(a_script, accept_encoding="gzip, br")
    assert "content-encoding" not in plain[1]
    monkeypatch.setattr(server, "_settled", asyncio.Event())
    server._settled.set()
    _, headers, body, _ = get(a_script, accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert len(body) == int(headers["content-length"]) < len(plain[2]) / 2
    assert gzip.decompress(body) == plain[2]
    assert get(a_script)[2] == plain[2]
    for answer in (headers, plain[1]):
        assert answer["vary"] == "Accept-Encoding"
        assert "immutable" in answer["cache-control"]
        assert answer["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/static/js/../index.html", {}),
        ("/static/", {}),
        ("/static/js/none.js", {}),
        ("script", {"range": "bytes=0-9"}),
    ],
)
def test_whatever_is_no_whole_file_of_streamlit_stays_with_it(get, a_script, path, asked):
    _, _, body, reached = get(a_script if path == "script" else path, **asked)
    assert body == b"from Streamlit"
    assert len(reached) == 1


def test_a_file_whose_address_changes_with_it_is_kept_by_the_browser(get):
    lasting = {
        path: "immutable" in get(path, query=query)[1].get("cache-control", "")
        for path, query in [
            ("/app/static/vendor/leaflet/leaflet.js", "v=db49d009c8"),
            ("/app/static/cache/boundaries-dd07c83f589827f000b6.json", ""),
            ("/app/static/icon.png", ""),
            ("/app/static/cache/streets-0262c709fa1a61473b91.note", ""),
            ("/", "v=db49d009c8"),
            ("/app/static/page.js", "v=0"),  # a page, not a file: static files are switched off
        ]
    }
    assert list(lasting.values()) == [True, True, False, False, False, False]


def test_a_report_of_a_map_that_was_seen_ends_the_wait_for_it(get, portal, monkeypatch):
    monkeypatch.setattr(first_sight, "PATIENCE_S", 60)
    monkeypatch.setattr(first_sight.st, "session_state", {})
    first_sight.wait("map")  # nobody listens: no wait at all
    with first_sight.listening(), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(first_sight.wait, "map")
        while not first_sight._report._waiters:
            assert not waiting.done()
        status, _, body, reached = get("/map-seen", method="POST")
        assert (status, body, reached) == (204, b"", [])
        waiting.result(30)
        first_sight.wait("map")  # the second run of the visit goes on at once
    assert get("/map-seen")[3] == ["/map-seen"]  # only a report is one


def test_the_rest_of_a_page_comes_without_a_report_too(monkeypatch):
    monkeypatch.setattr(first_sight, "PATIENCE_S", 0.01)
    monkeypatch.setattr(first_sight.st, "session_state", {})
    with first_sight.listening():
        first_sight.wait("map")
    assert first_sight.st.session_state == {"map_seen": True}


def test_answers_leave_at_once_although_streamlit_binds_its_socket_itself():
    """Streamlit's own way of starting uvicorn; the inner app looks at the connection's socket."""
    found = {}

    async def inner(scope, receive, send):
        if scope["type"] == "lifespan":
            return
        connection = receive.__self__.transport.get_extra_info("socket")
        found[scope["type"]] = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await PlainTextResponse("x")(scope, receive, send)

    async def outer(scope, receive, send):
        if scope["type"] == "websocket":
            server.send_at_once(receive)
            await inner(scope, receive, send)
        elif scope["type"] == "http":
            await (inner if scope["path"] == "/plain" else server.House(inner))(scope, receive, send)

    bound = _bind_socket("127.0.0.1", 0, 16)
    port = bound.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(outer, lifespan="off", ws="websockets-sansio", log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        httpx.get(f"http://127.0.0.1:{port}/plain")
        assert found.pop("http") == 0 or sys.platform == "win32"  # what would be without us
        httpx.get(f"http://127.0.0.1:{port}/")
        httpx.get(
            f"http://127.0.0.1:{port}/",
            headers={
                "Connection": "Upgrade",
                "Upgrade": "websocket",
                "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            },
        )
    finally:
        running.should_exit = True
        thread.join()
    assert found["http"] != 0
    assert found["websocket"] != 0


def test_head_has_the_headers_of_get_and_no_body(get):
    _, headers, body, _ = get("/", method="HEAD")
    assert headers["content-length"] == get("/")[1]["content-length"]
    assert body == b""


@pytest.mark.parametrize("path", ["/component/x/index.html", "/media/list.html", "/app/static/page.html"])
def test_files_stay_as_they_are(get, path):
    assert get(path)[2] == b"<p>as it was</p>"


def test_an_unchanged_answer_stays_one(get):
    assert get("/old")[0] == 304


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"])
def test_the_doors_to_the_inside_are_closed(get, path):
    status, headers, _, reached = get(path)
    assert status == 404
    assert reached == []
    assert headers["x-content-type-options"] == "nosniff"


def test_doors_are_closed_below_an_address_of_the_operator_too(get, monkeypatch):
    monkeypatch.setattr(server.st, "get_option", lambda _: "/stadt/karte/")
    assert get("/stadt/karte/_stcore/metrics")[0] == 404
    assert b'lang="de"' in get("/stadt/karte/")[2]


def test_the_phones_pages_keep_their_own_headers(get):
    assert "content-security-policy" not in get("/w/K7HQ2MXP")[1]
    assert get("/w/K7HQ2MXP")[2] == b'<html lang="en">Streamlit</html>'  # what stands for them here, as it was
    for path in ("/w", "/werkstatt"):
        assert "frame-ancestors 'self'" in get(path)[1]["content-security-policy"]


def test_the_phones_pages_have_an_address():
    assert [route.path for route in server._routes] == ["/w", "/w"]


@pytest.mark.parametrize("path", ["/", "/static/js/a.js", "/component/x/index.html", "/_stcore/metrics"])
def test_every_answer_has_the_headers(get, path):
    _, headers, _, _ = get(path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def _directives(headers):
    return dict(each.split(" ", 1) for each in headers["content-security-policy"].split("; "))


def test_a_page_runs_only_scripts_of_its_own_host_and_those_it_knows(get):
    script = _directives(get("/")[1])["script-src"].split()
    assert script[:2] == ["'self'", "'wasm-unsafe-eval'"]
    assert all(each.startswith("'sha256-") for each in script[2:])
    spoken = {language[:2] for language in FINDER_LANGUAGES}
    assert len(script[2:]) == 3 + len(spoken)  # Streamlit's own, where the server is; the finder; the language


def test_no_policy_names_another_host_unless_the_operator_chose_one(get):
    for path in ("/", "/component/x/index.html"):
        assert "//" not in get(path)[1]["content-security-policy"]


@pytest.mark.parametrize("basemap", TILE_BASES)
def test_a_chosen_base_map_may_send_pictures_to_the_frame_only(get, basemap):
    host = tile_host(basemap)
    assert host.startswith("https://")
    _, headers, _, _ = get("/component/x/index.html", tile_host=host)
    named = [name for name, value in _directives(headers).items() if host in value]
    assert named == ["img-src"]
    assert headers["referrer-policy"] == "strict-origin"
    assert host not in str(get("/", tile_host=host)[1])


@pytest.mark.parametrize("basemap", ["none", "streets"])
def test_our_own_base_maps_need_no_host(basemap):
    assert tile_host(basemap) == ""


def test_the_server_listens_before_the_heavy_libraries_are_there():
    code = "import sys, server; print(sorted({'pandas', 'geopandas', 'folium', 'streamlit_folium'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_visitor_waits_until_it_is_warm(portal, monkeypatch):
    inner = _Inner()
    warm = asyncio.Event()
    monkeypatch.setattr(server, "_warm", warm)

    async def visit():
        scope = {"type": "websocket", "path": "/_stcore/stream"}
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(server.House(inner)(scope, None, None), timeout=0.05)
        early = list(inner.reached)
        warm.set()

        async def accepted(scope, _receive, _send):
            inner.reached.append(scope["path"])

        await server.House(accepted)(scope, None, None)
        return early

    assert portal.call(visit) == []
    assert inner.reached == ["/_stcore/stream"]


def test_a_visitor_does_not_wait_longer_than_a_browser_does(portal, monkeypatch):
    inner = _Inner()
    monkeypatch.setattr(server, "_warm", asyncio.Event())
    monkeypatch.setattr(server, "_PATIENCE_S", 0.01)

    async def accepted(scope, _receive, _send):
        inner.reached.append(scope["path"])

    portal.call(server.House(accepted), {"type": "websocket", "path": "/_stcore/stream"}, None, None)
    assert inner.reached == ["/_stcore/stream"]


@pytest.mark.parametrize("error", [OSError("no file"), DataFileError("data.file_missing", file="x.csv")])
def test_visitors_get_in_although_the_data_is_broken(portal, monkeypatch, caplog, error):
    def broken():
        raise error

    monkeypatch.setattr(data, "package", broken)
    monkeypatch.setattr(server, "_warm", asyncio.Event())

    async def live():
        async with server.lifespan(None):
            await asyncio.wait_for(server._warm.wait(), timeout=30)

    portal.call(live)
    assert "not warmed up" in caplog.text


def test_a_stage_comes_with_its_own_policy_and_not_with_that_of_the_pages(get, monkeypatch, tmp_path):
    monkeypatch.setenv("QK_STORE", str(tmp_path))
    policy = "default-src &#x27;none&#x27;; script-src &#x27;sha256-abc&#x27;"
    name = Shelf(tmp_path).put(f'<meta http-equiv="Content-Security-Policy" content="{policy}"><p>Bühne')
    status, headers, body, reached = get(f"/w/stage/{name}")
    assert not reached
    assert status == 200
    assert headers["content-security-policy"] == "default-src 'none'; script-src 'sha256-abc'; frame-ancestors 'self'"
    assert b"<p>B" in body
    assert get("/w/stage/" + "0" * 32)[0] == 404
