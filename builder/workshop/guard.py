"""Who may ask the workshop something: only this browser, on this computer, from a page of the workshop itself.

In: an ASGI application, a token and the address. Out: an ASGI application. It refuses another Host (a page elsewhere
that points its name at this computer), a request without the token, a form of another page, and what is too large.
On every answer it puts a policy under which the page can load nothing from elsewhere.
"""

from __future__ import annotations

import hmac
import html
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.repicture import MOST
from builder.workshop.screens import back_to, page

MAX_BODY = 6_000_000
# A form with text and a picture may be larger: the form says that the picture is, and the text stays on the screen.
MAX_FORM = 20_000_000
_FORM = "/bewerk/"
START = "/begin"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # not no-referrer: then a browser sends no Origin with a form
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """The gate before the workshop."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        """Let only `token` through, and only to 127.0.0.1 or localhost on `port`."""
        self.app = app
        self.token = token
        self.cookie = f"knm_werkplaats_{port}"
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            known = self._knows(headers.get("cookie", "")) and headers.get("host", "") in self.hosts
            back = back_to(headers.get("host", ""), headers.get("referer", ""))
            await _answer(send, *refusal, styled=known, back=back)
            return
        if scope["path"] == START:
            await self._welcome(scope, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                extra = [
                    (name.encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.encode() not in known
                ]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        await self.app(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if host not in self.hosts:
            return 421, "Dit adres hoort niet bij de werkplaats. Open haar op dit apparaat."
        if scope["path"] == START:
            return None
        if not self._knows(headers.get("cookie", "")):
            return (
                403,
                "Open de werkplaats met het adres dat `knm start` laat zien. Daar staat een sleutel in.",
            )
        if scope["method"] not in ("GET", "HEAD"):
            origin = headers.get("origin")
            site = headers.get("sec-fetch-site", "same-origin")
            if origin != f"http://{host}" or site != "same-origin":
                return 403, "Dit formulier komt niet van de werkplaats zelf. Er is niets veranderd."
            size = headers.get("content-length", "")
            if not size.isdigit():
                return 411, "De grootte van dit formulier ontbreekt. Er is niets veranderd."
            form = scope["path"].startswith(_FORM)
            if int(size) > (MAX_FORM if form else MAX_BODY):
                most = MOST if form else "6 MB"
                return 413, f"Dit bestand is te groot. Ten hoogste {most} kan. Kies een kleiner bestand."
        return None

    def _knows(self, cookie: str) -> bool:
        try:
            found = SimpleCookie(cookie).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.token.encode())

    async def _welcome(self, scope: Scope, send: Send) -> None:
        """Exchange the token in the address for a cookie, so that the address does not linger on the screen."""
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("sleutel", [""])[0]
        if not hmac.compare_digest(asked.encode("utf-8", "replace"), self.token.encode()):
            await _answer(send, 403, "Deze sleutel klopt niet. Neem het adres dat `knm start` laat zien.")
            return
        cookie = f"{self.cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, "", [(b"location", b"/"), (b"set-cookie", cookie.encode())])


Sender = Callable[[Message], Awaitable[None]]


async def _answer(
    send: Sender,
    status: int,
    sentence: str,
    more: list[tuple[bytes, bytes]] | None = None,
    styled: bool = False,
    back: str = "",
) -> None:
    """Answer with one sentence; who was let in gets it as a page of the workshop, with the way back."""
    plain = (
        '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Werkplaats KNM</title>'
        f"<p>{html.escape(sentence)}</p></html>"
    ).encode()
    body = bytes(page("weigering.html", zin=sentence, terug=back).body) if styled else plain
    headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
    headers += [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    headers += [(b"connection", b"close")] if status == 413 else []
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *(more or [])]})
    await send({"type": "http.response.body", "body": body})
