"""Every file comes from our own origin, and what is shipped is what the packages hold."""

import base64
import hashlib
import json

import folium
import folium.plugins
import pytest
from folium.elements import JSCSSMixin

from layers import assets
from layers.assets import ADDRESS, MissingAssetError, publish, use_local_assets
from scripts.vendor_assets import VENDOR, problems

STATIC = VENDOR.parent


def test_shipped_files_are_those_of_the_packages():
    assert problems(VENDOR) == []


def test_every_address_of_ours_is_a_shipped_file():
    use_local_assets()
    links = [*folium.Map.default_js, *folium.Map.default_css, *assets.MAP_JS, *assets.MAP_CSS]
    assert len(links) > 4
    for _, address in links:
        path, version = address.removeprefix(ADDRESS).split("?v=")
        assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest().startswith(version), address


def test_every_script_of_ours_is_in_the_one_file():
    written = {path.stem for path in (STATIC / "map").glob("*.js")}
    assert written == set(assets.OWN_SCRIPTS)
    (address,) = (address for name, address in assets.MAP_JS if name.startswith("qk_"))
    bundle = (STATIC / address.removeprefix(ADDRESS).split("?")[0]).read_text(encoding="utf-8")
    for name in written:
        assert (STATIC / "map" / f"{name}.js").read_text(encoding="utf-8") in bundle


def test_where_nothing_can_be_written_the_scripts_come_one_by_one(monkeypatch):
    def refuse(_path, _data):
        raise PermissionError("read-only")

    monkeypatch.setattr(assets, "STATIC", STATIC)
    monkeypatch.setattr(assets, "_write_once", refuse)
    names = [name for name, _ in assets._own_scripts()]
    assert names == [f"qk_{name}" for name in assets.OWN_SCRIPTS]


def test_no_folium_class_calls_another_host():
    use_local_assets()
    use_local_assets()
    classes = assets._subclasses(JSCSSMixin)
    assert len(classes) > 20
    for cls in classes:
        for links in (cls.default_js, cls.default_css):
            if not isinstance(links, assets._NotShipped):
                assert all(address.startswith(ADDRESS) for _, address in links)


def test_a_marker_group_finds_its_files():
    use_local_assets()
    assert folium.plugins.MarkerCluster.default_js == [assets._CLUSTER]
    assert folium.plugins.MarkerCluster.default_css == [assets._CLUSTER_CSS]


def test_a_plugin_that_is_not_shipped_says_so():
    use_local_assets()
    base = folium.Map(tiles=None)
    folium.plugins.HeatMap([[52.4, 9.7]]).add_to(base)
    with pytest.raises(MissingAssetError, match=r"HeatMap.*scripts/vendor_assets.py"):
        base.get_root().render()


def test_published_text_is_what_the_browser_gets(static):
    url = publish("thing", '{"name":"Döhren"}')
    assert json.loads((static / url.removeprefix(ADDRESS)).read_bytes()) == {"name": "Döhren"}
    assert url == publish("thing", '{"name":"Döhren"}')
    assert url != publish("thing", '{"name":"Wülfel"}')


def test_a_damaged_file_is_written_again(static):
    url = publish("thing", '{"a":1}')
    path = static / url.removeprefix(ADDRESS)
    path.write_text("{")
    publish("thing", '{"a":1}')
    assert path.read_text() == '{"a":1}'


def test_without_a_writable_folder_the_text_travels_in_the_address(monkeypatch, tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setattr(assets, "STATIC", tmp_path / "file")
    head, data = publish("thing", '{"name":"Döhren"}').split(",")
    assert head == "data:application/json;base64"
    assert json.loads(base64.b64decode(data)) == {"name": "Döhren"}
    assert "sent with every page" in caplog.text
