"""What stands out about a question, with the reason in words and what to do about it.

In: statistics and limits. Out: flags. The limits are rules of thumb and can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.analysis import dif as groups
from builder.analysis.classical import ItemStat, OptionStat
from builder.analysis.dif import Dif
from builder.analysis.fit import ItemFit
from builder.analysis.outcome_rules import A611, A612, A613, A614, A615, A616, A617, A618, A619, A620
from builder.analysis.words import number, percent
from builder.diagnostics import Rule

_TRACE = 0.05  # below this rar an option does not pull, it only fails to repel
_MARGIN = 0.02  # so much higher must the rar of an option be, before we doubt the key
_ROUNDING = 1e-9  # what a computer may make of 0
_NOTHING = 0.005  # a rir below this reads as 0,00


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


class _Said(NamedTuple):
    """What a flag says. `grave` only when it is sure enough to ask for action."""

    rule: Rule
    message: str
    hint: str
    grave: bool = False
    unsure: bool = False


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
            mine.append(_Said(A619, message, "Lees de vraag na. Zijn er meer manieren om haar te lezen?"))
        mine += _about_groups(item.vraag.id, dif)
        mine.sort(key=lambda one: (not one.grave, one.rule.code))
        made += [
            Flag(one.rule, item.vraag.id, one.message, one.hint, one.grave, one.unsure or item.n < limits.few)
            for one in mine
        ]
    red = {flag.item for flag in made if flag.colour == "rood"}
    return tuple(sorted(made, key=lambda flag: flag.item not in red))


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
        hint = "Is dit behandeld in de les? Is de vraag duidelijk? Klopt de sleutel?"
        # when chance alone can explain it, it asks for a look, not for action
        sure = item.p == 0 or (item.p_interval is not None and item.p_interval[1] < guess)
        made.append(_Said(A612, message if sure else f"{message} Dat kan toeval zijn.", hint, grave=sure))
    if item.p > limits.p_hoog:
        message = f"{percent(item.p)} heeft het goed."
        made.append(
            _Said(
                A613,
                message,
                "Moet iedereen dit weten? Laat de vraag dan staan. Anders: maak haar moeilijker.",
            )
        )
    if item.rir is not None and item.rir < limits.rir_rood:
        low, high = item.rir_interval or (-1.0, 1.0)
        higher = "lager" if high < 0 else "niet hoger" if item.rir < _NOTHING else "nauwelijks hoger"
        message = f"Wie dit goed heeft, scoort op de rest {higher} (rir {_under(item.rir, limits.rir_rood)})."
        if high >= limits.rir_rood and item.rir_interval:
            message += f" Zeker is dat niet: de rir ligt tussen {number(low)} en {number(high)}."
        hint = "Lees de vraag met een collega. Kijk naar de lijnen van de antwoorden."
        made.append(_Said(A614, message, hint, grave=high < limits.rir_rood))
    elif item.rir is not None and item.rir < limits.rir_oranje:
        message = f"De vraag hangt weinig samen met de rest (rir {_under(item.rir, limits.rir_oranje)})."
        made.append(_Said(A615, message, "Kijk of een afleider te dicht bij het goede antwoord ligt."))
    empty = (item.skipped + item.not_reached) / item.n
    if empty > limits.overgeslagen:
        late = " De meeste kwamen er niet aan toe." if item.not_reached > item.skipped else ""
        message = f"{percent(empty)} gaf geen antwoord.{late}"
        hint = (
            "Geef meer tijd of maak de toets korter." if late else "Is de vraag te lang of niet te begrijpen?"
        )
        made.append(_Said(A618, message, hint))
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
        rar = 0.0 if option.rar is None else option.rar
        if option is best and right.rar is not None and option.rar is not None and rar > right.rar + _MARGIN:
            message = (
                f"Sterke kandidaten kiezen eerder {_named(option)} dan de sleutel {right.label}"
                f" (rar {number(rar)} tegen {number(right.rar)})."
            )
            hint = "Klopt de sleutel? Zijn er twee goede antwoorden? Pas de vraag aan en tel opnieuw."
            made.append(_Said(A611, message, hint, grave=True))
        elif rar > _ROUNDING:
            if rar >= _TRACE:
                message = f"Antwoord {_named(option)} trekt sterke kandidaten (rar {number(rar)})."
            else:
                message = (
                    f"Sterke kandidaten kiezen {_named(option)} even vaak als zwakke (rar {_above(rar)})."
                )
            made.append(_Said(A616, message, "Kan dit antwoord ook waar zijn? Maak het duidelijker fout."))
        if option.share < limits.aandeel and item.p <= limits.p_hoog:  # an easy question says it all
            few = f"{number(option.share * 100, 1)}% kiest" if option.n else "Niemand kiest"
            message = f"{few} antwoord {_named(option)}."
            made.append(_Said(A617, message, "Bedenk een fout die cursisten echt maken."))
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
        message = (
            f"Bij gelijke score heeft groep {harder} dit vaker fout dan groep {easier} (klasse {row.grade})."
        )
        hint = "Heeft het onderwerp met de groep te maken? Laat de vraag ook gevoelig lezen."
        few = min(row.n, row.n_reference) < groups.LEAST
        made.append(_Said(A620, message, hint, grave=row.grade == "C", unsure=few))
    return made
