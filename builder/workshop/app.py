"""The addresses of the workshop, and the pages that are not about one document.

In: a session and a token. Out: an ASGI application behind its guard. Handlers stand in `starting`, `editing`,
`versions`, `sourcing`, `looking`, `judging`, `judging_lessons`, `renewing`, `exchanging`, `importing`,
`composing`, `visiting` and `moving`; here is only where each is found.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from builder.loading.document import kind_of
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lijsten import STATUSSEN
from builder.workshop.bin import Bin
from builder.workshop.composing import Composing
from builder.workshop.editing import Editing
from builder.workshop.exchanging import Exchanging
from builder.workshop.guard import Guard
from builder.workshop.importing import Importing
from builder.workshop.judging import Judging
from builder.workshop.judging_lessons import JudgingLessons
from builder.workshop.looking import Looking
from builder.workshop.moving import Moving
from builder.workshop.plans import Plans
from builder.workshop.renewing import Renewing
from builder.workshop.screens import Asked, moment, not_there, page, route, to
from builder.workshop.session import Session
from builder.workshop.solving import Jobs
from builder.workshop.sourcing import Sourcing
from builder.workshop.starting import Starting
from builder.workshop.versions import Versions
from builder.workshop.views import short_text
from builder.workshop.visiting import Visiting

_POST = ("POST",)
PER_PAGE = 100  # rows of the list of documents
# Kinds without a status that have the same form.
_NOT_HERE = ("toetsmatrijs",)
_ALSO = frozenset({"lesmateriaal", "locatie", "lastig-moment", "toets"})


def make_app(session: Session, token: str, port: int) -> ASGIApp:
    """Return the workshop for this session, open to who has the token at this port."""
    home, start, edit, look = Home(session), Starting(session), Editing(session), Looking(session)
    judge, swap, compose = Judging(session), Exchanging(session), Composing(session)
    lessons, renew = JudgingLessons(session), Renewing(session)
    intake = Importing(session)
    source, versions = Sourcing(session), Versions(session)
    plans, jobs = Plans(session.desk.project.root, session.day), Jobs()
    visit, move = Visiting(session, plans, jobs), Moving(session, plans, jobs)
    routes = [
        route("/", home.show),
        route("/wie", home.ask_who),
        route("/wie", home.introduce, _POST),
        route("/nieuw", start.new),
        route("/nieuw", start.create, _POST),
        route("/nieuw-les", start.create_les, _POST),
        route("/bewerk/{path:path}", edit.edit),
        route("/bewerk/{path:path}", edit.post, _POST),
        route("/getypt/{path:path}", edit.newest),
        route("/kies/{path:path}", versions.choose, _POST),
        route("/terugdraaien/{path:path}", versions.undo, _POST),
        route("/weg/{path:path}", start.throw_away, _POST),
        route("/zet-terug", start.put_back, _POST),
        route("/bron", source.show),
        route("/bron", source.add, _POST),
        route("/bijwerken", renew.show),
        route("/bijwerken", renew.act, _POST),
        route("/review", judge.waiting),
        route("/review/{path:path}", judge.look),
        route("/review-les/{path:path}", lessons.look),
        route("/antwoord-les/{path:path}", lessons.answer, _POST),
        route("/oordeel-les/{path:path}", lessons.record, _POST),
        route("/antwoord/{path:path}", judge.answer, _POST),
        route("/oordeel/{path:path}", judge.record, _POST),
        route("/inzending/{path:path}", swap.send, _POST),
        route("/ontvang", swap.ask),
        route("/ontvang", swap.receive, _POST),
        route("/inlezen", intake.ask),
        route("/inlezen", intake.act, _POST),
        route("/inlezen-sjabloon", intake.template),
        route("/toets", compose.show),
        route("/toets", compose.create, _POST),
        route("/toets-zip", compose.export, _POST),
        route("/bezoeken", visit.show),
        route("/bezoeken", visit.create, _POST),
        route("/bezoeken-sjabloon", visit.template),
        route("/bezoeken-voorbeeld", visit.try_example, _POST),
        route("/bezoeken/{plan}", visit.plan),
        route("/bezoeken/{plan}/rekenblad", visit.workbook),
        route("/bezoeken/{plan}/rekenblad", visit.renew, _POST),
        route("/bezoeken/{plan}/plan", visit.search, _POST),
        route("/bezoeken/{plan}/stop", visit.stop, _POST),
        route("/bezoeken/{plan}/stand", visit.progress),
        route("/bezoeken/{plan}/vergelijk", visit.beside),
        route("/bezoeken/{plan}/{voorstel}", move.show),
        route("/bezoeken/{plan}/{voorstel}/groep", move.group),
        route("/bezoeken/{plan}/{voorstel}/vrij", move.free),
        route("/bezoeken/{plan}/{voorstel}/zet", move.step, _POST),
        route("/bezoeken/{plan}/{voorstel}/terug", move.undo, _POST),
        route("/bezoeken/{plan}/{voorstel}/weg", move.drop, _POST),
        route("/bezoeken/{plan}/{voorstel}/bewaar", move.keep, _POST),
        route("/bezoeken/{plan}/{voorstel}/opnieuw", move.again, _POST),
        route("/bezoeken/{plan}/{voorstel}/akkoord", move.agree, _POST),
        route("/bezoeken/{plan}/{voorstel}/vaststellen", move.publish, _POST),
        route("/bezoeken/{plan}/{voorstel}/zip", move.zip),
        route("/bezoeken/{plan}/{voorstel}/bestand/{path:path}", move.file),
        route("/stand/{path:path}", judge.stand),
        route("/stap/{path:path}", judge.step, _POST),
        route("/kijk/{als}/{path:path}", look.look),
        route("/papier/{nummer}/{path:path}", look.paper),
        route("/plaatje/{path:path}", look.picture),
        route("/regel/{code}", look.rule),
        route("/vast/{name:path}", look.fixed),
    ]
    handlers = {HTTPException: not_there, Exception: not_there}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), token, port)


class Home:
    """The first page."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session

    def show(self, asked: Asked) -> Response:
        """Show what there is, what is not finished, and where to begin."""
        desk = self.session.desk
        try:
            bank = desk.bank()
        except (OSError, ValueError, KeyError):
            if not self.session.behind.changes:
                raise
            return to("/bijwerken")  # its schemas are so old that the bank cannot be read with them
        wanted, words = asked.query.get("status", ""), asked.query.get("zoek", "").strip().casefold()
        thema = asked.query.get("thema", "")
        rows: list[tuple[str, str, str, str, bool]] = []
        documents: list[Item | Les] = [*bank.items.values(), *bank.lessen.values()]
        for document in documents:
            path = bank.locations[document.id].path
            text = short_text(document)
            if (wanted and document.status != wanted) or words not in f"{document.id} {text}".casefold():
                continue
            if thema and document.thema != thema:
                continue
            rows.append(
                (path.removesuffix(".yaml"), document.id, text, document.status, desk.is_secret(path))
            )
        if not wanted and not thema:
            rows += [
                (source.path.removesuffix(".yaml"), name, title, "", desk.is_secret(source.path))
                for name, source in bank.locations.items()
                if kind_of(source.path) in _ALSO
                and words in f"{name} {(title := _title(bank, name))}".casefold()
            ]
        broken = sorted(
            path
            for store in desk.stores()
            for file in [
                *(store.root / "items").glob("*/*.yaml"),
                *(store.root / "content").glob("*/**/*.yaml"),
            ]
            if file.stem in bank.broken
            and kind_of(file.relative_to(store.root).as_posix()) not in (None, *_NOT_HERE)
            and (path := file.relative_to(store.root).as_posix()[:-5])
        )
        drafts = [
            (one.path.removesuffix(".yaml"), one, moment(one.saved))
            for store in desk.stores()
            for one in store.drafts()
        ]
        thrown = [(one, store is not desk.open) for store in desk.stores() for one in Bin(store).thrown()]
        gone = asked.query.get("weg", ""), asked.query.get("besloten", "") == "ja"
        blad, bladen = _sheet(asked.query.get("blad", ""), len(rows))
        return page(
            "begin.html",
            **self.session.frame(),
            rijen=rows[(blad - 1) * PER_PAGE : blad * PER_PAGE],
            gevonden=len(rows),
            blad=blad,
            bladen=bladen,
            waar=urlencode({"zoek": asked.query.get("zoek", ""), "status": wanted, "thema": thema}),
            themas=[(one.slug, one.titel) for one in bank.themas],
            thema=thema,
            kapot=broken,
            concepten=drafts,
            weggegooid=thrown,
            statussen=STATUSSEN,
            status=wanted,
            zoek=asked.query.get("zoek", ""),
            pas_weg=next((one for one, secret in thrown if (str(one.number), secret) == gone), None),
            weg_geheim=gone[1],
            dubbel=desk.doubles(),
            achter=self.session.behind,
            verder=_inside(asked.query.get("verder", "")),
        )

    def ask_who(self, asked: Asked) -> Response:
        """Ask who works here, also when somebody else did; afterwards the page comes back that one was on."""
        back = _inside(asked.query.get("verder", "")) or _inside(asked.came_from)
        return page("wie.html", **self.session.frame(), verder=back)

    def introduce(self, asked: Asked) -> Response:
        """Remember who works here."""
        self.session.introduce(asked.one("code").strip())
        return to(_inside(asked.one("verder")) or "/")


def _title(bank: Itembank, name: str) -> str:
    """Return what a toets is called; the names of other documents without a status say enough."""
    toets = bank.toetsen.get(name)
    return toets.titel if toets else ""


def _inside(address: str) -> str:
    """Return an address of a page of the workshop itself, empty for any other."""
    found = re.fullmatch(r"/(?![/\\])[A-Za-z0-9/?&=._%+-]*", address)
    return "" if found is None or address.partition("?")[0] == "/wie" else address


def _sheet(asked: str, rows: int) -> tuple[int, int]:
    """Return which page of a long list is asked for, and how many there are."""
    pages = max(1, -(-rows // PER_PAGE))
    return min(max(1, int(asked) if asked.isdecimal() and len(asked) < 6 else 1), pages), pages
