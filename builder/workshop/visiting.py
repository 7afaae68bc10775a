"""The pages where a plan of visits begins: the workbook, the example, the search, and two proposals side by side.

In: what was posted. Out: pages, and plans on disk. Reading and planning is done by `visits`; searching goes on in the
background, so that the pages keep working.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from starlette.responses import Response

from builder.diagnostics import Diagnostic
from builder.visits import proposals
from builder.visits.bundle import empty_workbook
from builder.visits.compare import compare
from builder.visits.example import example
from builder.visits.nouns import Aanvraag
from builder.visits.plan import make_plan
from builder.visits.workbook import as_read
from builder.workshop import forms
from builder.workshop.board_views import findings, proposal_rows
from builder.workshop.plans import INPUT, MAX_UPLOAD, Plans, checked
from builder.workshop.screens import Asked, download, page, to
from builder.workshop.session import Session
from builder.workshop.solving import Jobs, Werk
from builder.workshop.store import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECONDS = (10, 30, 120, 600)
_EXAMPLE = "voorbeeld"


class Visiting:
    """The handlers for plans of visits."""

    def __init__(self, session: Session, plans: Plans, jobs: Jobs) -> None:
        """Work with the plans and the searches of a session."""
        self.session, self.plans, self.jobs = session, plans, jobs

    def show(self, asked: Asked) -> Response:
        """Show the plans that there are, and how to begin one."""
        return self._begin()

    def _begin(self, code: int = 200, found: Sequence[Diagnostic] = (), name: str = "") -> Response:
        rows = [(one, len(proposals.names_in(self.plans.folder(one)))) for one in self.plans.names()]
        return page(
            "bezoeken.html", code, **self.session.frame(), plannen=rows, gevonden=findings(found), naam=name,
            mb=MAX_UPLOAD // 1024 // 1024,
        )  # fmt: skip

    def template(self, asked: Asked) -> Response:
        """Return the workbook to fill in, with the places of this project."""
        content = empty_workbook(self.session.desk.bank().locaties.values())
        return download("bezoeken.xlsx", content, XLSX)

    def create(self, asked: Asked) -> Response:
        """Begin a plan with a workbook; with one fault in it nothing is kept."""
        sent = asked.files.get("bestand")
        if sent is None:
            raise Refusal("Kies eerst een rekenblad. Druk daarna op de knop.")
        name = _slug(forms.clean(asked.one("naam"), True) or sent[0].rpartition(".")[0])
        request, found = checked(INPUT, sent[1], self.plans.today)
        if request is None:
            return self._begin(422, found, name)
        self.plans.create(name, as_read(request))
        return to(f"/bezoeken/{name}")

    def try_example(self, asked: Asked) -> Response:
        """Begin a plan with the worked example; when it is there already, show that."""
        if _EXAMPLE not in self.plans.names():
            self.plans.create(_EXAMPLE, example(self.plans.today))
        return to(f"/bezoeken/{_EXAMPLE}")

    def plan(self, asked: Asked) -> Response:
        """Show one plan: its workbook, its proposals, and how far the search is."""
        return self._plan(asked.path["plan"])

    def _plan(self, name: str, code: int = 200, refused: Sequence[Diagnostic] = ()) -> Response:
        folder, content = self.plans.folder(name), self.plans.given(name)
        request: Aanvraag | None = None
        found: tuple[Diagnostic, ...] = ()
        if content is not None:
            request, found = checked(INPUT, content, self.plans.today)
        rows = proposal_rows(folder)
        work = self.jobs.of(name)
        return page(
            "bezoeken-plan.html", code, **self.session.frame(), plan=name, rijen=rows, aanvraag=request,
            heeft_blad=content is not None, gevonden=findings(found), geweigerd=findings(refused), werk=work,
            naar=f"/bezoeken/{name}",
            seconden=SECONDS, map=self.session.desk.project.relative(folder), mb=MAX_UPLOAD // 1024 // 1024,
        )  # fmt: skip

    def renew(self, asked: Asked) -> Response:
        """Take another workbook for this plan; with one fault in it the old one stays."""
        name, sent = asked.path["plan"], asked.files.get("bestand")
        self.plans.folder(name)
        if sent is None:
            raise Refusal("Kies eerst een rekenblad. Druk daarna op de knop.")
        request, found = checked(INPUT, sent[1], self.plans.today)
        if request is None:
            return self._plan(name, 422, found)
        self.plans.renew(name, as_read(request))
        return to(f"/bezoeken/{name}")

    def workbook(self, asked: Asked) -> Response:
        """Return the workbook that was given."""
        content = self.plans.given(asked.path["plan"])
        if content is None:
            raise Refusal("Dit plan heeft geen rekenblad. Download het uit een voorstel.")
        return download(INPUT, content, XLSX)

    def search(self, asked: Asked) -> Response:
        """Search for a plan, in the background."""
        name = asked.path["plan"]
        folder, content = self.plans.folder(name), self.plans.given(name)
        if content is None:
            raise Refusal("Geef eerst een rekenblad. Plan een voorstel opnieuw vanuit dat voorstel.")
        request, _ = checked(INPUT, content, self.plans.today)
        if request is None:
            raise Refusal("Het rekenblad heeft een fout. Kijk op de pagina van het plan wat er moet.")
        today, wanted = self.plans.today, request

        def deed(work: Werk) -> str:
            order = work.opdracht()
            proposal = make_plan(wanted, today, order)
            work.begin("papier")
            return proposals.keep(proposal, folder, order).name

        self.jobs.start(name, Werk(len(request.groepen), seconds_of(asked)), deed)
        return to(f"/bezoeken/{name}")

    def stop(self, asked: Asked) -> Response:
        """Stop the search: the best plan so far becomes a proposal."""
        name = asked.path["plan"]
        self.plans.folder(name)
        self.jobs.stop(name)
        return to(f"/bezoeken/{name}")

    def progress(self, asked: Asked) -> Response:
        """Tell how far the search is; nothing when that is what the page shows already."""
        name = asked.path["plan"]
        self.plans.folder(name)
        work = self.jobs.of(name)
        where = f"/bezoeken/{name}/{work.klaar}" if work is not None and work.klaar else f"/bezoeken/{name}"
        if not asked.by_script:
            return to(where)
        if work is not None and work.bezig and " ".join(work.zinnen()) == asked.query.get("gezien", ""):
            return Response(b"", 204)
        return page("bezoeken-werk.html", plan=name, werk=work, naar=where)

    def beside(self, asked: Asked) -> Response:
        """Show two proposals side by side: the figures, and who has another visit."""
        name = asked.path["plan"]
        there = [one.naam for one in proposal_rows(self.plans.folder(name))]
        if len(there) < 2:
            raise Refusal("Er zijn nog geen twee voorstellen. Plan eerst nog een keer.")
        other = asked.query.get("ander") or there[-1]
        one = asked.query.get("een") or next(number for number in reversed(there) if number != other)
        boards = [self.plans.board(name, number) for number in (one, other)]
        stories = [proposals.story(self.plans.proposal(name, number)) for number in (one, other)]
        return page(
            "bezoeken-naast.html", **self.session.frame(), plan=name, voorstellen=there, een=one, ander=other,
            verschil=compare(*boards), verhalen=stories,
        )  # fmt: skip


def seconds_of(asked: Asked) -> float:
    """Return how long may be searched: one of the choices, else half a minute."""
    given = asked.one("seconden")
    return float(given) if given in map(str, SECONDS) else 30.0


def _slug(text: str) -> str:
    """Return a text as the name of a folder."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
