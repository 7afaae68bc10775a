"""`knm links`: which outside addresses still answer. It prints and gives an exit code; asking is in `links.py`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

import click

from builder import links
from builder.cli_project import form_option, here
from builder.dutch import count
from builder.links import BROKEN, Adres, Oordeel, Uitslag
from builder.loading.load import load

NO_INTERNET = (
    "Er is geen internet. Er is niets nagekeken en niets goedgekeurd.\n"
    "Probeer het opnieuw op een computer met internet."
)
# In this order, so that what asks for a repair stands first.
ORDER = (
    Oordeel.WEG, Oordeel.FOUT, Oordeel.ONBEREIKBAAR, Oordeel.ANDERE_HOST, Oordeel.VERHUISD, Oordeel.GEWEIGERD,
    Oordeel.GOED,
)  # fmt: skip


@click.command("links")
@click.option("--timeout", type=click.FloatRange(0.1, 120), default=links.TIMEOUT, show_default=True,
              help="Hoeveel seconden een server mag wachten.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Ook verhuisd, een andere host en geweigerd tellen (exit 1).")
@click.option("--all", "everything", is_flag=True, help="Toon ook de adressen die goed zijn.")
@form_option()
def links_verb(timeout: float, strict: bool, everything: bool, form: str) -> None:
    """Vraagt aan elk internetadres in de bank of het er nog is.

    Exit 0: alles antwoordt. Exit 1: er is een adres weg, fout of onbereikbaar. Exit 3: er is geen internet.

    Voorbeeld: knm links --all
    """
    bank, _ = load(here())
    found = links.addresses(bank)
    if not found:
        click.echo("Er staan geen internetadressen in de bank.")
        return
    show = sys.stderr.isatty()
    outcomes = links.look_all(
        found, timeout, told=lambda done: click.echo(f"\r{done} van {len(found)}", err=True, nl=False) if show else None
    )  # fmt: skip
    if show:
        click.echo("\r", err=True, nl=False)
    if outcomes is None:
        hosts = ", ".join(urlsplit(adres).netloc for adres in links.probes(found))
        click.echo(f"{NO_INTERNET}\nGeprobeerd: {hosts}. Geen daarvan antwoordt.", err=True)
        sys.exit(3)
    if form == "json":
        click.echo(_as_json(found, outcomes))
    else:
        click.echo(_as_text(found, outcomes, everything))
    bad = any(one.oordeel in BROKEN or (strict and one.oordeel is not Oordeel.GOED) for one in outcomes)
    sys.exit(1 if bad else 0)


def _as_text(found: Sequence[Adres], outcomes: Sequence[Uitslag], everything: bool) -> str:
    """Return the table: judgement, status, address, where it goes, and where it is named."""
    places = {one.adres: one.plaatsen for one in found}
    lines = []
    for one in sorted(outcomes, key=lambda one: (ORDER.index(one.oordeel), one.adres)):
        if one.oordeel is Oordeel.GOED and not everything:
            continue
        status = str(one.status) if one.status else "–"
        lines.append(f"{one.oordeel:13} {status:>4}  {one.adres}")
        if one.naar:
            lines.append(f"{'':20}→ {one.naar}")
        if one.uitleg:
            lines.append(f"{'':20}{one.uitleg}")
        lines += [f"{'':20}{at.path}:{at.line}" for at in places[one.adres][:3]]
        if len(places[one.adres]) > 3:
            lines.append(f"{'':20}en nog {len(places[one.adres]) - 3} plaatsen")
    counted = Counter(one.oordeel for one in outcomes)
    told = ", ".join(f"{name} {counted[name]}" for name in reversed(ORDER) if counted[name])
    return "\n".join([*lines, f"{count(len(outcomes), 'adres', 'adressen')} nagekeken: {told}."])


def _as_json(found: Sequence[Adres], outcomes: Sequence[Uitslag]) -> str:
    places = {one.adres: one.plaatsen for one in found}
    rows = [
        {
            "adres": one.adres,
            "oordeel": str(one.oordeel),
            "status": one.status,
            "naar": one.naar,
            "uitleg": one.uitleg,
            "plaatsen": [f"{at.path}:{at.line}" for at in places[one.adres]],
        }
        for one in outcomes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
