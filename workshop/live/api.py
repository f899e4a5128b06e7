"""The JSON that the pages' scripts call. Who asks is decided by cookies; what is allowed, by the store alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.workshop import join_code
from store import workshop
from store.errors import LinkError, NotFoundError, PermissionDeniedError
from workshop.live import visit
from workshop.live.answers import answered, as_json, beside
from workshop.live.map_data import area_map
from workshop.live.shapes import host_feed, participant_feed, session_rules

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from store import Actor, Store
    from workshop.live.source import Source

_HOST_DAYS: Final = 31
_DEVICE_DAYS: Final = 400
_NOTE_FIELDS: Final = ("category", "text", "lon", "lat")


@dataclass(frozen=True)
class Api:
    """The endpoints of one application."""

    source: Source

    def endpoints(self) -> dict[tuple[str, str], Callable[[Request], Awaitable[Response]]]:
        """Return every endpoint by method and path below ``/w/CODE``."""
        named = {
            ("GET", "api/session"): self.session,
            ("POST", "api/join"): self.join,
            ("GET", "api/feed"): self.feed,
            ("POST", "api/notes"): self.add_note,
            ("POST", "api/withdraw"): self.withdraw,
            ("POST", "api/votes"): self.vote,
            ("POST", "api/facts"): self.facts,
            ("POST", "api/leave"): self.leave,
            ("GET", "api/map"): self.map,
            ("POST", "api/host"): self.host,
            ("GET", "feed"): self.host_feed,
        }
        return {key: answered(act) for key, act in named.items()}

    def store(self) -> Store:
        """Return the open store; without one there is no session."""
        found = self.source.store()
        if found is None:
            raise NotFoundError("workshop.bad_code")
        return found

    async def session(self, request: Request) -> Response:
        """Answer what everybody with the code may know before joining."""
        found = await beside(self._found, request)
        return as_json(session_rules(found))

    def _found(self, request: Request) -> workshop.Session:
        return workshop.find_session(self.store(), _code(request), asker=visit.asker(request))

    async def join(self, request: Request) -> Response:
        """Let a device join; one that has joined stays who it is."""
        body = await visit.body_of(request)
        if body.get("consent") is not True:
            raise visit.BadRequestError("live.no_consent")
        found, token = await beside(self._joined, request, body.get("language"))
        answer = as_json(session_rules(found) | {"joined": True})
        if token is not None:
            visit.keep(request, answer, visit.DEVICE_COOKIE, token, code=found.code, days=_DEVICE_DAYS)
        return answer

    def _joined(self, request: Request, language: Any) -> tuple[workshop.Session, str | None]:
        try:
            actor, session_id = visit.device(request, self.store())
            found = workshop.session(self.store(), actor, session_id)
            if found.code == join_code(_code(request)):
                return found, None
        except LinkError:
            pass
        code, asker = _code(request), visit.asker(request)
        token = workshop.join(self.store(), code, asker=asker, language=language)
        return workshop.find_session(self.store(), code, asker=asker), token

    async def feed(self, request: Request) -> Response:
        """Answer what is new for a participant."""
        number = visit.since(request)
        return as_json(await beside(self._participant_feed, request, number))

    def _participant_feed(self, request: Request, since: int) -> dict[str, Any]:
        store = self.store()
        try:
            actor, session_id = visit.device(request, store)
        except LinkError:  # nothing that a browser's console needs to complain about
            return {"joined": False, "session": session_rules(self._found(request))}
        now = workshop.number(store, actor, session_id)
        if now == since:
            return {"number": now, "same": True}
        since = since if since < now else 0
        return participant_feed(workshop.feed(store, actor, session_id, since=since), since)

    async def add_note(self, request: Request) -> Response:
        """Store a note; sent again it is stored once."""
        body = await visit.body_of(request)
        note = await beside(self._added, request, body)
        return as_json({"id": note.id, "state": note.state})

    def _added(self, request: Request, body: dict[str, Any]) -> workshop.Note:
        actor, session_id = visit.device(request, self.store())
        values = {name: value for name, value in body.items() if name != "id"}
        return workshop.add_note(self.store(), actor, session_id, body.get("id"), dict.fromkeys(_NOTE_FIELDS) | values)

    async def withdraw(self, request: Request) -> Response:
        """Take an own note back."""
        body = await visit.body_of(request)
        await beside(self._as_device, request, workshop.withdraw_note, _text(body, "id"))
        return as_json({"gone": True})

    async def vote(self, request: Request) -> Response:
        """Set the dots on one note or group."""
        body = await visit.body_of(request)
        ballot = await beside(self._as_device, request, workshop.vote, body.get("target"), body.get("dots"))
        return as_json({"dots": dict(ballot.dots), "left": ballot.left})

    async def facts(self, request: Request) -> Response:
        """Store what somebody chose to say."""
        body = await visit.body_of(request)
        await beside(self._as_device, request, workshop.tell, body)
        return as_json({"kept": True})

    def _as_device(self, request: Request, act: Callable[..., Any], *given: Any) -> Any:
        actor, session_id = visit.device(request, self.store())
        return act(self.store(), actor, session_id, *given)

    async def leave(self, request: Request) -> Response:
        """Forget the device here; its notes stay, as nobody's."""
        await visit.body_of(request)
        answer = as_json({"left": True})
        visit.forget(request, answer, visit.DEVICE_COOKIE, code=_canonical(request))
        return answer

    async def map(self, request: Request) -> Response:
        """Answer the area, its streets and the districts around it."""
        found = await beside(self._found, request)
        drawn = await beside(area_map, self.source, found.area_level, found.area_id)
        return as_json(drawn, headers={"Cache-Control": "private, max-age=3600"})

    async def host(self, request: Request) -> Response:
        """Take a host link and keep it in a cookie that scripts cannot read."""
        token = _text(await visit.body_of(request), "token")
        found = await beside(self._hosted, request, token)
        answer = as_json(session_rules(found))
        visit.keep(request, answer, visit.HOST_COOKIE, token, code=found.code, days=_HOST_DAYS)
        return answer

    def _hosted(self, request: Request, token: str) -> workshop.Session:
        actor = workshop.open_host_link(self.store(), token)
        return self._own(request, actor)

    def _own(self, request: Request, actor: Actor) -> workshop.Session:
        """Return the session of a host link, which has to be the one in the address."""
        session_id = workshop.host_session(self.store(), actor)
        found = workshop.session(self.store(), actor, session_id)
        if found.code != _canonical(request):
            raise PermissionDeniedError("store.forbidden", role="host", operation="host_workshop")
        return found

    async def host_feed(self, request: Request) -> Response:
        """Answer what is new for a host and the projector."""
        number = visit.since(request)
        return as_json(await beside(self._host_feed, request, number))

    def _host_feed(self, request: Request, since: int) -> dict[str, Any]:
        store = self.store()
        actor = visit.host(request, store)
        found = self._own(request, actor)
        if found.number == since:
            return {"number": since, "same": True}
        since = since if since < found.number else 0
        return host_feed(workshop.feed(store, actor, found.id, since=since), since)


def _code(request: Request) -> str:
    return str(request.path_params["code"])


def _canonical(request: Request) -> str:
    return join_code(_code(request)) or ""


def _text(body: dict[str, Any], name: str) -> str:
    found = body.get(name)
    if not isinstance(found, str):
        raise visit.BadRequestError("live.not_text")
    return found
