"""The command `knm`: parse arguments, call, print, exit code. No domain logic."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches, unified_diff
from pathlib import Path

import click

from builder import (
    checks,
    cli_analysis,
    cli_authors,
    cli_exam,
    cli_intake,
    cli_visits_after,
    cli_workshop,
    report,
    yaml_writing,
)
from builder.artifacts import (
    Artifact,
    WriteError,
    create_file,
    explain_failure,
    write_file,
    write_folder,
    zip_bytes,
    zip_folder,
)
from builder.checks.context import Context
from builder.checks.toetsen import check_toets
from builder.cli_links import links_verb
from builder.cli_project import Refused, day_of, here, only_writer
from builder.diagnostics import Diagnostic, Severity, sort_key
from builder.exam import by_hand, verify
from builder.language.dictionary import find_dictionary
from builder.loading.document import KINDS, kind_of
from builder.loading.load import load
from builder.loading.tidy import tidy
from builder.model.itembank import Itembank
from builder.model.lifecycle import is_public
from builder.model.lijsten import Doel
from builder.model.toets import Toets
from builder.project import Project, ProjectError, today


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


class Failed(click.ClickException):
    """The machine failed (disk full, no right to write): a sentence and exit code 1."""

    def show(self, file: object = None) -> None:
        """Print the sentence without English words around it."""
        click.echo(self.message, err=True)


class _Verbs(click.Group):
    """The verbs; a failing machine gives a sentence, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Failed(explain_failure(error)) from error


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="knm", prog_name="knm")
def main() -> None:
    """Itembank en handreiking KNM: controleren, bouwen, exporteren.

    Voorbeeld: knm check
    """


def _within(project: Project, paths: Sequence[str]) -> tuple[str, ...]:
    wanted = []
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise Refused(f"{given} bestaat niet. Kijk naar de naam en naar de map waarin je staat.")
        relative = project.relative(path.resolve())
        wanted.append("" if relative == "." else relative)
    return tuple(wanted)


def _findings(project: Project, until: str, day: str | None) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    bank, found = load(project)
    if until == "link":
        return bank, found
    context = Context(_known_date(project, day), find_dictionary())
    return bank, tuple(sorted([*found, *checks.check(bank, context), *verify.check(bank)], key=sort_key))


def _known_date(project: Project, day: str | None) -> date | None:
    """Return the reference date, or None when nobody told it: then nothing is too old."""
    try:
        return today(project.root, day)
    except ProjectError as error:
        if day:
            raise Refused(str(error)) from error
        return None


@main.command()
@click.argument("paths", nargs=-1, metavar="[PAD]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="De vorm van de uitvoer.",
)
@click.option(
    "--until",
    type=click.Choice(["link", "check"]),
    default="check",
    help="link: stop vóór de inhoudelijke controles.",
)
@click.option("--strict", is_flag=True, help="Ook een waarschuwing telt als fout (exit 1).")
@click.option(
    "--fix", is_flag=True, help="Toon wat de computer veilig kan herstellen: spaties, volgorde, NFC."
)
@click.option("--write", is_flag=True, help="Met --fix: schrijf de herstelde bestanden.")
@click.option("--today", "day", help="De datum van vandaag, als jaar-maand-dag.")
def check(
    paths: tuple[str, ...], form: str, until: str, strict: bool, fix: bool, write: bool, day: str | None
) -> None:
    """Controleert de hele bank en meldt wat er op deze paden te verbeteren is.

    Voorbeeld: knm check items/wonen
    """
    project = here()
    within = _within(project, paths)
    if fix or write:
        _fix(project, within, fix, write)
        return
    bank, found = _findings(project, until, day)
    if within and "" not in within:
        found = tuple(
            finding
            for finding in found
            if any(
                finding.location.path == path or finding.location.path.startswith(f"{path}/")
                for path in within
            )
        )
    if form == "json":
        click.echo(report.as_json(found, len(bank.locations), len(bank.items)))
    elif form == "github":
        if found:
            click.echo(report.as_github(found))
    else:
        if found:
            click.echo(report.as_text(found, _colour()))
        click.echo(_summary(bank, found, until))
    errors = report.count(found, Severity.ERROR)
    warnings = report.count(found, Severity.WARNING)
    sys.exit(1 if errors or (strict and warnings) else 0)


# Also in a file that does not load: what is printed may end in a log that others read.
_SECRET = re.compile(rb"^status:\s*['\"]?geheim\b", re.MULTILINE)


def _fix(project: Project, within: Sequence[str], fix: bool, write: bool) -> None:
    """Show, and with `write` write, what can safely be mended in the documents on these paths."""
    if not fix:
        raise Refused("Gebruik --write samen met --fix: knm check --fix --write.")
    if write:
        only_writer(project)
    orders = {
        kind: list(json.loads((project.schemas / f"{kind}.schema.json").read_text("utf-8"))["properties"])
        for kind in KINDS
    }
    fresh: dict[Path, bytes] = {}
    for path in sorted([*project.root.glob("items/**/*.yaml"), *project.root.glob("content/**/*.yaml")]):
        name = project.relative(path)
        kind = kind_of(name)
        inside = not within or any(not at or name == at or name.startswith(f"{at}/") for at in within)
        if kind is None or not inside or path.is_symlink():
            continue
        before = path.read_bytes()
        after, done = tidy(name, before, orders[kind], straight=kind != "eindtermen")
        if done:
            fresh[path] = after
            click.echo(f"{name}: {', '.join(done)}")
            if _SECRET.search(before):
                click.echo("De vraag is geheim. Daarom staan haar regels hier niet.\n")
                continue
            old, new = (text.decode("utf-8").splitlines() for text in (before, after))
            click.echo("\n".join(unified_diff(old, new, "nu", "hersteld", lineterm="", n=1)) + "\n")
    if not fresh:
        click.echo("Er is niets te herstellen.")
        return
    if not write:
        click.echo("Er is nog niets veranderd. Is dit goed? Gebruik dan: knm check --fix --write")
        return
    try:
        for path, content in fresh.items():
            write_file(path, content)
    except WriteError as error:
        raise Refused(str(error)) from error
    click.echo(f"Hersteld: {_count(len(fresh), 'bestand', 'bestanden')}.")


def _summary(bank: Itembank, found: Sequence[Diagnostic], until: str) -> str:
    counted = ", ".join(
        (
            _count(len(bank.items), "vraag", "vragen"),
            _count(len(bank.lessen), "les", "lessen"),
            _count(len(bank.toetsen), "toets", "toetsen"),
        )
    )
    if found:
        told = ", ".join(
            (
                _count(report.count(found, Severity.ERROR), "fout", "fouten"),
                _count(report.count(found, Severity.WARNING), "waarschuwing", "waarschuwingen"),
                _count(report.count(found, Severity.ADVICE), "advies", "adviezen"),
            )
        )
        return f"{told}. Goed geladen: {counted}."
    guaranteed = "Alles is leesbaar, volgt het schema en verwijst naar iets wat er is."
    if until != "link":
        guaranteed += " Elke vraag heeft één goed antwoord. Elke les past in haar tijd."
    return f"Geen fouten. {counted}. {guaranteed}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Legt een regel uit, met een fout en een goed voorbeeld.

    Voorbeeld: knm explain C301
    """
    from builder import rulebook  # brings every exporter along, which `check` can do without

    rules = {rule.code: rule for rule in rulebook.RULES}
    if code is None:
        for rule in rulebook.RULES:
            click.echo(f"{rule.code}  {report.SEVERITY_NAMES[rule.severity]:13} {rule.name}")
        return
    found = rules.get(code.upper())
    if found is None:
        near = get_close_matches(code.upper(), list(rules), 1, 0.5)
        meant = f" Bedoelde je {near[0]}?" if near else ""
        raise Refused(f"Regel {code} bestaat niet.{meant} `knm explain` toont alle regels.")
    click.echo(f"{found.code} {found.name} ({report.SEVERITY_NAMES[found.severity]})\n\n{found.why}\n")
    click.echo(f"Fout:\n{_indent(found.wrong)}\n\nGoed:\n{_indent(found.right)}")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


main.add_command(links_verb)
main.add_command(cli_authors.language_verb)
main.add_command(cli_authors.coverage_verb)
main.add_command(cli_authors.review_group)
main.add_command(cli_intake.import_verb)
main.add_command(cli_intake.template_group)
main.add_command(cli_visits_after.visits_group)
cli_analysis.register(main)
main.add_command(cli_workshop.start)
main.add_command(cli_workshop.status)


@main.group()
def new() -> None:
    """Maakt een begin voor een nieuwe vraag of les. Overschrijft nooit iets.

    Voorbeeld: knm new item wonen 3.1.2
    """


def _known_thema(bank: Itembank, thema: str, extra: Sequence[str] = ()) -> None:
    slugs = [found.slug for found in bank.themas] + list(extra)
    if thema not in slugs:
        near = get_close_matches(thema, slugs, 1, 0.5)
        hint = f"Bedoelde je {near[0]}?" if near else f"Kies {', '.join(slugs)}."
        raise Refused(f"Thema {thema} bestaat niet. {hint}")


def _known_eindterm(bank: Itembank, nummer: str) -> None:
    if not bank.has_eindterm(nummer):
        near = get_close_matches(nummer, bank.eindterm_nummers(), 1, 0.5)
        hint = f"Bedoelde je {near[0]}?" if near else "Kijk in content/eindtermen.yaml."
        raise Refused(f"Eindterm {nummer} bestaat niet. {hint}")


def _official(bank: Itembank) -> str:
    """Return the bron of the eindtermen themselves."""
    return bank.eindtermen.bron if bank.eindtermen else "TODO"


def _create(project: Project, target: Path, text: str) -> None:
    try:
        made = create_file(target, text.encode("utf-8"))
    except WriteError as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{project.relative(target)} bestaat al. Er is niets veranderd.")
    click.echo(f"Gemaakt: {project.relative(target)}")


@new.command("item")
@click.argument("thema")
@click.argument("eindterm")
def new_item(thema: str, eindterm: str) -> None:
    """Maakt een vraag met het eerste vrije nummer van een thema.

    Voorbeeld: knm new item wonen 3.1.2
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    _known_thema(bank, thema)
    _known_eindterm(bank, eindterm)
    if bank.thema_of(eindterm).slug != thema:
        raise Refused(f"Eindterm {eindterm} hoort bij {bank.thema_of(eindterm).slug}, niet bij {thema}.")
    folder = project.root / "items" / thema
    numbers = [
        int(match[1])
        for name in [*bank.locations, *bank.broken]
        if (match := re.fullmatch(rf"{thema}-([0-9]{{3}})", name))
    ]
    number = max(numbers, default=0) + 1
    if number > 999:
        raise Refused(f"Bij {thema} zijn alle nummers tot en met 999 gebruikt.")
    name = f"{thema}-{number:03}"
    text = yaml_writing.skeleton("item", {"id": name, "eindterm": eindterm, "bron": _official(bank)})
    _create(project, folder / f"{name}.yaml", text)
    click.echo("Vul in wat met TODO begint. Controleer daarna met: knm check")


@new.command("les")
@click.argument("thema")
@click.argument("naam")
@click.argument("eindterm")
@click.option("--today", "day", help="De datum van vandaag, als jaar-maand-dag.")
def new_les(thema: str, naam: str, eindterm: str, day: str | None) -> None:
    """Maakt een les met deze naam (kleine letters en streepjes).

    Voorbeeld: knm new les wonen een-huis-huren 3.1.2
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    _known_thema(bank, thema, ("pvt",))
    _known_eindterm(bank, eindterm)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", naam):
        raise Refused(f"{naam} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    datum = day_of(project, day).isoformat()
    text = yaml_writing.skeleton(
        "les", {"id": naam, "thema": thema, "eindterm": eindterm, "datum": datum, "bron": _official(bank)}
    )
    _create(project, project.root / "content" / "lessen" / thema / f"{naam}.yaml", text)
    click.echo("Vul in wat met TODO begint. Controleer daarna met: knm check")


@main.group()
def toets() -> None:
    """Maakt en controleert toetsen.

    Voorbeeld: knm toets verify oefentoets-a
    """


@toets.command("new")
@click.argument("naam")
@click.option("--items", required=True, help="De vragen, met komma's ertussen.")
@click.option("--titel", help="De titel op het boekje.")
@click.option(
    "--doel", type=click.Choice(["oefenen", "examen"]), default="oefenen", help="Waarvoor de toets is."
)
@click.option("--matrijs", default="", help="De toetsmatrijs die de toets volgt.")
@click.option("--minuten", type=click.IntRange(1), help="Hoe lang de toets duurt.")
@click.option("--today", "day", help="De datum van de toets, als jaar-maand-dag.")
def toets_new(
    naam: str, items: str, titel: str | None, doel: Doel, matrijs: str, minuten: int | None, day: str | None
) -> None:
    """Maakt met de hand een toets van gekozen vragen.

    Voorbeeld: knm toets new oefentoets-b --items wonen-001,werk-002 --doel oefenen
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", naam):
        raise Refused(f"{naam} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    datum = day_of(project, day).isoformat()
    chosen = tuple(part.strip() for part in items.split(",") if part.strip())
    request = by_hand.Request(naam, titel or naam, doel, datum, chosen, matrijs, minuten)
    data, objections = by_hand.make(bank, request)
    if objections:
        raise Refused("\n".join(objections))
    text = yaml_writing.dump(data, "../../schemas/toets.schema.json")
    _create(project, project.root / "content" / "toetsen" / f"{naam}.yaml", text)


def _toets(bank: Itembank, found: Sequence[Diagnostic], naam: str) -> Toets:
    """Return the toets with this id or path; tell its findings and stop when it did not load."""
    name = Path(naam).stem if naam.endswith(".yaml") else naam
    if name in bank.toetsen:
        return bank.toetsen[name]
    mine = [finding for finding in found if finding.location.path == f"content/toetsen/{name}.yaml"]
    if mine:
        click.echo(report.as_text(mine, _colour()))
        sys.exit(1)
    near = get_close_matches(name, list(bank.toetsen), 1, 0.5)
    hint = f" Bedoelde je {near[0]}?" if near else ""
    raise Refused(f"Toets {name} bestaat niet.{hint}")


@toets.command("verify")
@click.argument("naam", metavar="TOETS")
def toets_verify(naam: str) -> None:
    """Controleert of een toets nog klopt met de vragen van nu.

    Voorbeeld: knm toets verify oefentoets-a
    """
    bank, found = load(here())
    chosen = _toets(bank, found, naam)
    wrong = sorted([*check_toets(bank, chosen), *verify.diagnostics(bank, chosen)], key=sort_key)
    if wrong:
        click.echo(report.as_text(wrong, _colour()))
    if report.count(wrong, Severity.ERROR):
        sys.exit(1)
    click.echo(f"{chosen.id} klopt: {len(chosen.items)} vragen zijn niet veranderd en mogen gebruikt worden.")


cli_exam.register(main, toets)


def _formats(given: str | None) -> tuple[str, ...]:
    from builder.export import EXPORTERS

    if given is None:
        return tuple(EXPORTERS)
    names = tuple(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))
    unknown = [name for name in names if name not in EXPORTERS]
    if unknown or not names:
        raise Refused(
            f"Vorm {', '.join(unknown) or 'geen'} kennen we niet. Kies uit: {', '.join(EXPORTERS)}."
        )
    return names


@main.command()
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
    bank, found = load(project)
    chosen = _toets(bank, found, naam)
    wrong = [*check_toets(bank, chosen), *verify.diagnostics(bank, chosen)]
    if report.count(wrong, Severity.ERROR):
        click.echo(report.as_text(sorted(wrong, key=sort_key), _colour()))
        sys.exit(1)
    from builder.export.bundle import blocks, bundle

    made, objections = bundle(bank, chosen, wanted)
    if objections:
        click.echo(report.as_text(objections, _colour()))
    if blocks(objections):
        sys.exit(1)
    target = out or project.build / "toetsen" / chosen.id
    private = any(not is_public(bank.items[plek.id]) for plek in chosen.items if plek.id in bank.items)
    if out is not None and target.exists() and any(target.iterdir() if target.is_dir() else (target,)):
        raise Refused(f"{out} is niet leeg. Kies een nieuwe of lege map, dan gaat er niets verloren.")
    only_writer(project)
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


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, err=True)


@main.command()
@click.option("--today", "day", help="De datum van vandaag, als jaar-maand-dag.")
def build(day: str | None) -> None:
    """Controleert alles en maakt de site en de toetsen in build/.

    Is er een fout, dan blijft staan wat er stond.

    Voorbeeld: knm build
    """
    from builder.export.bundle import blocks, bundle
    from builder.website.plugin import SiteError, build_site

    project = here()
    datum = day_of(project, day)
    only_writer(project)
    _progress("Bank lezen en controleren …")
    bank, found = _findings(project, "check", day)
    if found:
        click.echo(report.as_text(found, _colour()))
    if report.count(found, Severity.ERROR):
        click.echo(_summary(bank, found, "check"))
        click.echo("Er is niets gebouwd. Verbeter eerst de fouten. Wat er in build/ stond, staat er nog.")
        sys.exit(1)
    bundles: list[Artifact] = []
    for number, chosen in enumerate(bank.toetsen.values(), start=1):
        _progress(f"Toets {number} van {len(bank.toetsen)}: {chosen.id} …")
        made, objections = bundle(bank, chosen)
        if blocks(objections):
            click.echo(report.as_text(objections, _colour()))
            sys.exit(1)
        bundles.extend(Artifact(f"{chosen.id}/{artifact.path}", artifact.content) for artifact in made)
        bundles.append(Artifact(f"{chosen.id}.zip", _zipped(chosen, made)))
    _progress("Site bouwen …")
    try:
        pages = build_site(project, bank, datum, project.build / "site")
        write_folder(project.build / "toetsen", bundles)
        write_file(project.build / SITE_ZIP, zip_folder(project.build / "site", Path(SITE_ZIP).stem))
    except (SiteError, WriteError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(_summary(bank, found, "check"))
    click.echo("De site staat in build/site: open build/site/index.html.")
    click.echo(f"De hele site als één bestand: build/{SITE_ZIP}.")
    toetsen = _count(len(bank.toetsen), "toets", "toetsen")
    bestanden = _count(len(bundles), "bestand", "bestanden")
    click.echo(
        f"De toetsen staan in build/toetsen: {toetsen}, {bestanden}. Lees LEESMIJ.txt in de map van de toets."
    )
    for reason, number in sorted(pages.left_out().items()):
        click.echo(f"Niet op de site, want {reason}: {number}.")
    empty = [name for name in ("site_adres", "contact_mail") if not getattr(project.settings, name)]
    if empty:
        click.echo(
            f"Leeg in knm.toml, dus weggelaten: {_LEFT_OUT[empty[0]]}"
            + "".join(f", {_LEFT_OUT[name]}" for name in empty[1:])
            + "."
        )


SITE_ZIP = "handreiking-knm.zip"
_LEFT_OUT = {
    "site_adres": "de sitemap, de QR-codes en volledige adressen voor zoekmachines (site_adres)",
    "contact_mail": 'het adres bij "Klopt er iets niet?" (contact_mail)',
}


@main.command()
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
