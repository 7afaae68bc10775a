"""The whole analysis: answers and wishes → everything a report tells.

In: a reading, what was asked for, the date. Out: an `Analysis`, pure data. It reads and writes no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from builder.analysis import classical, dif, equate, fit, flags, rasch, standard
from builder.analysis.classical import FormStat, ItemStat
from builder.analysis.dif import Dif
from builder.analysis.equate import Equated
from builder.analysis.fit import ItemFit, ModelTest
from builder.analysis.flags import Flag, Limits
from builder.analysis.nouns import Answers
from builder.analysis.outcome_rules import A601, A602, A603, A604, A605, A606, A607, A608
from builder.analysis.rasch import Calibration, NoEstimate
from builder.analysis.standard import Angoff, CutRow, Hofstee, Misclassified
from builder.analysis.words import count, number
from builder.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for. `order`: the ids of the toets as printed (variant A), empty when it is not one toets.

    `old_…`: the old toets of equating, its cesuur, and its difficulties (b, se) when it is not in the data.
    """

    name: str
    titel: str
    day: str
    limits: Limits = field(default_factory=Limits)
    dif: str = ""
    reference: str = ""
    cesuur: int | None = None
    angoff: Sequence[Sequence[float]] = ()
    hofstee: Sequence[tuple[float, float, float, float]] = ()
    old_toets: str = ""
    old_cut: int = 0
    old_items: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    label: str = ""
    file: str = ""
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything that was computed. `main` is the form with most persons: the cesuur is about that one."""

    wishes: Wishes
    answers: Answers
    forms: tuple[FormStat, ...]
    per_form: tuple[tuple[ItemStat, ...], ...]
    items: tuple[ItemStat, ...]
    main: int
    calibration: Calibration | None
    fits: Mapping[str, ItemFit]
    model_test: ModelTest | None
    abilities: tuple[tuple[int, float, float], ...]
    dif: Dif | None
    cuts: tuple[CutRow, ...]
    misclassified: Misclassified | None
    angoff: Angoff | None
    hofstee: Hofstee | None
    equated: Equated | None
    flags: tuple[Flag, ...]
    found: tuple[Diagnostic, ...]
    notes: tuple[str, ...]

    @property
    def main_form(self) -> FormStat:
        """The form that the cesuur is about."""
        return self.forms[self.main]

    def number_of(self, item: str) -> str:
        """Return the number of a question in the toets as printed, empty when there is none."""
        return str(self.wishes.order.index(item) + 1) if item in self.wishes.order else ""

    def name_of(self, item: str) -> str:
        """Return the id of a question, with its number in the toets when it has one."""
        number = self.number_of(item)
        return f"{item}, vraag {number}" if number else item

    @property
    def unsure(self) -> bool:
        """Tell whether there are too few persons to conclude from."""
        return self.main_form.n < self.wishes.limits.few


def analyse(
    answers: Answers, wishes: Wishes, notes: Sequence[str] = (), nobody: Sequence[str] = ()
) -> Analysis:
    """Return the whole analysis of these answers."""
    at = Location(wishes.file or wishes.name)
    source = "de toets" if answers.toetsen or wishes.order else "het bestand"
    found = [
        Diagnostic(
            A605, at, f"Vraag {item} staat in {source}, maar niemand kreeg haar.", "Er zijn geen cijfers."
        )
        for item in nobody
    ]
    forms, per_form = classical.per_form(answers)
    items = classical.over_forms(answers, per_form)
    main = max(range(len(forms)), key=lambda place: (forms[place].n, -place))
    found += _about_forms(forms, wishes, at)
    calibration, fits, model_test = _rasch(answers, found, at)
    compared = _dif(answers, wishes, found, at)
    form = forms[main]
    cesuur, angoff, hofstee, equated = _standards(answers, forms, main, calibration, wishes, found, at)
    return Analysis(
        wishes=wishes,
        answers=answers,
        forms=forms,
        per_form=per_form,
        items=items,
        main=main,
        calibration=calibration,
        fits=fits,
        model_test=model_test,
        abilities=_abilities(answers, main, calibration),
        dif=compared,
        cuts=standard.cut_table(form.counts),
        misclassified=(
            standard.misclassified(form.counts, cesuur, form.mean, form.sd, form.alpha)
            if cesuur is not None
            else None
        ),
        angoff=angoff,
        hofstee=hofstee,
        equated=equated,
        flags=flags.find(items, wishes.limits, fits, compared),
        found=tuple(found),
        notes=tuple(notes),
    )


def _about_forms(forms: Sequence[FormStat], wishes: Wishes, at: Location) -> list[Diagnostic]:
    made = []
    for form in forms:
        if form.n < wishes.limits.few:
            message = f"{form.name}: {count(form.n, 'persoon', 'personen')}. De cijfers zijn indicatief."
            hint = f"Vanaf {wishes.limits.few} personen zeggen ze meer. Voeg afnames samen als de toets gelijk is."
            made.append(Diagnostic(A601, at, message, hint))
        if form.flat:
            message = f"{form.name}: bij {', '.join(form.flat)} scoort iedereen gelijk."
            hint = "Deze vragen tellen niet mee in alfa en hebben geen rit en rir."
            made.append(Diagnostic(A602, at, message, hint))
    return made


def _rasch(
    answers: Answers, found: list[Diagnostic], at: Location
) -> tuple[Calibration | None, dict[str, ItemFit], ModelTest | None]:
    try:
        calibration = rasch.estimate(answers)
    except (NoEstimate, np.linalg.LinAlgError) as error:
        said = str(error) if isinstance(error, NoEstimate) else "De berekening komt niet tot rust."
        hint = "De andere cijfers kun je gewoon gebruiken."
        found.append(Diagnostic(A603, at, f"Er is geen Rasch-moeilijkheid. {said}", hint))
        return None, {}, None
    for item, why in calibration.left_out:
        found.append(Diagnostic(A603, at, f"Vraag {item} heeft geen Rasch-moeilijkheid: {why}."))
    fits = {one.id: one for one in fit.item_fit(calibration)}
    return calibration, fits, fit.model_test(calibration)


def _dif(answers: Answers, wishes: Wishes, found: list[Diagnostic], at: Location) -> Dif | None:
    if not wishes.dif:
        return None
    values = {value for value in answers.properties.get(wishes.dif, ()) if value}
    shown = ", ".join(sorted(values)[:8]) or "niets"
    if len(values) < 2:
        message = f'Bij het kenmerk "{wishes.dif}" staat: {shown}.'
        hint = "Er zijn twee groepen nodig. Kies een ander kenmerk, of laat --dif weg."
        found.append(Diagnostic(A607, at, message, hint))
        return None
    if wishes.reference and wishes.reference not in values:
        message = (
            f'Groep "{wishes.reference}" komt niet voor bij het kenmerk "{wishes.dif}". Daar staat: {shown}.'
        )
        hint = f"Kies een groep die er is, zoals --dif {wishes.dif}={min(values)}."
        found.append(Diagnostic(A607, at, message, hint))
        return None
    if not any(vraag.most == 1 for vraag in answers.vragen):
        message = "Elke vraag heeft meer dan één punt. Zulke vragen vergelijken we niet per groep."
        found.append(Diagnostic(A607, at, message, "Laat --dif weg."))
        return None
    made = dif.mantel_haenszel(answers, wishes.dif, wishes.reference)
    if not made.rows:
        message = "De groepen hebben geen score gemeen. Dan valt er niets te vergelijken."
        found.append(Diagnostic(A607, at, message, "Kies een ander kenmerk, of laat --dif weg."))
        return None
    small = [f"{name} ({size})" for name, size in made.sizes.items() if size < dif.LEAST]
    if small:
        message = f"Deze groepen zijn klein: {', '.join(small)}. Het verschil is indicatief."
        found.append(Diagnostic(A604, at, message, f"Vanaf {dif.LEAST} personen per groep zegt het meer."))
    if made.not_binary:
        message = f"{count(len(made.not_binary), 'vraag heeft', 'vragen hebben')} meer dan één punt en doen hier niet mee."
        found.append(Diagnostic(A604, at, message))
    return made


def _standards(
    answers: Answers, forms: Sequence[FormStat], main: int, calibration: Calibration | None, wishes: Wishes,
    found: list[Diagnostic], at: Location,
) -> tuple[int | None, Angoff | None, Hofstee | None, Equated | None]:  # fmt: skip
    """Return the cesuur that the report is about, and what each method says."""
    form = forms[main]
    angoff = standard.angoff(wishes.angoff) if wishes.angoff else None
    hofstee = standard.hofstee(wishes.hofstee, form.counts) if wishes.hofstee else None
    if hofstee is not None and hofstee.cesuur is None:
        message = "De oordelen van Hofstee raken de scores niet."
        hint = "De groep is sterker of zwakker dan de beoordelaars dachten. Bespreek de grenzen opnieuw."
        found.append(Diagnostic(A608, at, message, hint))
    equated = _equated(answers, main, calibration, wishes, found, at) if wishes.old_toets else None
    cesuur = wishes.cesuur
    if cesuur is None:
        for exact in (
            equated.exact if equated else None,
            angoff.cesuur if angoff else None,
            hofstee.cesuur if hofstee else None,
        ):
            if exact is not None:
                cesuur = int(exact + 0.5)
                break
    if cesuur is not None and not 1 <= cesuur <= form.most:
        message = f"Cesuur {cesuur} kan niet: {form.name} gaat van 0 tot en met {form.most} punten."
        found.append(Diagnostic(A608, at, message, f"Kies een getal van 1 tot en met {form.most}."))
        cesuur = None
    return cesuur, angoff, hofstee, equated


def _equated(
    answers: Answers,
    main: int,
    calibration: Calibration | None,
    wishes: Wishes,
    found: list[Diagnostic],
    at: Location,
) -> Equated | None:
    new = answers.forms[main].name
    forms = {form.name: [answers.vragen[vraag].id for vraag in form.vragen] for form in answers.forms}
    try:
        if calibration is None:
            raise ValueError("Er is geen Rasch-moeilijkheid.")
        if wishes.old_toets in forms and wishes.old_toets != new:
            made = equate.together(calibration, wishes.old_toets, new, forms, wishes.old_cut)
        else:
            if not wishes.old_items:
                raise ValueError(
                    "Van deze toets staan geen antwoorden in het bestand en geen moeilijkheden in de bank."
                )
            missing = [item for item in forms[new] if calibration.of(item) is None]
            if missing:
                raise ValueError(f"Van {', '.join(missing)} is geen moeilijkheid bekend.")
            mine = {d.id: (d.b, d.se) for d in calibration.difficulties if d.id in set(forms[new])}
            made = equate.through_anchors(wishes.old_toets, new, wishes.old_items, mine, wishes.old_cut)
    except ValueError as error:
        message = f"De cesuur van {wishes.old_toets} kan niet overgezet worden. {error}"
        found.append(Diagnostic(A608, at, message, "Nodig zijn vragen die in beide toetsen staan."))
        return None
    for item, moved in made.drifted:
        message = f"Anker {item} is {number(abs(moved))} logit {'moeilijker' if moved < 0 else 'makkelijker'} geworden."
        hint = "Kijk of de vraag of de les is veranderd. Vergelijk de cesuur met en zonder dit anker."
        found.append(Diagnostic(A606, at, message, hint))
    return made


def _abilities(
    answers: Answers, main: int, calibration: Calibration | None
) -> tuple[tuple[int, float, float], ...]:
    """Return per total of the main form the ability and its error; nothing when a question has no difficulty."""
    if calibration is None:
        return ()
    ids = [answers.vragen[vraag].id for vraag in answers.forms[main].vragen]
    if any(item not in calibration.log_weights for item in ids) or any(calibration.data.lowest):
        return ()
    items = [calibration.log_weights[item] for item in ids]
    made = []
    for total in range(1, sum(len(item) - 1 for item in items)):
        ability = equate.ability_at(items, total)
        made.append((total, ability, equate.error_at(items, ability)))
    return tuple(made)
