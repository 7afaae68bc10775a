"""What stands out about a question, with the reason in words and what to do about it.

In: statistics and limits. Out: flags. The limits are rules of thumb and can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.analysis.classical import ItemStat, OptionStat
from builder.analysis.dif import Dif
from builder.analysis.fit import ItemFit
from builder.analysis.outcome_rules import A611, A612, A613, A614, A615, A616, A617, A618, A619, A620
from builder.analysis.words import number, percent
from builder.diagnostics import Rule, Severity

_MODERATE = "(klasse B)."
_TRACE = 0.05  # below this rar an option does not pull, it only fails to repel


@dataclass(frozen=True, slots=True)
class Limits:
    """Rules of thumb. `few`: below it everything is indicative; `none`: below it no flags at all."""

    p_hoog: float = 0.95
    rir_rood: float = 0.10
    rir_oranje: float = 0.20
    aandeel: float = 0.05
    overgeslagen: float = 0.10
    infit: float = 1.15
    few: int = 50
    none: int = 10


@dataclass(frozen=True, slots=True)
class Flag:
    """A question that needs a look. `grave`: it asks for action. `unsure`: too few persons to conclude from."""

    rule: Rule
    item: str
    message: str
    hint: str
    grave: bool
    unsure: bool

    @property
    def colour(self) -> str:
        """The word beside the flag: rood asks for action, oranje for a look. What is unsure is never rood."""
        return "rood" if self.grave and not self.unsure else "oranje"


def find(
    items: Sequence[ItemStat], limits: Limits, fits: Mapping[str, ItemFit], dif: Dif | None
) -> tuple[Flag, ...]:
    """Return all flags: questions with a red one first, else in the given order; per question the gravest first."""
    made: list[Flag] = []
    for item in items:
        if item.n < limits.none:
            continue
        mine = [*_about_item(item, limits), *_about_options(item, limits)]
        fit = fits.get(item.vraag.id)
        if fit is not None and fit.infit > limits.infit and fit.z > 3:
            message = f"De antwoorden zijn grilliger dan verwacht (infit {number(fit.infit)})."
            mine.append((A619, message, "Lees de vraag na. Zijn er meer manieren om haar te lezen?"))
        mine += _about_groups(item.vraag.id, dif)
        mine.sort(key=lambda one: (not _is_grave(one), one[0].code))
        made += [
            Flag(said[0], item.vraag.id, said[1], said[2], _is_grave(said), item.n < limits.few)
            for said in mine
        ]
    red = {flag.item for flag in made if flag.colour == "rood"}
    return tuple(sorted(made, key=lambda flag: flag.item not in red))


_Said = tuple[Rule, str, str]


def _is_grave(said: _Said) -> bool:
    """Tell whether this asks for action; a moderate difference between groups only for a look."""
    return said[0].severity is Severity.WARNING and not said[1].endswith(_MODERATE)


def _about_item(item: ItemStat, limits: Limits) -> list[_Said]:
    made: list[_Said] = []
    choices = len(item.vraag.labels)
    guess = 1 / choices if item.vraag.key is not None else 0.0
    if item.p < guess or item.p == 0:
        chance = percent(guess)
        by_chance = (
            f" Met gokken is dat {'evenveel' if chance == percent(item.p) else chance}." if guess else ""
        )
        message = f"{percent(item.p)} heeft het goed.{by_chance}"
        made.append((A612, message, "Is dit behandeld in de les? Is de vraag duidelijk? Klopt de sleutel?"))
    if item.p > limits.p_hoog:
        message = f"{percent(item.p)} heeft het goed."
        made.append(
            (A613, message, "Moet iedereen dit weten? Laat de vraag dan staan. Anders: maak haar moeilijker.")
        )
    if item.rir is not None and item.rir < limits.rir_rood:
        message = (
            f"Wie dit goed heeft, scoort op de rest niet hoger (rir {_under(item.rir, limits.rir_rood)})."
        )
        made.append((A614, message, "Lees de vraag met een collega. Kijk naar de lijnen van de antwoorden."))
    elif item.rir is not None and item.rir < limits.rir_oranje:
        message = f"De vraag hangt weinig samen met de rest (rir {_under(item.rir, limits.rir_oranje)})."
        made.append((A615, message, "Kijk of een afleider te dicht bij het goede antwoord ligt."))
    empty = (item.skipped + item.not_reached) / item.n
    if empty > limits.overgeslagen:
        late = " De meeste kwamen er niet aan toe." if item.not_reached > item.skipped else ""
        message = f"{percent(empty)} gaf geen antwoord.{late}"
        hint = (
            "Geef meer tijd of maak de toets korter." if late else "Is de vraag te lang of niet te begrijpen?"
        )
        made.append((A618, message, hint))
    return made


def _about_options(item: ItemStat, limits: Limits) -> list[_Said]:
    key = item.vraag.key
    if key is None:
        return []
    right = item.options[key]
    made: list[_Said] = []
    others = [option for option in item.options if option is not right]
    best = max(others, key=lambda option: -2.0 if option.rar is None else option.rar, default=None)
    for option in others:
        if option is best and option.rar is not None and right.rar is not None and option.rar > right.rar:
            message = (
                f"Sterke kandidaten kiezen eerder {_named(option)} dan de sleutel {right.label}"
                f" (rar {number(option.rar)} tegen {number(right.rar)})."
            )
            hint = "Klopt de sleutel? Zijn er twee goede antwoorden? Pas de vraag aan en tel opnieuw."
            made.append((A611, message, hint))
        elif option.rar is not None and option.rar > 0:
            if option.rar >= _TRACE:
                message = f"Antwoord {_named(option)} trekt sterke kandidaten (rar {number(option.rar)})."
            else:
                message = f"Sterke kandidaten kiezen {_named(option)} even vaak als zwakke (rar {_above(option.rar)})."
            made.append((A616, message, "Kan dit antwoord ook waar zijn? Maak het duidelijker fout."))
        if option.share < limits.aandeel:
            few = f"{number(option.share * 100, 1)}% kiest" if option.n else "Niemand kiest"
            message = f"{few} antwoord {_named(option)}."
            made.append((A617, message, "Bedenk een fout die cursisten echt maken."))
    return made


def _under(value: float, limit: float) -> str:
    """Return a number with so many digits that it also reads as under the limit."""
    return next(
        (shown for places in (2, 3, 4) if (shown := number(value, places)) != number(limit, places)),
        number(value, 5),
    )


def _above(value: float) -> str:
    """Return a number above 0 with so many digits that it does not read as 0."""
    return _under(value, 0.0)


def _named(option: OptionStat) -> str:
    text = option.text if len(option.text) <= 40 else option.text[:37] + "…"
    return f'{option.label} ("{text}")' if text else option.label


def _about_groups(item: str, dif: Dif | None) -> list[_Said]:
    made: list[_Said] = []
    for row in dif.rows if dif else ():
        if row.id != item or row.grade not in ("B", "C") or row.delta is None or dif is None:
            continue
        harder = row.group if row.delta < 0 else dif.reference
        easier = dif.reference if row.delta < 0 else row.group
        message = f"Bij gelijke score heeft groep {harder} dit vaker fout dan groep {easier} {_MODERATE if row.grade == 'B' else '(klasse C).'}"
        made.append(
            (A620, message, "Heeft het onderwerp met de groep te maken? Laat de vraag ook gevoelig lezen.")
        )
    return made
