"""The way to other hosts: who may be asked, what is followed, how much and how long is waited."""

from __future__ import annotations

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.connect.http import INTERVAL_S, Client, Pace, is_public
from exchange.connect.online import Online, from_environment
from exchange.errors import MESSAGE_KEYS, ConnectError
from tests.exchange.local_server import serving
from views import settings

ALLOWED = Online(hosts=frozenset({"maps.example.org", "maps.example.org:8443", "10.0.0.5"}))


def resolving(*addresses):
    return lambda _host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]


def refused(key, url, online=ALLOWED, resolve=None):
    with pytest.raises(ConnectError) as caught:
        Client(online, resolve=resolve or resolving("10.1.2.3")).get(url)
    assert caught.value.key == key
    return caught.value


def test_the_answer_and_what_the_host_is_told():
    with serving(lambda _asked: {"a": "ä"}) as server:
        assert server.client().get(f"{server.url}/x", {"q": "Lange Str."}) == b'{"a": "\\u00e4"}'
        asked = server.asked[0]
    assert asked.path == "/x"
    assert asked.params == {"q": "Lange Str."}
    assert asked.headers["User-Agent"].startswith("Quartierskarte-Hannover/")
    assert not {"Cookie", "Authorization", "Referer"} & asked.headers.keys()


def test_cookies_are_not_kept():
    with serving(lambda _asked: (200, b"{}", {"Set-Cookie": "id=1"})) as server:
        client = server.client()
        client.get(server.url)
        client.get(server.url)
        assert "Cookie" not in server.asked[1].headers


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example.org/",
        "https://maps.example.org.evil.net/",
        "https://evil.maps.example.org/",
        "https://maps.example.org:444/",
    ],
)
def test_only_hosts_that_the_operator_allows(url):
    error = refused("connect.host_not_allowed", url)
    assert "QK_ALLOWED_HOSTS" in error.remedy


@pytest.mark.parametrize(
    "url",
    [
        "http://maps.example.org/",
        "ftp://maps.example.org/",
        "file:///etc/passwd",
        "https://user@maps.example.org/",
        "https://maps.example.org@evil.net/",
        "https://maps.example.org:x/",
        "https://[::1/",
        "//maps.example.org/",
        "https://mäps.example.org/",
        "",
    ],
)
def test_only_plain_https_addresses(url):
    refused("connect.bad_address", url)


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.1", "172.16.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "ff02::1", "::"],
)  # fmt: skip
def test_no_private_address_after_the_name_is_looked_up(address):
    refused("connect.private_address", "https://maps.example.org/", resolve=resolving(address))
    refused("connect.private_address", "https://maps.example.org:8443/", resolve=resolving("8.8.8.8", address))


def test_an_allowed_private_address_is_refused_all_the_same():
    refused("connect.private_address", "https://10.0.0.5/", resolve=socket.getaddrinfo)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_address_of_a_private_network_is_public(address):
    assert not is_public(str(address))


def test_the_connection_goes_to_the_checked_address(monkeypatch):
    reached = []

    def connect(address, timeout):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    refused("connect.failed", "https://maps.example.org/", resolve=resolving("93.184.215.14"))
    assert reached == [("93.184.215.14", 443)]


def test_an_unknown_host_is_said_to_be_one():
    def fails(*_args, **_more):
        raise socket.gaierror

    refused("connect.unknown_host", "https://maps.example.org/", resolve=fails)
    refused("connect.unknown_host", "https://maps.example.org/", resolve=resolving())


def test_the_local_server_of_a_test_is_that_one_only():
    with serving(lambda _asked: {}) as one, serving(lambda _asked: {}) as other:
        with pytest.raises(ConnectError) as caught:
            one.client().get(other.url)
        assert caught.value.key == "connect.bad_address"
        assert other.asked == []


@pytest.mark.parametrize(
    ("status", "key"),
    [(301, "connect.redirect"), (302, "connect.redirect"), (307, "connect.redirect"), (429, "connect.busy"),
     (503, "connect.busy"), (404, "connect.status"), (500, "connect.status"), (204, "connect.status")],
)  # fmt: skip
def test_other_answers_than_ok_are_errors_and_redirects_are_not_followed(status, key):
    with serving(lambda _asked: (status, b"", {"Location": "/elsewhere"})) as server:
        with pytest.raises(ConnectError) as caught:
            server.client().get(f"{server.url}/secret-street")
        assert [asked.path for asked in server.asked] == ["/secret-street"]
    assert caught.value.key == key
    assert "secret-street" not in str(caught.value)


@pytest.mark.parametrize("declared", [True, False])
def test_a_large_answer_is_cut_off(declared):
    def answer(_asked):
        body = b"x" * 50_001
        return (200, body, {}) if declared else (200, lambda out: out.write(body), {})

    with serving(answer) as server:
        assert len(server.client(most_bytes=50_001).get(server.url)) == 50_001
        with pytest.raises(ConnectError) as caught:
            server.client(most_bytes=50_000).get(server.url)
    assert caught.value.key == "connect.too_large"


def test_an_answer_that_ends_early_is_no_answer():
    with (
        serving(lambda _asked: (200, b"{}", {"Content-Length": "10"})) as server,
        pytest.raises(ConnectError) as caught,
    ):
        server.client(seconds=5).get(server.url)
    assert caught.value.key == "connect.cut_off"


def test_a_packed_answer_is_refused():
    with (
        serving(lambda _asked: (200, b"\x1f\x8b", {"Content-Encoding": "gzip"})) as server,
        pytest.raises(ConnectError) as caught,
    ):
        server.client().get(server.url)
    assert caught.value.key == "connect.packed"


@pytest.mark.parametrize("drip", [True, False])
def test_the_time_limit_counts_for_the_whole_however_slowly_bytes_arrive(drip):
    def slowly(out):
        for _ in range(100):
            time.sleep(0.05)
            if drip:
                out.write(b"x")
                out.flush()

    with serving(lambda _asked: (200, slowly, {})) as server:
        started = time.monotonic()
        with pytest.raises(ConnectError) as caught:
            server.client(seconds=0.4).get(server.url)
        assert time.monotonic() - started < 3
    assert caught.value.key == "connect.time_limit"


def test_questions_to_one_host_are_a_second_apart_and_others_need_not_wait():
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(lambda: now[0], sleep)
    for host in ("a", "a", "b", "a"):
        pace.wait(host)
    assert slept == [INTERVAL_S, INTERVAL_S]
    now[0] += 5
    pace.wait("a")
    assert len(slept) == 2


def test_without_settings_nobody_may_be_asked():
    assert from_environment({}) == Online()
    refused("connect.host_not_allowed", "https://nominatim.openstreetmap.org/search", online=from_environment({}))


def test_settings_are_read_from_the_environment():
    found = from_environment(
        {"QK_ALLOWED_HOSTS": " Maps.Example.org, b.de:8443;", "QK_GEOCODER": "Photon", "QK_CONTACT": "amt@x.de\r\nX: y"}
    )
    assert found.hosts == {"maps.example.org", "b.de:8443"}
    assert found.geocoder_url == "https://photon.komoot.io/api"
    assert found.local_server == ""
    assert "\n" not in found.agent
    assert "\r" not in found.agent
    with pytest.raises(ConnectError) as caught:
        from_environment({"QK_GEOCODER": "google"})
    assert caught.value.key == "connect.bad_setting"


def test_the_pages_read_the_same_settings():
    environment = {"QK_ALLOWED_HOSTS": "a.de", "QK_CONNECTORS": "x.json", "QK_GEOCODER": "wfs"}
    assert settings.online(environment) == from_environment(environment) != Online()
    assert {*environment, "QK_GEOCODER_URL"} <= settings.VARIABLES.keys()


def test_every_message_has_a_remedy():
    own = {key for key in MESSAGE_KEYS if key.startswith(("connect.", "geocode.")) and not key.endswith(".remedy")}
    assert len(own) > 15
    assert {f"{key}.remedy" for key in own} <= MESSAGE_KEYS.keys()
