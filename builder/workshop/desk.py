"""The bank as the workshop sees it: the public one, the secret one beside it, and the unsaved document on top.

In: a project, perhaps a folder with secret items. Out: banks, findings and texts of documents. The live check is
the ordinary one: load → validate → link → check, with the unsaved text in place of the file. It writes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import checks, yaml_writing
from builder.checks.context import Context
from builder.diagnostics import Diagnostic, Severity, sort_key
from builder.language.dictionary import find_dictionary
from builder.loading.document import kind_of
from builder.loading.load import load
from builder.loading.read import MAX_BYTES, MAX_PICTURE_BYTES, MEDIA_SUFFIXES, parse
from builder.loading.validate import load_schemas
from builder.model.itembank import Itembank
from builder.project import Project
from builder.workshop.bin import Bin
from builder.workshop.fields import form_of, order_of
from builder.workshop.standin import StandIn
from builder.workshop.store import Refusal, Store

# What belongs to a later step than writing.
_LATER = frozenset({"C316", "L217"})
_SECRET_HERE = "C313"
# How often a document is judged again with another value where the form is wrong: schema first, then references.
_MOST_REPAIRS = 4
# The folders that a secret bank has; lists and lessons are for everybody.
_ALSO_SECRET = ("items/", "content/toetsen/")


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it stands: its path and kind, the bytes, and the data (None when it cannot be read)."""

    path: str
    kind: str
    raw: bytes
    data: dict[str, Any] | None
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The bank with an unsaved document in it, and what was found in that document.

    `more` tells that the rest of it could not be looked at before what was found is mended.
    """

    bank: Itembank
    findings: tuple[Diagnostic, ...]
    more: bool = False

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return the findings that keep a document from going to review."""
        return tuple(found for found in self.findings if found.rule.severity is Severity.ERROR)


class Desk:
    """The banks that lie on the table."""

    def __init__(self, project: Project, secret: Path | None, context: Context | None = None) -> None:
        """Work on a project; `secret` is the folder of the second bank. Raises `Refusal` when it cannot be that."""
        self.project = project
        self.open = Store(project.root)
        self.secret = Store(secret) if secret is not None else None
        if secret is not None:
            if secret.resolve().is_relative_to(project.root.resolve()):
                raise Refusal("De besloten map ligt in dit openbare project. Kies een map daarbuiten.")
            if project.root.resolve().is_relative_to(secret.resolve()):
                raise Refusal("Dit openbare project ligt in de besloten map. Kies een andere map.")
        self.context = context or Context(None, find_dictionary())
        self._known: tuple[object, Itembank] | None = None
        self._last: tuple[object, Judged] | None = None
        self._seen: tuple[object, Itembank] | None = None

    # ---- where a document is

    def stores(self) -> tuple[Store, ...]:
        """Return the places with documents, the public one first."""
        return (self.open,) if self.secret is None else (self.open, self.secret)

    def is_secret(self, path: str) -> bool:
        """Tell whether a path is one of the secret bank."""
        if self.secret is None or not path.startswith(_ALSO_SECRET):
            return False
        return (self.secret.root / path).is_file()

    def store_of(self, path: str) -> Store:
        """Return the store in which a document stands, or belongs."""
        if self.secret is not None and self.is_secret(path):
            return self.secret
        return self.open

    def _beside(self) -> dict[str, bytes]:
        """Return the documents and pictures of the secret bank, by path."""
        if self.secret is None:
            return {}
        found = {}
        for file in sorted(self.secret.root.glob("*/**/*")):
            path = file.relative_to(self.secret.root).as_posix()
            picture = file.suffix.lower() in MEDIA_SUFFIXES
            if not path.startswith(_ALSO_SECRET) or not (picture or kind_of(path)):
                continue
            if file.is_symlink() or not file.is_file():
                continue
            if file.stat().st_size <= (MAX_PICTURE_BYTES if picture else MAX_BYTES):
                found[path] = file.read_bytes()
        return found

    def doubles(self) -> tuple[str, ...]:
        """Return the paths that are in both banks: only the public one can be the right one to keep open."""
        return tuple(path for path in self._beside() if (self.project.root / path).exists())

    def names_in_use(self) -> frozenset[str]:
        """Return the names of all documents that there are, or ever were: none is given again."""
        bank = self.bank()
        gone = (path for store in self.stores() for path in Bin(store).ever_thrown())
        return frozenset({*bank.locations, *bank.broken, *(path.rpartition("/")[2][:-5] for path in gone)})

    # ---- the bank

    def bank(self) -> Itembank:
        """Return the bank as it stands on disk, the secret items with it."""
        state = self._state()
        if self._known is None or self._known[0] != state:
            self._known = state, load(self.project, self._beside())[0]
        return self._known[1]

    def forget(self) -> None:
        """Read all anew when it is asked for, the schemas too."""
        load_schemas.cache_clear()
        form_of.cache_clear()
        order_of.cache_clear()
        self._known = self._last = self._seen = None

    def bank_with(self, path: str, raw: bytes) -> Itembank:
        """Return the bank with these bytes at `path`, unchecked: to look at."""
        asked = (self._state(), path, raw)
        if self._seen is None or self._seen[0] != asked:
            self._seen = asked, load(self.project, {**self._beside(), path: raw})[0]
        return self._seen[1]

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        """Return what tells whether a file changed: path, time and size of each."""
        return tuple(
            (entry.path, found.st_mtime_ns, found.st_size)
            for store in self.stores()
            for top in ("items", "content", "site/pages")
            for entry in _entries(store.root / top)
            if (found := entry.stat(follow_symlinks=False))
        )

    def document(self, path: str) -> Text:
        """Return a document as it stands. Raises `Refusal` when there is none."""
        kind = kind_of(path)
        raw = self.store_of(path).read(path)
        if kind is None or raw is None:
            raise Refusal("Dit document is er niet meer. Kijk bij Weggegooid op de eerste pagina.")
        data, _, found = parse(path, raw)
        return Text(path, kind, raw, data, tuple(found))

    def written(self, text: Text, data: Mapping[str, Any]) -> bytes:
        """Return the bytes of a document with other data. Raises `CannotEdit` when that cannot be done safely.

        It proves itself: what is read from the new text is the data, else it is not given out.
        """
        order = order_of(self.project.schemas, text.kind)
        if text.data is None:
            raise yaml_writing.CannotEdit(
                "Dit bestand is niet te lezen. Maak het eerst leesbaar in een editor."
            )
        fresh = yaml_writing.edit(_decoded(text.raw), text.data, data, order).encode("utf-8")
        if parse(text.path, fresh)[0] != dict(data):
            raise yaml_writing.CannotEdit(
                "Deze tekst kunnen wij niet veilig bewaren in het bestand. Maak haar eenvoudiger."
            )
        return fresh

    def judge(self, text: Text, data: Mapping[str, Any], status: str | None = None) -> Judged:
        """Return the bank with `data` in the place of a document, and the findings in it.

        `status` is the status to judge for: a concept is judged as if it went to review.
        """
        wanted = dict(data)
        if status is not None and "status" in wanted:
            wanted["status"] = status
        return self.judge_raw(text.path, self.written(text, wanted))

    def judge_all(self, text: Text, data: Mapping[str, Any], status: str | None = None) -> Judged:
        """Judge as `judge` does, and the rest of a document too when a field of it has a wrong form."""
        judged = self.judge(text, data, status)
        name = text.path.rpartition("/")[2].removesuffix(".yaml")
        wrong: list[Diagnostic] = []
        instead = StandIn(dict(data))
        for _ in range(_MOST_REPAIRS):
            if name not in judged.bank.broken:
                break
            wrong += [found for found in judged.errors if not instead.touches(found.location.pointer)]
            places = [found.location.pointer for found in judged.errors]
            if not places or not instead.repair(text.data or {}, places):
                break
            judged = self.judge(text, instead.data, status)
        if not wrong:
            return judged
        more = name in judged.bank.broken  # then nothing else was found than what is put there for judging
        rest = [] if more else [one for one in judged.findings if not instead.covers(one.location.pointer)]
        made = sorted([*wrong, *rest], key=lambda one: (_WEIGHT[one.rule.severity], sort_key(one)))
        return Judged(judged.bank, tuple(dict.fromkeys(made)), more)

    def judge_raw(self, path: str, raw: bytes, more: Mapping[str, bytes] | None = None) -> Judged:
        """Return the bank with these bytes at `path` (and `more` files), and the findings in that document."""
        asked = (self._state(), path, raw, tuple(sorted((more or {}).items())))
        if self._last is not None and self._last[0] == asked:
            return self._last[1]
        beside = self._beside()
        name = path.rpartition("/")[2].removesuffix(".yaml")
        bank, found = load(self.project, {**beside, **(more or {}), path: raw})
        mine = dict.fromkeys(
            one
            for one in (*found, *checks.check(bank, self.context, only=name))
            if one.location.path == path
            and one.rule.code not in _LATER
            and not (one.rule.code == _SECRET_HERE and path in beside)
        )
        made = Judged(bank, tuple(sorted(mine, key=lambda one: (_WEIGHT[one.rule.severity], sort_key(one)))))
        self._last = asked, made
        return made


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield every entry under a folder, folders too: their time tells that something came or went."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path))


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8-sig")
