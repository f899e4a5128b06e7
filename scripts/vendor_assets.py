"""Fetch the browser libraries of the map from npm into static/vendor/, checked and with their licences.

python -m scripts.vendor_assets            fetch again (needs npm and the internet)
python -m scripts.vendor_assets --check    compare the files with static/vendor/SHA256SUMS, offline
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class NpmPackage:
    """One package of the npm registry: `integrity` as npm prints it, `files` in the package → in static/vendor/."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]


PACKAGES = (
    NpmPackage(
        name="leaflet",
        version="1.9.4",
        integrity="sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        files={
            "LICENSE": "leaflet/LICENSE",
            "dist/leaflet.js": "leaflet/leaflet.js",
            "dist/leaflet.css": "leaflet/leaflet.css",
            "dist/images/layers.png": "leaflet/images/layers.png",
            "dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
            "dist/images/marker-icon.png": "leaflet/images/marker-icon.png",
            "dist/images/marker-icon-2x.png": "leaflet/images/marker-icon-2x.png",
            "dist/images/marker-shadow.png": "leaflet/images/marker-shadow.png",
        },
    ),
    NpmPackage(
        name="leaflet.markercluster",
        version="1.5.3",
        integrity="sha512-vPTw/Bndq7eQHjLBVlWpnGeLa3t+3zGiuM7fJwCkiMFq+nmRuG3RI3f7f4N4TDX7T4NpbAXpR2+NTRSEGfCSeA==",
        files={
            "MIT-LICENCE.txt": "markercluster/LICENSE",
            "dist/leaflet.markercluster.js": "markercluster/leaflet.markercluster.js",
            "dist/MarkerCluster.css": "markercluster/MarkerCluster.css",
        },
    ),
)


def fetch(package: NpmPackage, target: Path) -> None:
    """Download `package` with npm and write its listed files below `target`.

    Raises RuntimeError when what npm delivers is not what `package.integrity` says.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--json", f"{package.name}@{package.version}"]
        answer = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        packed = json.loads(answer.stdout)[0]
        if packed["integrity"] != package.integrity:
            raise RuntimeError(
                f"{package.name} {package.version} has integrity {packed['integrity']!r}, expected "
                f"{package.integrity!r}: do not use it before you know why"
            )
        with tarfile.open(Path(folder) / packed["filename"]) as archive:
            for source, destination in package.files.items():
                member = archive.extractfile(f"package/{source}")
                if member is None:
                    raise RuntimeError(f"{package.name} {package.version} has no file {source!r}")
                path = target / destination
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(member.read())


def sums(folder: Path) -> str:
    """Return one line `<sha256>  <path>` for each vendored file below `folder`, sorted by path."""
    names = sorted(name for package in PACKAGES for name in package.files.values())
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def problems(folder: Path = VENDOR) -> list[str]:
    """Return one sentence for each file below `folder` that is missing, changed or not listed."""
    listed = dict(reversed(line.split("  ", 1)) for line in (folder / SUMS).read_text(encoding="utf-8").splitlines())
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {SUMS, ".gitattributes"}
    }
    expected = {name for package in PACKAGES for name in package.files.values()}
    missing = [f"{name} is missing" for name in sorted((expected | set(listed)) - set(found))]
    unlisted = [f"{name} is not listed" for name in sorted(set(found) - set(listed))]
    changed = [f"{name} is changed" for name in sorted(found) if listed.get(name, found[name]) != found[name]]
    return missing + unlisted + changed


def main() -> int:
    """Run the command line; 0 = everything is as listed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only, fetch nothing")
    if not parser.parse_args().check:
        for package in PACKAGES:
            fetch(package, VENDOR)
        (VENDOR / SUMS).write_text(sums(VENDOR), encoding="utf-8")
    found = problems()
    for sentence in found:
        print(sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
