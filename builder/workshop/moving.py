"""The board of a proposal: look at the plan, move a visit, pin it, call it off, plan again, publish, download.

In: what was posted. Out: pages; steps in a draft, and from them a new proposal. A proposal itself never changes.
Whether something can be is told by `visits`; nothing is taken over before the independent checker agrees.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from starlette.responses import Response

from builder.artifacts import Artifact, zip_bytes
from builder.dutch import euro
from builder.visits import proposals
from builder.visits.by_hand import Bord, Oordeel, Stap, after
from builder.visits.nouns import DAGDELEN, Aanvraag
from builder.visits.outcome_sheets import cost_in_words, labels, visit_in_words
from builder.visits.plan import day_in_words, known_of, make_plan, unknown_of
from builder.visits.values import clock
from builder.workshop import board_views
from builder.workshop.plans import Plans, whole
from builder.workshop.screens import Asked, download, page, to
from builder.workshop.session import Session
from builder.workshop.solving import Jobs, Werk
from builder.workshop.store import Refusal
from builder.workshop.visiting import SECONDS, XLSX, seconds_of

_KINDS = {
    "xlsx": XLSX, "ics": "text/calendar; charset=utf-8", "pdf": "application/pdf", "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}  # fmt: skip
# The overview has its style inside; it has no program, and is shown as a page of nobody.
_OVERVIEW = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
_BEST = 6
_TELL = "Dit voorstel is vastgesteld: vertel de groep en de locatie wat er verandert."


class Moving:
    """The handlers of a proposal."""

    def __init__(self, session: Session, plans: Plans, jobs: Jobs) -> None:
        """Work with the plans and the searches of a session."""
        self.session, self.plans, self.jobs = session, plans, jobs

    def _open(self, asked: Asked) -> tuple[str, str, Bord, tuple[Stap, ...], Aanvraag]:
        """Return plan, proposal, its board, the steps of the draft, and the request after those."""
        name, number = asked.path["plan"], asked.path["voorstel"]
        board, steps = self.plans.board(name, number), self.plans.steps(name, number)
        return name, number, board, steps, after(board.request, steps)

    def show(self, asked: Asked) -> Response:
        """Show the plan: calendar, groups, who waits, what changed."""
        name, number, board, steps, request = self._open(asked)
        folder = self.plans.proposal(name, number)
        told, plan = proposals.story(folder), board.laid_out(request)
        work = self.jobs.of(name)
        if work is not None and work.klaar == number:
            self.jobs.seen(name)
        budget = request.instellingen.budget_totaal
        off = [visit for visit in request.bezoeken if visit.afgezegd]
        spent = known_of(plan)
        return page(
            "bezoeken-bord.html", **self.session.frame(), plan=name, voorstel=number, titel=request.instellingen.naam,
            vastgesteld=(folder / proposals.PUBLISHED).is_file(), verhaal=told, let_op=[*labels(request, plan), *_spoiled(folder)],
            geplaatst=len(plan), groepen=len(request.groepen) - len(off), kosten=board_views.money(cost_in_words(spent, unknown_of(plan))),
            budget=_euro(budget) if budget is not None else "", over=_left((budget or 0) - spent, unknown_of(plan)), tekort=spent > (budget or 0),
            stappen=[board_views.in_words(step) for step in steps], bezig=work is not None and work.bezig,
            kalender=board_views.calendar(board, plan, asked.query.get("beeld", ""), asked.query.get("dag", "")),
            rijen=board_views.group_rows(board, plan, told), gemist=board_views.missed_rows(request, told),
            afgezegd=[(visit.groep, visit_in_words(visit)) for visit in off], seconden=SECONDS,
            klaar=asked.query.get("klaar", ""), bestanden=_files(folder), euro=_euro, past=past(board, request),
            meer=len(proposals.names_in(folder.parent)) > 1,
        )  # fmt: skip

    def group(self, asked: Asked) -> Response:
        """Show one group: its visit, where else it can go, and the verdict on the place that was asked."""
        name, number, board, steps, request = self._open(asked)
        groep = _group(board, asked.query.get("groep", ""))
        verdicts = self._verdicts(name, number, board, request, groep, asked)
        going = any(one.groep == groep and not one.afgezegd for one in request.bezoeken)
        shown = {
            "plan": name, "voorstel": number, "groep": groep, "stand": len(steps), "euro": _euro,
            "woorden": visit_in_words, "heeft_bezoek": going,
        }  # fmt: skip
        if asked.by_script:
            return page("bezoeken-keuze.html", **shown, oordelen=verdicts)
        visit = next((one for one in board.laid_out(request) if one.groep.naam == groep), None)
        free = board.halves(request, groep)
        told = proposals.story(self.plans.proposal(name, number))
        best = sorted(free, key=lambda one: (one.rang, one.bezoek.dag))[:_BEST]
        places: dict[str, list[Oordeel]] = {}
        for one in free:
            places.setdefault(one.bezoek.locatie, []).append(one)
        return page(
            "bezoeken-groep.html", **self.session.frame(), **shown, oordelen=verdicts, wie_gaat=request.groep(groep),
            bezoek=visit, waarom=told.waarom.get(groep, "") if told else "", beste=best, vrij=places, aantal=len(free),
            gemist=next((one for one in board_views.missed_rows(request, told) if one.groep == groep), None),
            voorbij=visit is not None and visit.bezoek.dag < board.today, dag_woorden=day_in_words, klok=clock,
            opvolgers=board.could_take(request, visit.bezoek) if visit else (), dagdelen=DAGDELEN,
            dag=asked.query.get("dag", ""), dagdeel=asked.query.get("dagdeel", ""), plek=asked.query.get("plek", ""),
            van=request.instellingen.van.isoformat(), tot=request.instellingen.tot.isoformat(), vandaag=board.today,
        )  # fmt: skip

    def _verdicts(
        self, name: str, number: str, board: Bord, request: Aanvraag, groep: str, asked: Asked
    ) -> list[Oordeel]:
        """Return the verdict on one place, or on every place at a half day: its own first, then what can be."""
        place, day, part = _asked_place(asked)
        if day is None or part not in DAGDELEN:
            return []
        if place and place not in board.terrain.locatie_nummer:
            return []
        if place:
            return self._told(name, number, [board.judge(request, groep, place, day, part)])
        own = {one.groep: one.locatie for one in request.bezoeken}.get(groep, "")
        found = [board.judge(request, groep, one.naam, day, part) for one in board.request.locaties]
        ordered = sorted(found, key=lambda one: (bool(one.redenen), one.bezoek.locatie != own, one.rang))
        return self._told(name, number, ordered)

    def _told(self, name: str, number: str, found: list[Oordeel]) -> list[Oordeel]:
        """Return verdicts with what a published proposal brings along: people know of it already."""
        if not (self.plans.proposal(name, number) / proposals.PUBLISHED).is_file():
            return found
        return [one if one.redenen else replace(one, gevolgen=(*one.gevolgen, _TELL)) for one in found]

    def free(self, asked: Asked) -> Response:
        """Return the half days on which a group can go somewhere, for who drags it."""
        _, _, board, _, request = self._open(asked)
        groep = _group(board, asked.query.get("groep", ""))
        halves = sorted(
            {f"{one.bezoek.dag.isoformat()} {one.bezoek.dagdeel}" for one in board.halves(request, groep)}
        )
        return Response(json.dumps(halves), media_type="application/json")

    def step(self, asked: Asked) -> Response:
        """Take a change over in the draft, after looking at it once more."""
        name, number, board, steps, request = self._open(asked)
        groep, kind = _group(board, asked.one("groep")), asked.one("soort")
        seen = int(asked.one("stand")) if asked.one("stand").isdigit() else -1
        visit = next((one for one in request.bezoeken if one.groep == groep and not one.afgezegd), None)
        step = Stap(kind, groep)
        if kind == "verplaats":
            place, day, part = _asked_place(asked)
            if day is None or part not in DAGDELEN or place not in board.terrain.locatie_nummer:
                raise Refusal("Kies eerst een plek. Er is niets veranderd.")
            step = Stap(kind, groep, place, day, part)
            verdict = board.judge(request, groep, place, day, part)
            against = [one.tekst for one in verdict.redenen]
            against += [] if against else board.objections(request, after(board.request, [*steps, step]))
            if against:
                raise Refusal(f"Dit kan niet. {' '.join(against)} Er is niets veranderd.")
        elif kind not in ("vast", "los", "afgezegd") or visit is None:
            raise Refusal("Deze groep heeft geen bezoek. Er is niets veranderd.")
        elif visit.dag < board.today:
            raise Refusal("Dit bezoek is voorbij. Er is niets veranderd.")
        self.plans.add_step(name, number, step, seen)
        day = step.dag or (visit.dag if visit else board.today)
        return to(f"/bezoeken/{name}/{number}?dag={day.isoformat()}&klaar=stap#klad")

    def undo(self, asked: Asked) -> Response:
        """Take the last step back."""
        name, number = asked.path["plan"], asked.path["voorstel"]
        step = self.plans.undo_step(name, number)
        day = f"&dag={step.dag.isoformat()}" if step.dag else ""
        return to(f"/bezoeken/{name}/{number}?klaar=terug{day}#klad")

    def drop(self, asked: Asked) -> Response:
        """Throw the whole draft away."""
        name, number = asked.path["plan"], asked.path["voorstel"]
        self.plans.drop_steps(name, number, self.plans.steps(name, number))
        return to(f"/bezoeken/{name}/{number}?klaar=weg#klad")

    def keep(self, asked: Asked) -> Response:
        """Make the draft a proposal as it stands: nobody else moves."""
        if not self.plans.steps(asked.path["plan"], asked.path["voorstel"]):
            raise Refusal("Er is nog niets veranderd. Verplaats eerst een bezoek.")
        return self._again(asked, searching=False)

    def again(self, asked: Asked) -> Response:
        """Plan again with the draft: what is pinned stays, and as few as can be move."""
        return self._again(asked, searching=True)

    def agree(self, asked: Asked) -> Response:
        """Plan again without the changes that were not agreed."""
        agreed = set(asked.given.get("akkoord", ()))
        refused = [groep for groep in asked.given.get("regel", ()) if groep not in agreed]
        if not refused:
            raise Refusal("Je gaat met elke wijziging akkoord. Dan hoeft er niets te veranderen.")
        return self._again(asked, searching=True, refused=refused)

    def _again(self, asked: Asked, searching: bool, refused: list[str] | None = None) -> Response:
        name, number, board, steps, _ = self._open(asked)
        content = self.plans.content(name, number)
        request = after(whole(content, refused or ()), steps)
        before, today, folder = board.basis, self.plans.today, self.plans.folder(name)

        def deed(work: Werk) -> str:
            order = work.opdracht()
            proposal = make_plan(request, today, order, asking=searching, before=before, searching=searching)
            work.begin("papier")
            made = proposals.keep(proposal, folder, order).name
            self.plans.drop_steps(name, number, steps)
            return made

        self.jobs.start(name, Werk(len(request.groepen), seconds_of(asked)), deed)
        return to(f"/bezoeken/{name}")

    def publish(self, asked: Asked) -> Response:
        """Publish the proposal; what is in the draft is not in it."""
        name, number = asked.path["plan"], asked.path["voorstel"]
        folder = self.plans.proposal(name, number)
        if not proposals.publish(folder, self.plans.today):
            raise Refusal(
                " ".join(_spoiled(folder)) or f"{number} was al vastgesteld. Er is niets veranderd."
            )
        return to(f"/bezoeken/{name}/{number}?klaar=vastgesteld")

    def zip(self, asked: Asked) -> Response:
        """Return all files of the proposal in one zip."""
        name, number = asked.path["plan"], asked.path["voorstel"]
        folder = self.plans.proposal(name, number)
        content = zip_bytes(
            Artifact(f"{number}/{path}", (folder / path).read_bytes()) for path in _files(folder)
        )
        return download(f"{name}-{number}.zip", content, "application/zip")

    def file(self, asked: Asked) -> Response:
        """Return one file of the proposal."""
        folder, path = self.plans.proposal(asked.path["plan"], asked.path["voorstel"]), asked.path["path"]
        if path not in _files(folder):
            raise Refusal("Dit bestand is er niet. Ga terug naar het voorstel.")
        content = (folder / path).read_bytes()
        if path == "overzicht.html":
            return Response(content, media_type="text/html; charset=utf-8", headers=_OVERVIEW)
        kind = _KINDS.get(path.rpartition(".")[2], "application/octet-stream")
        return download(path.rpartition("/")[2], content, kind)


def _euro(cents: int) -> str:
    return board_views.money(euro(cents))


def _spoiled(folder: Path) -> list[str]:
    """Return what changed in a proposal after it was published, as a sentence."""
    if not (folder / proposals.PUBLISHED).is_file():
        return []
    changed = proposals.spoiled(folder)
    return [f"Veranderd na het vaststellen: {'; '.join(changed)}. Zet de bestanden terug."] if changed else []


def _left(cents: int, unknown: Sequence[str]) -> str:
    """Return what is left of a budget: at most that, as long as a part of the costs is not known."""
    return f"ten hoogste {_euro(cents)}" if unknown else _euro(cents)


def _group(board: Bord, name: str) -> str:
    if name not in board.terrain.groep_nummer:
        raise Refusal("Deze groep staat niet in dit voorstel. Ga terug naar het voorstel.")
    return name


def _asked_place(asked: Asked) -> tuple[str, date | None, str]:
    """Return place, day and half of the day: together in one value of a list, or apart."""
    together = asked.query.get("plek") or asked.one("plek")
    day, part, place = (
        ([*together.split("|", 2), "", ""][:3])
        if together
        else (asked.query.get("dag", ""), asked.query.get("dagdeel", ""), "")
    )
    try:
        return place, date.fromisoformat(day), part
    except ValueError:
        return place, None, part


def _files(folder: Path) -> list[str]:
    """Return the paths of the files of a proposal; what somebody linked to elsewhere is left out."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(folder.resolve())
    )


def past(board: Bord, request: Aanvraag) -> int:
    """Return how many visits are over."""
    return sum(1 for visit in request.bezoeken if not visit.afgezegd and visit.dag < board.today)
