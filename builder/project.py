"""Where things are: the root of the project, its folders and `knm.toml`.

In: a folder to start from. Out: a `Project` with absolute paths and the few settings. It reads only
`knm.toml`; it knows nothing of what is in the other files.
"""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

# The codes for NL-LOM that a person may look up in the list of Kennisnet.
OBK = ("vakgebied", "niveau")


class ProjectError(Exception):
    """There is no usable project here; the message is a Dutch sentence for the user."""


class NoProject(ProjectError):
    """No folder from here upward is a project."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `knm.toml` holds. An empty text means: left out everywhere, never invented."""

    site_adres: str = ""
    contact_mail: str = ""
    besloten: str = ""
    obk: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A project on disk: its root and its settings."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def schemas(self) -> Path:
        """The folder with the JSON Schemas."""
        return self.root / "schemas"

    @property
    def build(self) -> Path:
        """The folder that holds everything generated."""
        return self.root / "build"

    @property
    def cache(self) -> Path:
        """What was made before, to be quicker; it may be deleted at any moment."""
        return self.build / "cache"

    @property
    def site(self) -> Path:
        """The source of the website (never the output)."""
        return self.root / "site"

    def relative(self, path: Path) -> str:
        """Return `path` as seen from the root, with forward slashes, for messages."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find_project(start: Path) -> Project:
    """Return the project that `start` lies in: the nearest folder upward with a `knm.toml`.

    Raises `NoProject` when there is none, and `ProjectError` when `knm.toml` cannot be read.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        toml = folder / "knm.toml"
        if toml.is_file():
            return Project(folder, _settings(toml))
    raise NoProject(
        "Hier is geen knm-project: er is geen bestand knm.toml in deze map of in een map erboven. "
        "Ga eerst naar de map van het project."
    )


def _settings(toml: Path) -> Settings:
    text = ""
    try:
        text = toml.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise ProjectError("knm.toml is niet te lezen. Kijk naar de rechten van het bestand.") from error
    except UnicodeDecodeError as error:
        raise ProjectError("In knm.toml staat een teken dat niet te lezen is. Bewaar het als UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        # the parser names a line, but not at the end
        named = re.search(r"at line ([0-9]+)", str(error))
        line = named[1] if named else len(text.rstrip().splitlines())
        raise ProjectError(
            f"knm.toml is niet te lezen: regel {line} klopt niet. Schrijf op een regel een naam, dan = en dan een "
            'tekst tussen aanhalingstekens, zoals: contact_mail = "knm@voorbeeld.nl"'
        ) from error
    known = {"site_adres", "contact_mail", "besloten", "obk"}
    unknown = sorted(set(data) - known)
    if unknown:
        raise ProjectError(
            f"knm.toml kent {', '.join(unknown)} niet. Gebruik alleen {', '.join(sorted(known))}."
        )
    obk = data.pop("obk", {})
    if not isinstance(obk, dict) or any(
        name not in OBK or not isinstance(code, str) for name, code in obk.items()
    ):
        raise ProjectError(f"In knm.toml mag onder [obk] alleen een tekst staan bij {' en '.join(OBK)}.")
    wrong = sorted(key for key, value in data.items() if not isinstance(value, str))
    if wrong:
        raise ProjectError(
            f"In knm.toml moet bij {', '.join(wrong)} een tekst tussen aanhalingstekens staan."
        )
    return Settings(**data, obk=obk)


def told_day(given: str | None = None) -> date | None:
    """Return the date that was told: `given`, else SOURCE_DATE_EPOCH; None when neither is. Raises `ProjectError`."""
    if given:
        try:
            return date.fromisoformat(given)
        except ValueError as error:
            raise ProjectError(
                f"{given} is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2026-05-12."
            ) from error
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    if not epoch.isdigit():
        raise ProjectError("SOURCE_DATE_EPOCH moet een heel getal zijn (seconden sinds 1970).")
    return datetime.fromtimestamp(int(epoch), tz=UTC).date()


def today(root: Path, given: str | None = None) -> date:
    """Return the reference date: the one that was told, else the date of the last commit.

    There is no clock in the machine, so that same input gives same output: outside a git checkout, with no date told,
    a `ProjectError` asks for `--today`. Only its example is what the clock says.
    """
    told = told_day(given)
    if told is not None:
        return told
    try:
        shown = subprocess.run(
            ["git", "log", "-1", "--format=%cs"], cwd=root, capture_output=True, text=True, check=True
        ).stdout.strip()
        return date.fromisoformat(shown)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise ProjectError(
            "Bij deze opdracht hoort een datum, en die is hier niet bekend. "
            f"Zet hem erachter. Is dat vandaag? Dan typ je: --today {date.today()}"
        ) from error
