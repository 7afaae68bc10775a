"""Calendar files (RFC 5545), for Outlook, Google and phones.

In: visits with their times, and the day of the proposal. Out: bytes with CRLF, lines of at most 75 octets, a full
VTIMEZONE for Europe/Amsterdam, and for each group one identity that never changes. A visit that was called off stays in
the lists as CANCELLED, and has a file of its own that takes it out of a calendar: METHOD:CANCEL (RFC 5546, 3.2.5).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date

from builder.visits.moments import times
from builder.visits.nouns import Aanvraag, Bezoek
from builder.visits.plan import Gepland, Voorstel, day_in_words
from builder.visits.values import clock

_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


def calendar(proposal: Voorstel, name: str, groep: str = "", locatie: str = "") -> bytes:
    """Return the visits of the whole plan, of one group or of one place as a calendar file."""
    lines = [*_head("PUBLISH"), f"X-WR-CALNAME:{_escape(name)}", *_ZONE.split("\n")]
    for one in proposal.gepland:
        if groep in ("", one.groep.naam) and locatie in ("", one.locatie.naam):
            lines += _event(proposal, one)
    for visit in proposal.afgezegd:
        if groep in ("", visit.groep) and locatie in ("", visit.locatie):
            lines += _cancelled(proposal, visit)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def cancellation(proposal: Voorstel, visit: Bezoek) -> bytes:
    """Return the message that takes one visit out of a calendar; RFC 5546 allows one identity in it."""
    lines = [*_head("CANCEL"), *_ZONE.split("\n"), *_cancelled(proposal, visit), "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _head(method: str) -> list[str]:
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//knm//bezoeken//NL",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]


def identity(request: Aanvraag, groep: str) -> str:
    """Return the UID of the visit of a group: the same in every proposal of the same plan."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"knm:bezoeken:{request.instellingen.naam}:{groep}"))


def _event(proposal: Voorstel, one: Gepland) -> Iterator[str]:
    place = one.locatie
    told = [
        f"Weg om {clock(max(0, one.weg))} uur, terug om {clock(one.terug)} uur"
        + (" (reistijd is een schatting)." if one.reis and one.reis.schatting else "."),
        f"{one.groep.deelnemers} deelnemers, {one.groep.begeleiders} begeleiders.",
    ]
    told += [f"Uitstappen bij: {place.halte}."] if place.halte and one.groep.vervoer == "ov" else []
    told += [f"Les vooraf: {day_in_words(one.les_vooraf)}."] if one.les_vooraf else []
    told += [f"Les erna: {day_in_words(one.les_erna)}."] if one.les_erna else []
    told += [f"Wat mensen zien: {place.ziet}."] if place.ziet else []
    if place.groepen_per_dagdeel is None:
        told.append("Aantal groepen niet bekend: gerekend met 1 groep per dagdeel.")
    yield from _lines(
        proposal, one.bezoek, f"Bezoek {place.naam}: {one.groep.naam}", f"{place.naam}, {place.plaats}",
        one.begin, one.einde, one.bezoek.volgnummer, "CONFIRMED", "\n".join(told),
    )  # fmt: skip


def _cancelled(proposal: Voorstel, visit: Bezoek) -> Iterator[str]:
    place = proposal.aanvraag.locatie(visit.locatie)
    _, begins, ends, _ = times(place, visit.dagdeel, 0)
    yield from _lines(
        proposal, visit, f"Afgezegd: bezoek {place.naam}, {visit.groep}", f"{place.naam}, {place.plaats}",
        begins, ends, visit.volgnummer + 1, "CANCELLED", "Dit bezoek gaat niet door.",
    )  # fmt: skip


def _lines(
    proposal: Voorstel,
    visit: Bezoek,
    title: str,
    where: str,
    begins: int,
    ends: int,
    number: int,
    status: str,
    told: str,
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{identity(proposal.aanvraag, visit.groep)}"
    yield f"DTSTAMP:{proposal.vandaag:%Y%m%d}T000000Z"
    yield f"DTSTART;TZID=Europe/Amsterdam:{_moment(visit.dag, begins)}"
    yield f"DTEND;TZID=Europe/Amsterdam:{_moment(visit.dag, ends)}"
    # RFC 5546 asks for an organizer; a plan knows no address, and this is how Outlook writes that there is none
    yield f'ORGANIZER;CN="{_quoted(proposal.aanvraag.instellingen.naam)}":invalid:nomail'
    yield f"SEQUENCE:{number}"
    yield f"STATUS:{status}"
    yield f"SUMMARY:{_escape(title)}"
    yield f"LOCATION:{_escape(where)}"
    yield f"DESCRIPTION:{_escape(told)}"
    yield "END:VEVENT"


def _moment(day: date, minutes: int) -> str:
    return f"{day:%Y%m%d}T{minutes // 60 % 24:02}{minutes % 60:02}00"


def _escape(text: str) -> str:
    for sign, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign.isprintable() or sign == "\t")


def _quoted(text: str) -> str:
    """Return a text that can stand between quotes in a parameter, where nothing can be escaped (RFC 5545, 3.2)."""
    return "".join(sign for sign in text.replace('"', "'") if sign.isprintable()) or "knm"


def _folded(line: str) -> bytes:
    """Return the line with its end, folded so that no part is over 75 octets and no letter is cut in two."""
    parts: list[bytes] = [b""]
    for sign in line:
        octets = sign.encode()
        if len(parts[-1]) + len(octets) > 75:
            parts.append(b" ")
        parts[-1] += octets
    return b"\r\n".join(parts) + b"\r\n"


def names(proposal: Voorstel) -> tuple[Sequence[str], Sequence[str]]:
    """Return the groups and the places that have a calendar of their own."""
    visits = proposal.bezoeken
    return sorted({visit.groep for visit in visits}), sorted({visit.locatie for visit in visits})
