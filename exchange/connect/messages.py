"""Messages about other hosts, connectors and geocoding (see `exchange.messages`)."""

from __future__ import annotations

from typing import Final

_ASK_SOURCE: Final = "Ask the operator of the source, or try again later."
_CONNECTOR_FILE: Final = "Correct the file named by QK_CONNECTORS; docs/connectors.md shows its form."

CONNECT_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "connect.bad_setting": (
        "The setting {name} has the value {value!r}, which is not known.",
        "Use one of: {allowed}.",
    ),
    "connect.off": (
        "No connectors are set up.",
        "Name a file with connectors in QK_CONNECTORS and the hosts they ask in QK_ALLOWED_HOSTS.",
    ),
    "connect.bad_file": ("The file of the connectors cannot be used: {reason}.", _CONNECTOR_FILE),
    "connect.bad_definition": ("The connector {name!r} cannot be used: {reason}.", _CONNECTOR_FILE),
    "connect.unknown": ("There is no connector {name!r}.", "Use one of: {available}."),
    "connect.bad_address": (
        "The address of the host {host!r} cannot be used: {reason}.",
        "Write it as https://host/path, without a name or password.",
    ),
    "connect.host_not_allowed": (
        "The host {host!r} is not among those that may be asked.",
        "If it is meant, the operator adds it to QK_ALLOWED_HOSTS.",
    ),
    "connect.private_address": (
        "The host {host!r} leads into a private or local network; it is not asked.",
        "Only public hosts can be asked. Check the host's name.",
    ),
    "connect.unknown_host": ("The host {host!r} is not found.", "Check its name and the server's way to the internet."),
    "connect.failed": ("The host {host!r} could not be asked ({reason}).", _ASK_SOURCE),
    "connect.time_limit": ("The host {host!r} did not answer within {seconds} seconds.", _ASK_SOURCE),
    "connect.too_large": (
        "The answer of {host!r} is larger than {limit} MB.",
        "Ask for less: fewer kinds, or a smaller layer.",
    ),
    "connect.cut_off": ("The answer of {host!r} ended too early.", _ASK_SOURCE),
    "connect.redirect": (
        "The host {host!r} sends us to another address; this is not followed.",
        "Enter the final address, if it is the right one.",
    ),
    "connect.busy": ("The host {host!r} is busy or has had too many questions.", "Try again later."),
    "connect.status": ("The host {host!r} answered with the error {status}.", _ASK_SOURCE),
    "connect.packed": ("The host {host!r} sends packed answers ({encoding}), which nobody asked for.", _ASK_SOURCE),
    "connect.answer": ("The answer of {host!r} is not what was asked for: {reason}.", _ASK_SOURCE),
    "geocode.too_long": ("The address has more than {limit} characters.", "Shorten it to street, number and town."),
    "geocode.not_offered": (
        "This position is not among the suggestions that were made.",
        "Choose one of the suggestions, or set the pin on the map.",
    ),
}
