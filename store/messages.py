"""Every message of the store: key → English template, and key + ``.remedy`` → what to do.

The catalogue is data: the pages translate exactly these keys. Fields in braces are the ``params``
of the error or problem that carries the key.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_TRY_AGAIN: Final = "Wait a moment and save again; what you typed is still in the form."

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # the database itself
    "store.unavailable": ("The database cannot be reached.", _TRY_AGAIN),
    "store.busy": ("The database is busy with other changes for too long.", _TRY_AGAIN),
    "store.full": (
        "There is no space left to store the change; nothing of it was saved.",
        "Free some space in the data folder, then save again.",
    ),
    "store.read_only": (
        "The data folder or database may only be read; nothing was saved.",
        "Give the program the right to write there, or choose another folder with QK_STORE.",
    ),
    "store.damaged": (
        "The database file is damaged or no database of this program.",
        "Restore a backup with: python -m store restore FILE.",
    ),
    "store.failed": (
        "The database refused the change ({reason}); nothing of it was saved.",
        "Save again; if it happens again, tell the operator the time and this sentence.",
    ),
    "store.bad_url": (
        "The database address has the unknown kind {kind!r}.",
        "Use sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME in DATABASE_URL.",
    ),
    "store.no_postgis": (
        "PostGIS is not switched on in the PostgreSQL database.",
        "Install PostGIS and let an administrator run: CREATE EXTENSION postgis SCHEMA public.",
    ),
    "store.schema_missing": (
        "The database has no tables of this program or those of an older version ({found!r}).",
        "Run: python -m store migrate.",
    ),
    "store.schema_newer": (
        "The database was made by a newer version of the program ({found!r}).",
        "Start the newer program, or restore a backup made with this version.",
    ),
    # permission
    "store.forbidden": (
        "The role {role!r} may not do this: {operation!r}.",
        "Ask an administrator for a role that may.",
    ),
    "store.not_own": (
        "The link is for the entries of one organisation; this entry is not one of them.",
        "Open the list that the link shows.",
    ),
    "store.field_not_own": (
        "The field {field!r} cannot be changed through a review link.",
        "Leave it as it is and tell the office that sent the link.",
    ),
    "store.link_invalid": (
        "The link is not valid, has expired or was withdrawn.",
        "Ask the office that sent it for a new one.",
    ),
    "store.unknown_role": ("There is no role {role!r}.", "Use one of: {allowed}."),
    "store.last_admin": (
        "This is the last account that may manage accounts.",
        "Give another account the role admin first.",
    ),
    "store.secret_short": (
        "The secret in QK_SECRET has fewer than {minimum} characters.",
        "Set a longer random one, or none: the program then makes its own.",
    ),
    # entries
    "store.unknown_resource": ("There is no kind of entry {resource!r}.", "Use one of: {allowed}."),
    "store.not_found": (
        "There is no entry {id!r} among {resource!r}.",
        "Load the list again; it may be of another kind or come from another data package.",
    ),
    "store.retired": ("The entry {id!r} was retired.", "Take it back into use first."),
    "store.not_retired": ("The entry {id!r} is in use.", "Nothing has to be done."),
    "store.exists": ("There is already an entry {id!r}.", "Change that one instead."),
    "store.conflict": (
        "Somebody else changed this entry meanwhile (version {expected} → {found}).",
        "Compare both versions and choose for each field which one is to stay.",
    ),
    "store.request_reused": (
        "This form was already saved as entry {id!r}, with other content.",
        "Open that entry and change it there.",
    ),
    "store.in_use": (
        "{count} other entries need the entry {id!r}.",
        "Retire them together with it, or give them to another entry first.",
    ),
    "store.unknown_version": (
        "The entry {id!r} has no version {version!r}.",
        "Choose one from its history.",
    ),
    "store.unknown_batch": ("There is no batch {id!r}.", "Choose one from the list of batches."),
    "store.batch_undone": ("The batch {id!r} was already undone.", "Nothing has to be done."),
    "store.unknown_conflict": (
        "There is no such conflict with the data package any more ({id!r}, {field!r}).",
        "Load the list of conflicts again.",
    ),
    "store.invalid": (
        "{count} values cannot be stored as they are.",
        "Correct the fields named; everything else is kept.",
    ),
    # values
    "value.unknown_field": ("There is no field {field!r}.", "Leave it out."),
    "value.read_only": ("The field {field!r} is set by the program.", "Leave it out."),
    "value.missing": ("The field {field!r} is empty.", "Fill it in."),
    "value.missing_one_of": ("None of the fields {fields} is filled in.", "Fill in one of them."),
    "value.wrong_type": ("{value!r} is no {expected}.", "Enter a {expected}."),
    "value.bad_text": (
        "The text holds characters that cannot be stored (for example NUL).",
        "Remove them.",
    ),
    "value.too_long": ("The text has {length} characters.", "Use at most {maximum}."),
    "value.too_short": ("The text has {length} characters.", "Use at least {minimum}."),
    "value.too_small": ("{value!r} is too small.", "Enter at least {minimum}."),
    "value.too_large": ("{value!r} is too large.", "Enter at most {maximum}."),
    "value.not_allowed": ("{value!r} is not one of the possible values.", "Use one of: {allowed}."),
    "value.bad_form": ("{value!r} does not have the form {pattern}.", "Write it in that form."),
    "value.bad_date": (
        "{value!r} is no date.",
        "Write YYYY-MM-DD, or only YYYY-MM or YYYY where the field allows it.",
    ),
    "value.bad_polygon": (
        "The area is no polygon in GeoJSON, or its border crosses itself.",
        "Draw it again, or give a polygon in degrees (WGS 84).",
    ),
    "value.bad_address": (
        "{value!r} is no web address.",
        "Write it with http:// or https:// at the front.",
    ),
    "value.bad_email": ("{value!r} is no e-mail address.", "Write it like office@example.org."),
    "value.unknown_reference": (
        "{value!r} is not known among {resource!r}.",
        "Choose one that exists and is in use.",
    ),
    "value.wrong_order": (
        "{last!r} is before {first!r}.",
        "Let {last_field!r} be after {first_field!r}.",
    ),
    "value.half_coordinate": (
        "Only one of longitude and latitude is given.",
        "Set the pin again, or leave both empty.",
    ),
    "value.duplicate": (
        "There is already a statement for {value!r}.",
        "Change that one instead.",
    ),
    # workshops
    "workshop.no_session": (
        "There is no such workshop session, or the day of its deletion has come ({id!r}).",
        "Choose one from the list of sessions.",
    ),
    "workshop.bad_code": (
        "There is no session with this code that can be joined now.",
        "Compare the code with the one on the wall, sign by sign.",
    ),
    "workshop.guessing": (
        "Too many wrong codes were tried.",
        "Wait {seconds} seconds, then type the code again.",
    ),
    "workshop.not_joined": (
        "This device has not joined the session, or the session was deleted.",
        "Join again with the code.",
    ),
    "workshop.wrong_phase": (
        "That is not possible in the phase {phase!r}.",
        "Wait until the host goes on.",
    ),
    "workshop.no_way": (
        "The phase {phase!r} cannot be followed by {wanted!r}.",
        "Choose one of: {allowed}.",
    ),
    "workshop.fixed": (
        "{field!r} cannot change in the phase {phase!r}: people have joined under it.",
        "Leave it as it is, or open another session.",
    ),
    "workshop.later": (
        "The day of deletion cannot be later than {value!r}, which people were promised.",
        "Choose an earlier day.",
    ),
    "workshop.reused": (
        "A note with this identifier was already sent, with another content.",
        "Write a new note.",
    ),
    "workshop.too_fast": (
        "More than {maximum} notes came from this device within a minute.",
        "Wait a minute; what you wrote is kept.",
    ),
    "workshop.full": (
        "The limit of {maximum} is reached; nothing more is taken.",
        "Ask the host.",
    ),
    "workshop.dots": (
        "{dots} dots are more than the {left} that you have left.",
        "Take dots away elsewhere first.",
    ),
    "workshop.no_target": (
        "There is nothing shown to vote for with the identifier {id!r}.",
        "Load the list again.",
    ),
    "workshop.has_outcome": (
        "Something was agreed from this group; it stays.",
        "Take back the agreement first.",
    ),
    "workshop.sticker_taken": (
        "The sticker number {value!r} already stands on another note.",
        "Look at the card again, or change that note.",
    ),
    # backup
    "backup.not_a_backup": (
        "The file {name!r} is no backup of this program, or it is damaged.",
        "Choose a file made with: python -m store backup FILE.",
    ),
    "backup.exists": ("The file {name!r} exists already.", "Choose another name."),
    "backup.no_tool": (
        "The program {tool!r} of PostgreSQL is not installed here.",
        "Install the PostgreSQL client programs of the server's version.",
    ),
    "backup.failed": ("The backup program stopped: {reason}", "Nothing was changed; try again."),
}

MESSAGE_KEYS: Final = MappingProxyType(
    {key: texts[0] for key, texts in _TEXTS.items()} | {f"{key}.remedy": texts[1] for key, texts in _TEXTS.items()}
)
"""Key → English template; ``key + ".remedy"`` → what to do about it."""
