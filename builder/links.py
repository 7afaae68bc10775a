"""Whether the outside addresses still answer: asked one by one, and every change of host is told.

In: the bank. Out: the addresses with the places that name them, and for each what its server said. HEAD first, GET
when a server does not like HEAD. Redirects are followed by hand, so that none to another host stays hidden. It goes
through the proxy of the machine when there is one. It judges no text, and tells a machine without internet apart
from an address that is gone.
"""

from __future__ import annotations

import re
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from builder.diagnostics import Location
from builder.model.itembank import Itembank

TIMEOUT = 10.0  # seconds for one request
MOST_HOPS = 5
AT_ONCE = 8
PROBED = 5  # so many hosts are tried before we say that there is no internet
_HEADERS = {"User-Agent": "knm-links (controle van adressen)", "Accept": "*/*"}
_PAGE_ADDRESS = re.compile(r"\]\((https?://[^)\s]+)\)|<(https?://[^>\s]+)>|href=\"(https?://[^\"]+)\"")


class Oordeel(StrEnum):
    """What an address turned out to be; only `weg`, `fout` and `onbereikbaar` ask for a repair."""

    GOED = "goed"
    VERHUISD = "verhuisd"
    ANDERE_HOST = "andere host"
    GEWEIGERD = "geweigerd"
    WEG = "weg"
    FOUT = "fout"
    ONBEREIKBAAR = "onbereikbaar"


BROKEN = frozenset({Oordeel.WEG, Oordeel.FOUT, Oordeel.ONBEREIKBAAR})
# A server that answers so is there, but does not let programs in: a person must look.
_REFUSED = frozenset({401, 403, 405, 406, 418, 429, 451, 503})


@dataclass(frozen=True, slots=True)
class Adres:
    """An outside address and the places that name it."""

    adres: str
    plaatsen: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What came of one address: the judgement, the last status (0 for none), the last address and a word why."""

    adres: str
    oordeel: Oordeel
    status: int = 0
    naar: str = ""
    uitleg: str = ""


def addresses(bank: Itembank) -> tuple[Adres, ...]:
    """Return every outside address of sources, materials, places, the wegwijzer and pages, sorted."""
    found: dict[str, list[Location]] = {}
    for adres, at in _named(bank):
        found.setdefault(urldefrag(adres).url, []).append(at)
    return tuple(Adres(adres, tuple(found[adres])) for adres in sorted(found))


def _named(bank: Itembank) -> Iterator[tuple[str, Location]]:
    for index, bron in enumerate(bank.bronnen.values()):
        if bron.adres:
            yield bron.adres, bank.locate("bronnen", "bronnen", index, "adres")
    for index, wegwijs in enumerate(bank.wegwijzer.values()):
        if wegwijs.adres:
            yield wegwijs.adres, bank.locate("wegwijzer", "wegwijzer", index, "adres")
    for materiaal in bank.lesmateriaal.values():
        if materiaal.adres:
            yield materiaal.adres, bank.locate(materiaal.id, "adres")
    for locatie in bank.locaties.values():
        if locatie.adres:
            yield locatie.adres, bank.locate(locatie.id, "adres")
    for pagina in bank.paginas.values():
        for match in _PAGE_ADDRESS.finditer(pagina.tekst):
            before = pagina.tekst[: match.start()]
            at = Location(pagina.pad, pagina.regel + before.count("\n"), match.start() - before.rfind("\n"))
            yield next(filter(None, match.groups())), at


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect by itself."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Return nothing: the answer with the new address comes back as it is."""
        return


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    naar: str = ""


def _ask(adres: str, method: str, timeout: float) -> _Answer:
    """Send one request. Raises OSError or HTTPException when no answer came."""
    request = urllib.request.Request(_ascii(adres), method=method, headers=_HEADERS)
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(request, timeout=timeout) as answer:
            return _Answer(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, error.headers.get("Location") or "")


def _ascii(adres: str) -> str:
    """Return the address as it goes over the line: other letters become %-codes, a host punycode."""
    parts = urlsplit(adres)
    host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    return parts._replace(
        netloc=host,
        path=quote(parts.path, safe="/%:@!$&'()*+,;=~-._"),
        query=quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]"),
    ).geturl()


def look(adres: str, timeout: float = TIMEOUT) -> Uitslag:
    """Ask one address and follow it to its end. Never raises for what a server does."""
    here, moved = adres, False
    try:
        for _ in range(MOST_HOPS + 1):
            answer = _ask(here, "HEAD", timeout)
            if answer.status >= 400:
                answer = _ask(here, "GET", timeout)
            if not (300 <= answer.status < 400 and answer.naar):
                return _judge(adres, here, moved, answer.status)
            target = urljoin(here, answer.naar)
            if urlsplit(target).scheme not in ("http", "https"):
                return Uitslag(
                    adres, Oordeel.FOUT, answer.status, target, "gaat naar iets anders dan een webpagina"
                )
            here, moved = urldefrag(target).url, True
        return Uitslag(adres, Oordeel.FOUT, answer.status, here, f"stuurt meer dan {MOST_HOPS} keer door")
    except (OSError, HTTPException, ValueError) as error:
        return Uitslag(adres, Oordeel.ONBEREIKBAAR, 0, here if moved else "", _reason(error))


def _judge(adres: str, here: str, moved: bool, status: int) -> Uitslag:
    naar = here if moved else ""
    if status in (404, 410):
        return Uitslag(adres, Oordeel.WEG, status, naar, "de pagina is er niet meer")
    if status in _REFUSED:
        return Uitslag(adres, Oordeel.GEWEIGERD, status, naar, "laat geen programma toe, kijk zelf")
    if status >= 300:
        return Uitslag(adres, Oordeel.FOUT, status, naar, f"de server zegt {status}")
    if moved and _host(adres) != _host(here):
        return Uitslag(adres, Oordeel.ANDERE_HOST, status, naar, "gaat naar een andere website")
    if moved:
        return Uitslag(
            adres, Oordeel.VERHUISD, status, naar, "staat nu op een ander adres van dezelfde website"
        )
    return Uitslag(adres, Oordeel.GOED, status)


def _host(adres: str) -> str:
    """Return the host and port, without the www. that many sites add or drop."""
    parts = urlsplit(adres)
    default = {"http": 80, "https": 443}
    port = parts.port if parts.port not in (None, *default.values()) else ""
    return f"{(parts.hostname or '').removeprefix('www.')}:{port}"


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return "geeft geen antwoord op tijd"
    if isinstance(cause, socket.gaierror):
        return "de naam van de website bestaat niet"
    if isinstance(cause, ssl.SSLError):
        return "de beveiliging (https) klopt niet"
    if isinstance(cause, ConnectionRefusedError):
        return "de server weigert de verbinding"
    return "er komt geen antwoord"


def look_all(
    found: Sequence[Adres],
    timeout: float = TIMEOUT,
    ask: Callable[[str, float], Uitslag] = look,
    told: Callable[[int], None] = lambda _: None,
) -> tuple[Uitslag, ...] | None:
    """Return what came of every address, in their order; None when there is no internet.

    A few hosts are tried first: when none of them can be reached, nothing is asked of the others. `told` hears
    how many are done.
    """
    first = probes(found)
    known: dict[str, Uitslag] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in pool.map(lambda adres: ask(adres, timeout), first):
            known[outcome.adres] = outcome
        if known and all(outcome.oordeel is Oordeel.ONBEREIKBAAR for outcome in known.values()):
            return None
        rest = [one.adres for one in found if one.adres not in known]
        for number, outcome in enumerate(pool.map(lambda adres: ask(adres, timeout), rest), start=len(known)):
            known[outcome.adres] = outcome
            told(number + 1)
    return tuple(known[one.adres] for one in found)


def probes(found: Iterable[Adres]) -> list[str]:
    """Return one address of each of a few hosts, spread over all."""
    hosts: dict[str, str] = {}
    for one in found:
        hosts.setdefault(_host(one.adres), one.adres)
    chosen = list(hosts.values())
    step = max(1, len(chosen) // PROBED)
    return chosen[::step][:PROBED]
