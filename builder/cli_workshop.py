"""Verbs of the workshop: `knm start` opens it, `knm status` tells where an item stands. `cli.py` hangs them up."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import webbrowser
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.artifacts import WriteError, explain_failure
from builder.beginning import SETTINGS, NoBeginning, make
from builder.cli_project import Refused, day_of, day_option, here, stem_of
from builder.project import NoProject, Project, ProjectError, find_project

if TYPE_CHECKING:  # the other verbs can do without the workshop
    from builder.workshop.desk import Desk


def secret_folder(project: Project) -> Path | None:
    """Return the folder of the secret bank: KNM_BESLOTEN, else `besloten` in knm.toml. Raises `Refused`."""
    given = os.environ.get("KNM_BESLOTEN", "") or project.settings.besloten
    if not given:
        return None
    folder = (project.root / given).resolve()
    if not folder.is_dir():
        raise Refused("De besloten map is er niet. Maak haar, of verander besloten in knm.toml.")
    return folder


def _desk(project: Project, day: date | None) -> Desk:
    from builder.checks.context import Context
    from builder.language.dictionary import find_dictionary
    from builder.workshop.desk import Desk
    from builder.workshop.store import Refusal

    try:
        return Desk(project, secret_folder(project), Context(day, find_dictionary()))
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _project(folder: Path | None) -> Project:
    """Return the bank to open: the one named, the one we stand in, or a new one when somebody wants that."""
    if folder is not None:
        return _bank_in(folder)
    try:
        return find_project(Path.cwd())
    except NoProject:
        folder = Path("bank")
        if (folder / SETTINGS).is_file():
            click.echo("De bank in de map bank gaat open.")
            return _bank_in(folder)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Refused(
                "Hier is nog geen bank. Ga naar de map van een bank. Of maak een lege bank: knm start --new mijn-bank"
            ) from None
        click.echo("Hier is nog geen bank. In een bank staan je vragen, je lessen en de eindtermen.")
        if not _yes("Zal ik een lege bank maken in de map bank? Typ ja of nee: "):
            raise Refused(
                "Er is niets gemaakt. Ga naar de map van een bank, en typ daar: knm start"
            ) from None
        return _bank_in(folder)
    except ProjectError as error:
        raise Refused(str(error)) from error


def _bank_in(folder: Path) -> Project:
    """Return the bank in a folder, made when it is not there. Raises `Refused`."""
    try:
        if not (folder / SETTINGS).is_file():
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise Refused(
                    f"In de map {folder.name} staat al iets, maar het is geen bank. Kies een andere naam met --new."
                )
            make(folder)
            click.echo(f"De map {folder.name} is gemaakt. Daarin komen jouw vragen en lessen.")
        return find_project(folder)
    except (NoBeginning, WriteError, ProjectError) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(explain_failure(error)) from error


def _yes(question: str) -> bool:
    while True:
        try:
            given = input(question).strip().lower()
        except EOFError:
            return False
        if given in ("ja", "j", "nee", "n"):
            return given.startswith("j")


@click.command("start")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="De poort. Zonder deze keuze: een vrije."
)
@click.option("--no-browser", is_flag=True, help="Toon alleen het adres, open geen browser.")
@click.option(
    "--new",
    "folder",
    type=click.Path(path_type=Path),
    help="De map van een bank. Is die er niet? Dan komt er een lege.",
)
@day_option()
def start(port: int, no_browser: bool, folder: Path | None, day: str | None) -> None:
    """Opent de werkplaats in je browser: vragen maken en nakijken, zonder YAML.

    Heb je nog geen bank? Dan maakt dit een lege, als jij dat wilt.

    Voorbeeld: knm start
    """
    import uvicorn

    from builder.renewal import renewal
    from builder.workshop.app import make_app
    from builder.workshop.session import Session

    project = _project(folder)

    def today() -> date:
        """Return the date of a deed: people act here and now, so the computer may tell, as for `knm visits`."""
        return day_of(project, day) if day or os.environ.get("SOURCE_DATE_EPOCH") else date.today()

    desk = _desk(project, today())
    for store in desk.stores():
        store.tidy()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(64)  # who comes before the server is ready waits, and is not sent away
    except OSError:
        raise Refused(f"Poort {port} is bezet. Kies een andere met --port, of laat --port weg.") from None
    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/begin?sleutel={token}"
    behind = renewal(project)
    click.echo(f"De werkplaats is open: {address}\nStoppen: druk Ctrl en C. Wat je typte, blijft bewaard.")
    if behind.changes:
        click.echo("Deze bank is van een ouder programma. In de werkplaats kun je haar bijwerken.")
    sys.stdout.flush()
    if not no_browser:
        webbrowser.open(address)
    app = make_app(Session(desk, lambda: today().isoformat(), behind), token, port)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
        uvicorn.Server(config).run(sockets=[listener])
    click.echo("De werkplaats is dicht.")


@click.command("status")
@click.argument("item", metavar="VRAAG")
def status(item: str) -> None:
    """Laat zien waar een vraag of les staat in haar levensloop, en wat de volgende stap is.

    Voorbeeld: knm status wonen-001
    """
    from builder.workshop import standing
    from builder.workshop.store import Refusal

    desk = _desk(here(), None)
    try:
        click.echo(standing.text(desk, stem_of(item)))
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
