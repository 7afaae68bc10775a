"""The folders of a project → its files, in sorted order, symlinks and closed folders named.

In: the root. Out: a path from the root and a directory entry for every file. It opens no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from builder.diagnostics import Diagnostic, Location
from builder.loading.reading_rules import R001, R012


def files(
    root: Path, found: list[Diagnostic], unreadable: list[str]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file under content/, items/ and site/pages/ in sorted order; symlinks and closed folders are findings."""
    pending = [root / "site" / "pages", root / "items", root / "content"]
    while pending:
        folder = pending.pop()
        where = folder.relative_to(root).as_posix()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError:
            unreadable.append(where + "/")
            found.append(
                Diagnostic(
                    R001,
                    Location(where),
                    "Deze map kunnen we niet openen. Alles wat erin staat, is nu niet gecontroleerd.",
                    "Geef jezelf leesrecht op de map.",
                )
            )
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            path = f"{where}/{entry.name}"
            if entry.is_symlink():
                unreadable.append(path + "/" if entry.is_dir() else path)
                found.append(
                    Diagnostic(
                        R012,
                        Location(path),
                        "Dit is een verwijzing naar een bestand of map elders (een symlink). Die lezen we niet.",
                        "Zet het bestand zelf hier neer.",
                    )
                )
            elif entry.is_dir():
                folders.append(folder / entry.name)
            elif entry.is_file():
                yield path, entry
        pending.extend(reversed(folders))
