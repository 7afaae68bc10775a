"""`knm build`, `knm serve` and `knm export`: everything into build/, a live preview, one toets as files.

What makes pages and files is loaded only when a verb runs, so that `knm check` starts without it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from builder import report
from builder.artifacts import Artifact, WriteError, write_file, write_folder, zip_bytes, zip_folder
from builder.checks.toetsen import check_toets
from builder.cli_check import findings, summary
from builder.cli_project import (
    Refused,
    day_of,
    day_option,
    empty_place,
    here,
    loaded_toets,
    only_builder,
    parts_of,
    progress,
    tell,
)
from builder.diagnostics import Severity, sort_key
from builder.dutch import count, file_size
from builder.exam import verify
from builder.model.lifecycle import is_public
from builder.model.toets import Toets

SITE_ZIP = "handreiking-knm.zip"
_LEFT_OUT = {
    "site_adres": "de sitemap, de QR-codes en volledige adressen voor zoekmachines (site_adres)",
    "contact_mail": 'het adres bij "Klopt er iets niet?" (contact_mail)',
}


def _formats(given: str | None) -> tuple[str, ...]:
    from builder.export import EXPORTERS

    if given is None:
        return tuple(EXPORTERS)
    names = tuple(dict.fromkeys(parts_of(given)))
    unknown = [name for name in names if name not in EXPORTERS]
    if unknown or not names:
        raise Refused(
            f"Vorm {', '.join(unknown) or 'geen'} kennen we niet. Kies uit: {', '.join(EXPORTERS)}."
        )
    return names


@click.command("export")
@click.argument("naam", metavar="TOETS")
@click.option("--to", "formats", help="De vormen, met komma's ertussen. Zonder deze keuze: alle vormen.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="De map. Zonder deze keuze: build/toetsen/<toets>."
)
def export(naam: str, formats: str | None, out: Path | None) -> None:
    """Maakt van een toets een bundel: een map en een zip, met papier en bestanden voor andere programma's.

    Voorbeeld: knm export oefentoets-a --to pdf,moodle
    """
    project = here()
    wanted = _formats(formats)
    bank, chosen = loaded_toets(project, naam)
    wrong = [*check_toets(bank, chosen), *verify.diagnostics(bank, chosen)]
    if report.count(wrong, Severity.ERROR):
        tell(sorted(wrong, key=sort_key))
        sys.exit(1)
    from builder.export.bundle import blocks, bundle

    made, objections = bundle(bank, chosen, wanted)
    tell(objections)
    if blocks(objections):
        sys.exit(1)
    target = out or project.build / "toetsen" / chosen.id
    private = any(not is_public(bank.items[plek.id]) for plek in chosen.items if plek.id in bank.items)
    if out is not None:
        empty_place(out)
    only_builder(project)
    try:
        write_folder(target, made, private)
        write_file(target.with_name(f"{target.name}.zip"), _zipped(chosen, made), private)
    except WriteError as error:
        raise Refused(str(error)) from error
    for artifact in made:
        click.echo(f"{project.relative(target.resolve())}/{artifact.path}")
    if private:
        click.echo("Hier staan geheime vragen in. Alleen jij kunt deze map openen. Bewaar haar veilig.")


def _zipped(chosen: Toets, made: Sequence[Artifact]) -> bytes:
    return zip_bytes(Artifact(f"{chosen.id}/{artifact.path}", artifact.content) for artifact in made)


@click.command("build")
@day_option()
def build(day: str | None) -> None:
    """Controleert alles en maakt de site en de toetsen in build/.

    Is er een fout, dan blijft staan wat er stond.

    Voorbeeld: knm build
    """
    from builder.export.bundle import blocks, bundle
    from builder.website.plugin import SiteError, build_site

    project = here()
    datum = day_of(project, day)
    only_builder(project)
    progress("Bank lezen en controleren …")
    bank, found = findings(project, "check", day)
    tell(found)
    if report.count(found, Severity.ERROR):
        click.echo(summary(bank, found, "check"))
        click.echo("Er is niets gebouwd. Verbeter eerst de fouten. Wat er in build/ stond, staat er nog.")
        sys.exit(1)
    bundles: list[Artifact] = []
    zips: dict[str, bytes] = {}
    for number, chosen in enumerate(bank.toetsen.values(), start=1):
        progress(f"Toets {number} van {len(bank.toetsen)}: {chosen.id} …")
        made, objections = bundle(bank, chosen)
        if blocks(objections):
            tell(objections)
            sys.exit(1)
        bundles.extend(Artifact(f"{chosen.id}/{artifact.path}", artifact.content) for artifact in made)
        zips[chosen.id] = _zipped(chosen, made)
        bundles.append(Artifact(f"{chosen.id}.zip", zips[chosen.id]))
    progress("Site bouwen …")
    try:
        pages = build_site(project, bank, datum, project.build / "site", zips)
        write_folder(project.build / "toetsen", bundles)
        whole = zip_folder(project.build / "site", Path(SITE_ZIP).stem)
        write_file(project.build / SITE_ZIP, whole)
    except (SiteError, WriteError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(summary(bank, found, "check"))
    click.echo("De site staat in build/site: open build/site/index.html.")
    click.echo(f"De hele site als één bestand: build/{SITE_ZIP} ({file_size(len(whole))}).")
    toetsen = count(len(bank.toetsen), "toets", "toetsen")
    bestanden = count(len(bundles), "bestand", "bestanden")
    click.echo(
        f"De toetsen staan in build/toetsen: {toetsen}, {bestanden}. Lees LEESMIJ.txt in de map van de toets."
    )
    for reason, number in sorted(pages.left_out().items()):
        click.echo(f"Niet op de site, want {reason}: {number}.")
    empty = [told for name, told in _LEFT_OUT.items() if not getattr(project.settings, name)]
    if empty:
        click.echo(f"Leeg in knm.toml, dus weggelaten: {', '.join(empty)}.")


@click.command("serve")
@click.option("--address", default="127.0.0.1:8000", help="Waar de site te zien is.", show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open meteen de browser.")
def serve(address: str, open_browser: bool) -> None:
    """Toont de site en ververst hem bij elke wijziging. Toont ook vragen die nog concept zijn.

    Voorbeeld: knm serve --open
    """
    from builder.website.plugin import SiteError, serve_site

    project = here()
    try:
        serve_site(project, address, open_browser)
    except SiteError as error:
        raise Refused(str(error)) from error
