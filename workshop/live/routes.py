"""The application: addresses and what answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from geo.workshop import join_code
from store import workshop
from store.errors import LinkError, NotFoundError, StateError, StoreError
from workshop.live import visit
from workshop.live.address import qr_svg
from workshop.live.answers import HEADERS, answered, as_json, as_page, beside
from workshop.live.api import Api
from workshop.live.pages import FOLDER, asset, enter_page, session_page
from workshop.live.stand_page import stand_page

if TYPE_CHECKING:
    from starlette.requests import Request

    from workshop.live.source import Source

_FILES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_MAX_FORM: Final = 1_000


def live_app(source: Source) -> Starlette:
    """Return the application with all routes, to be mounted at ``/w``; it needs nothing else."""
    api, pages = Api(source), Pages(source)
    routes = [
        Route("/", answered(pages.enter), methods=["GET"]),
        Route("/", answered(pages.entered), methods=["POST"]),
        Route("/assets/{name}", answered(pages.file), methods=["GET"]),
    ]
    routes += [Route(f"/{{code}}/{path}", act, methods=[way]) for (way, path), act in api.endpoints().items()]
    routes += [
        Route("/{code}", answered(pages.session), methods=["GET"]),
        Route("/{code}/stand", answered(pages.stand), methods=["GET"]),
        Route("/{code}/qr.svg", answered(pages.qr), methods=["GET"]),
    ]
    handlers = {404: _nothing, 405: _nothing, 500: _failed}
    return Starlette(routes=routes, exception_handlers=handlers)


class Pages:
    """The pages people look at."""

    def __init__(self, source: Source) -> None:
        self.source = source

    async def enter(self, request: Request) -> Response:
        """Show where a code is typed."""
        return _page(request, enter_page(visit.texts(request), visit.root(request)))

    async def entered(self, request: Request) -> Response:
        """Go on to the session of the code that was typed."""
        received = bytearray()
        async for part in request.stream():
            received += part
            if len(received) > _MAX_FORM:
                raise visit.BadRequestError("live.too_large", 413)
        typed = parse_qs(received.decode("utf-8", "replace")).get("code", [""])[0]
        code = join_code(typed)
        try:
            found = await beside(self._found, request, code or typed)
        except StoreError as error:
            return self._wrong(request, error)
        return RedirectResponse(f"{visit.root(request)}/{found.code}", 303, HEADERS)

    async def session(self, request: Request) -> Response:
        """Show the participants' page."""
        given = request.path_params["code"]
        code = join_code(given)
        if code is not None and code != given:
            return RedirectResponse(f"{visit.root(request)}/{code}", 307, HEADERS)
        try:
            found = await beside(self._of_device, request)
        except (NotFoundError, StateError) as error:
            return self._wrong(request, error)
        t, root = visit.texts(request), visit.root(request)
        return _page(request, session_page(t, root, found, self._districts(), code=given))

    async def stand(self, request: Request) -> Response:
        """Show what became of the notes."""

        def show(request: Request) -> str:
            store = self.source.store()
            if store is None:
                raise NotFoundError("workshop.bad_code")
            found = workshop.stand(store, request.path_params["code"], asker=visit.asker(request))
            return stand_page(visit.texts(request), visit.root(request), found)

        try:
            return _page(request, await beside(show, request))
        except (NotFoundError, StateError) as error:
            return self._wrong(request, error)

    async def qr(self, request: Request) -> Response:
        """Draw the QR code of the participants' page at the address that this request came to."""
        found = await beside(self._found, request)
        address = str(request.url.replace(path=f"{visit.root(request)}/{found.code}", query=""))
        return Response(qr_svg(address), 200, HEADERS, media_type="image/svg+xml")

    async def file(self, request: Request) -> Response:
        """Hand out a script or the style sheet; its address holds its version."""
        name = request.path_params["name"]
        known = {path.name: _FILES[path.suffix] for path in FOLDER.iterdir() if path.suffix in _FILES}
        if name not in known:
            return await _nothing(request, None)
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(asset(name), 200, {**HEADERS, **kept}, media_type=known[name])

    def _of_device(self, request: Request) -> workshop.Session:
        """Return the session of a code; for a device that has joined also when the session got another code since."""
        try:
            return self._found(request)
        except NotFoundError:
            store = self.source.store()
            if store is None:
                raise
            try:
                return workshop.session(store, *visit.device(request, store))
            except LinkError:
                pass
            raise

    def _found(self, request: Request, code: str | None = None) -> workshop.Session:
        store = self.source.store()
        if store is None:
            raise NotFoundError("workshop.bad_code")
        wanted = request.path_params["code"] if code is None else code
        return workshop.find_session(store, wanted, asker=visit.asker(request))

    def _districts(self) -> dict[str, str]:
        frame = self.source.load("districts")
        named = {str(key): str(name) for key, name in zip(frame["district_id"], frame["name"], strict=True)}
        return dict(sorted(named.items(), key=lambda one: one[1].casefold()))

    def _wrong(self, request: Request, error: StoreError) -> Response:
        """Show the page for codes with what was wrong."""
        t = visit.texts(request)
        seconds = error.params.get("seconds")
        problem = t("live.enter.guessing", seconds=seconds) if seconds else t("live.enter.wrong")
        answer = _page(request, enter_page(t, visit.root(request), problem=problem), 429 if seconds else 404)
        if seconds:
            answer.headers["Retry-After"] = str(seconds)
        return answer


def _page(request: Request, text: str, status: int = 200) -> Response:
    answer = as_page(text, status)
    visit.keep_language(request, answer, visit.texts(request))
    return answer


async def _nothing(_request: Request, _error: Exception | None) -> Response:
    return as_json({"key": "live.not_found"}, 404)


async def _failed(_request: Request, _error: Exception) -> Response:
    return as_json({"key": "live.failed"}, 500)
