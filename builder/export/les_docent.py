"""The teacher's sheet of a les, as PDF and as Word: the blocks of the lesson page, then sources, all answers last.

In: a les, the bank, addresses. Out: artifacts under `docent/`; a PDF with only the answers is among them. The
answers begin on a page of their own, so that the rest may lie on a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from builder.artifacts import Artifact
from builder.dutch import dutch_date
from builder.export.les_antwoorden import answers_of
from builder.export.les_bronnen import sources_of
from builder.export.les_papier import Made, papers
from builder.export.les_vragen import question_form
from builder.export.rich_text import Listing, Node, Paragraph, Piece, plain, read
from builder.export.sheet import (
    Element,
    Facts,
    Frame,
    Heading,
    NewPage,
    Question,
    Sheet,
    SideBySide,
    Step,
    Text,
    Together,
)
from builder.model.adressen import Adressen
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import lesson_label, unapproved_label


def export(bank: Itembank, les: Les, adressen: Adressen) -> Made:
    """Return the teacher's sheet and the answers, and a finding for each that could not be made."""
    page = _LessonSheet(bank, les, adressen)
    made, found = papers(bank, les, f"docent/{les.id}-docentblad", page.whole())
    answers = page.answers()
    if answers is None:
        return made, found
    more, objections = papers(bank, les, f"docent/{les.id}-antwoorden", answers, word=False)
    return _sorted((*made, *more)), tuple(dict.fromkeys((*found, *objections)))


def _sorted(made: Sequence[Artifact]) -> tuple[Artifact, ...]:
    return tuple(sorted(made, key=lambda artifact: artifact.path))


class _LessonSheet:
    """The parts of the sheet; each method yields one block of the lesson page."""

    def __init__(self, bank: Itembank, les: Les, adressen: Adressen) -> None:
        self._bank, self._les, self._adressen = bank, les, adressen
        toets = question_form(bank, les)
        self._vragen = teacher_view(bank, toets).vragen if toets else ()
        self._numbers = {
            verwijzing.id: number
            for number, verwijzing in enumerate(
                (found for found in les.bronnen if found.id in bank.bronnen), start=1
            )
        }

    def whole(self) -> Sheet:
        """Return the teacher's sheet."""
        blocks = (
            self._in_short(),
            self._goals(),
            self._words(),
            self._text("Voor jou als docent", self._les.docent),
            self._whole("Veilig beginnen", self._text("Veilig beginnen", self._les.veilig_beginnen)),
            self._steps(),
            self._whole("Makkelijker en moeilijker", self._levels()),
            self._heard(),
            self._whole("Veilig afsluiten", self._text("Veilig afsluiten", self._les.veilig_afsluiten)),
            self._questions(),
        )
        parts = [part for block in blocks for part in block]
        # together, so that the page before the answers never holds a few lines only
        sources = sources_of(self._bank, self._les, self._listed)
        last = (self._further(), self._downloads(), sources, self._remarks())
        end = tuple(part for block in last for part in block)
        parts.append(Together("Verder", end, loose_in_word=True))
        answers = list(answers_of(self._les, self._vragen, self._read))
        if answers:
            parts += [NewPage(), *answers]
        return self._sheet("docentblad", "Docentblad", parts)

    def answers(self) -> Sheet | None:
        """Return the answers alone, None when there are none."""
        parts = list(answers_of(self._les, self._vragen, self._read))
        return self._sheet("antwoorden", "Antwoorden, voor de docent", parts) if parts else None

    def _sheet(self, kind: str, name: str, parts: Sequence[Element]) -> Sheet:
        les = self._les
        themas = [thema.titel for thema in self._bank.themas if thema.slug == les.thema]
        series = [
            f"{self._bank.reeksen[place.id].titel}: les {place.les} van {self._bank.reeksen[place.id].aantal}"
            for place in les.reeks
            if place.id in self._bank.reeksen
        ]
        return Sheet(
            les.id,
            les.titel,
            " · ".join([name, *themas, *series]),
            kind,
            f"{les.id} · {kind} · versie {les.versie}",
            self._label(),
            date.fromisoformat(les.bijgewerkt_op),
            tuple(parts),
            10,
            dense=True,
        )

    def _label(self) -> str:
        """Return the label of the les and of its questions; the first word is said once."""
        of_les = lesson_label(self._les)
        of_items = unapproved_label([vraag.item for vraag in self._vragen]) if self._vragen else ""
        if of_les and of_items:
            of_items = of_items.removeprefix("Oefenmateriaal. ")
        return " ".join(part for part in (of_les, of_items) if part)

    def _cite(self, bron_id: str) -> str:
        return f" [{self._numbers[bron_id]}]" if bron_id in self._numbers else ""

    def _behind(self, text: str, bronnen: Sequence[str]) -> str:
        """Return the text with the numbers of its bronnen behind it."""
        return text + "".join(map(self._cite, bronnen))

    def _listed(self, bronnen: Sequence[str], verzonnen: bool) -> str:
        """Return in words where the facts of a part stand, and whether it is made up."""
        numbers = [str(self._numbers[name]) for name in bronnen if name in self._numbers]
        said = [f"Bronnen: {', '.join(numbers)}."] if numbers else []
        return " ".join([*said, *(["De mensen en gebeurtenissen zijn verzonnen."] if verzonnen else [])])

    def _read(self, text: str) -> tuple[Node, ...]:
        return read(text, self._cite)

    def _text(self, heading: str, text: str) -> Iterator[Element]:
        if text:
            yield Heading(heading)
            yield Text(self._read(text))

    def _whole(self, name: str, block: Iterator[Element]) -> Iterator[Element]:
        """Yield a block as one that stays on a page, so that no heading stands there with one line."""
        parts = tuple(block)
        if parts:
            yield Together(name, parts, loose_in_word=True)

    def _in_short(self) -> Iterator[Element]:
        les = self._les
        yield Heading("In het kort")
        if les.gevoelig:
            warning = (
                Piece("Gevoelig onderwerp. ", bold=True),
                Piece(f"{les.inhoudswaarschuwing} Lees eerst Veilig beginnen."),
            )
            yield Frame((Paragraph(warning),))
        needed = Listing(False, tuple(plain(_amount(needs.naam, needs.aantal)) for needs in les.materiaal))
        yield Facts(
            (
                ("Waarover", plain(les.samenvatting)),
                *([("Materiaal", (needed,))] if les.materiaal else []),
            ),
            24,
        )
        yield Facts(
            (
                ("Tijd", plain(f"{les.minuten} minuten")),
                ("Taalniveau", plain(" en ".join(les.taalniveaus))),
                ("Groep", plain(les.groepsvorm)),
                ("Werkvorm", plain(", ".join(les.werkvorm))),
                *([("Route", plain(", ".join(les.routes)))] if les.routes else []),
                ("Bijgewerkt op", plain(f"{dutch_date(les.bijgewerkt_op)} (versie {les.versie})")),
            ),
            paired=True,
        )

    def _downloads(self) -> Iterator[Element]:
        levels = " en ".join(dict.fromkeys(handout.taalniveau for handout in self._les.handouts))
        said = [f"Werkblad {levels}, voor Word en als PDF.", "Presentatie, met je tekst in de notities."]
        if any(True for _ in answers_of(self._les, self._vragen, self._read)):
            said.append("Antwoorden, als PDF; zij staan ook achter in dit blad.")
        if self._vragen:
            said.append("Controlevragen voor het bord, voor Moodle en voor andere programma's.")
        if self._adressen.lespagina:
            said.append(f"Je vindt alles op {self._adressen.lespagina}")
        yield Heading("Downloads")
        yield Text(plain(" ".join(said)), small=True)

    def _goals(self) -> Iterator[Element]:
        les = self._les
        yield Heading("Doelen")
        goals = (
            plain(f"{doel.tekst.removesuffix('.')} (eindterm {' en '.join(doel.eindtermen)}).")
            for doel in les.doelen
        )
        yield Text((Listing(False, tuple(goals)),))
        for nummer in les.eindtermen:
            if self._bank.has_eindterm(nummer):
                yield Text(
                    plain(f"Eindterm {nummer}: {self._bank.eindterm(nummer).samenvatting}"), small=True
                )

    def _words(self) -> Iterator[Element]:
        yield Heading("Woorden")
        yield Facts(
            tuple(
                (
                    woord.woord,
                    (
                        Paragraph(
                            (
                                Piece(f"{woord.uitleg} "),
                                Piece(self._behind(woord.voorbeeld, woord.bronnen), italic=True),
                            )
                        ),
                    ),
                )
                for woord in self._les.woorden
            ),
            48,
            paired=True,
        )

    def _steps(self) -> Iterator[Element]:
        yield Heading("Stappen")
        begin = 0
        for number, stap in enumerate(self._les.stappen, start=1):
            end = begin + stap.minuten
            needed = f"Materiaal: {stap.materiaal}" if stap.materiaal else ""
            yield Step(
                f"{number}. {stap.titel}",
                f"{stap.minuten} minuten (minuut {begin} tot {end})",
                ("Wat jij doet", self._read(stap.docent)),
                ("Cursisten", self._read(stap.cursisten)),
                " · ".join(filter(None, (needed, self._listed(stap.bronnen, stap.verzonnen)))),
            )
            begin = end

    def _levels(self) -> Iterator[Element]:
        yield Heading("Makkelijker en moeilijker")
        yield Facts(tuple((keuze.niveau, self._read(keuze.tekst)) for keuze in self._les.differentiatie), 14)

    def _heard(self) -> Iterator[Element]:
        if self._les.dit_hoor_je_soms:
            yield Heading("Dit hoor je soms")
        for gehoord in self._les.dit_hoor_je_soms:
            said = Heading(f"“{gehoord.uitspraak}”", 2)
            ways = Facts(
                (
                    ("Je kunt vragen", plain(gehoord.vraag)),
                    ("Je kunt zeggen", plain(self._behind(gehoord.antwoord, gehoord.bronnen))),
                    ("Je stopt als", plain(gehoord.stop)),
                ),
                32,
            )
            yield Together(gehoord.uitspraak, (said, ways), loose_in_word=True)

    def _questions(self) -> Iterator[Element]:
        if self._vragen:
            yield Heading("Controlevragen")
            yield SideBySide(tuple((Question(vraag.gezien),) for vraag in self._vragen))

    def _further(self) -> Iterator[Element]:
        if not self._les.verder:
            return
        yield Heading("Verder")
        entries = []
        for stap in self._les.verder:
            next_one = self._bank.lessen.get(stap.les)
            nodes = self._read(stap.tekst)
            if next_one and isinstance(nodes[-1], Paragraph):
                title = Piece(f" Les: {next_one.titel}.", italic=True)
                nodes = (*nodes[:-1], Paragraph((*nodes[-1].pieces, title)))
            entries.append(nodes)
        yield Text((Listing(False, tuple(entries)),))

    def _remarks(self) -> Iterator[Element]:
        if self._adressen.contact_mail:
            yield Heading("Klopt er iets niet?")
            where = f"Mail naar {self._adressen.contact_mail}."
            yield Text(
                plain(f"Laat het ons weten. {where} Noem dan: {self._les.id}, versie {self._les.versie}.")
            )


def _amount(name: str, amount: str) -> str:
    return f"{name}: {amount}" if amount else name
