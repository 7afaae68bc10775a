"""Templates → answers: one Jinja environment, and the shape that every handler of the workshop has.

In: the name of a template and what it shows. Out: a response. Every value is escaped. What a handler gets is
`Asked`: what was posted, as plain text and bytes. A refusal of the workshop becomes a page with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from builder.artifacts import WriteError
from builder.dutch import dutch_date
from builder.repicture import MAX_BYTES, MOST
from builder.workshop.store import Refusal
from builder.yaml_writing import CannotEdit

TEMPLATES = Path(__file__).parents[1] / "templates" / "workshop"
MAX_FIELDS = 3000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: parts of the address, what stands behind the question mark, what was posted."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    given: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    by_script: bool = False
    came_from: str = ""  # the page of the workshop that it was asked from

    def one(self, name: str) -> str:
        """Return the last value that was posted under a name, empty when there is none."""
        return self.given.get(name, [""])[-1]

    def files_of(self, name: str) -> list[tuple[str, bytes]]:
        """Return every file that was sent under a name, in order: its own name and its bytes."""
        return [file for key, file in self.files.items() if key.partition("\n")[0] == name]


Handler = Callable[[Asked], Response]


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["datum"] = dutch_date
    made.globals.update(plaatje_max=MAX_BYTES, plaatje_grootte=MOST)
    return made


def page(template: str, code: int = 200, /, **shown: Any) -> HTMLResponse:
    """Return a page."""
    return HTMLResponse(_environment().get_template(template).render(shown), code)


def moment(seconds: float) -> str:
    """Return a time of a file as `26 november 2026, 13.30 uur`, as the clock on the wall says it."""
    when = datetime.fromtimestamp(seconds)
    return f"{dutch_date(when.date().isoformat())}, {when.hour}.{when.minute:02} uur"


def download(name: str, content: bytes, kind: str) -> Response:
    """Return bytes that a browser keeps as a file."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return Response(
        content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def to(address: str) -> RedirectResponse:
    """Send the browser on, with a new request."""
    return RedirectResponse(address, 303)


def route(address: str, handler: Handler, methods: tuple[str, ...] = ("GET",)) -> Route:
    """Return a route to a handler that runs beside the event loop and may be refused."""

    async def endpoint(request: Request) -> Response:
        asked = await _asked(request)
        try:
            return await run_in_threadpool(handler, asked)
        except (Refusal, CannotEdit) as refusal:
            return page("weigering.html", 409, zin=str(refusal), terug=_back(request))
        except WriteError as error:
            return page("weigering.html", 500, zin=str(error), terug=_back(request))

    return Route(address, endpoint, methods=list(methods))


def _back(request: Request) -> str:
    """Return the page of the workshop that this request came from, empty when there is none."""
    return back_to(request.headers.get("host", ""), request.headers.get("referer", ""))


def back_to(host: str, referer: str) -> str:
    """Return the page of this host that a request came from, empty when it came from elsewhere."""
    found = referer.removeprefix(f"http://{host}")
    return found if re.match(r"/(?![/\\])", found) else ""


async def _asked(request: Request) -> Asked:
    path = {name: str(value) for name, value in request.path_params.items()}
    by_script = request.headers.get("hx-request") == "true"
    if request.method != "POST":
        return Asked(path, dict(request.query_params), by_script=by_script, came_from=_back(request))
    given: dict[str, list[str]] = {}
    files: dict[str, tuple[str, bytes]] = {}
    async with request.form(max_files=20, max_fields=MAX_FIELDS, max_part_size=1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                if value.filename and content:
                    # one field may send several files
                    files[name if name not in files else f"{name}\n{len(files)}"] = (value.filename, content)
            else:
                given.setdefault(name, []).append(value)
    return Asked(path, dict(request.query_params), given, files, by_script)


async def not_there(request: Request, error: Exception) -> Response:
    """Return the page for an address that is not there, or a form that cannot be read."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    sentence = {
        404: "Deze pagina is er niet. Ga terug naar het begin.",
        405: "Zo kun je deze pagina niet gebruiken. Ga terug naar het begin.",
        400: "Dit formulier kunnen we niet lezen. Er is niets veranderd. Probeer het opnieuw.",
    }.get(status, "Er ging iets mis in het programma zelf. Wat je bewaarde, is er nog.")
    return page("weigering.html", status, zin=sentence, terug="")
