"""Paths → documents: the only place that parses YAML.

In: the folders `content`, `items` and `site/pages`. Out: `Readings` and findings R001-R016. YAML is read with our own
rules for plain words (null, true/false, whole and decimal numbers; everything else is text), because the
stock rules turn `no` into False and `12:30` into 750. Every file is composed by the C parser and walked
once; positions are composed again only for a file that somebody asks about. Reading knows no schema.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.reader import ReaderError

from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.loading.document import Document, PageFile, PictureFile, Readings, kind_of

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40
MAX_VALUES = 30_000  # the largest list of ours holds ten thousand in 167 kB
MAX_PICTURE_BYTES = 2 * 1024 * 1024
MEDIA_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")

R001 = Rule(
    "R001",
    "niet-te-openen",
    Severity.ERROR,
    "Het programma moet elk bestand kunnen openen. Anders mist er misschien een vraag zonder dat iemand het ziet.",
    "Een bestand of map zonder leesrecht.",
    "Een bestand dat je zelf kunt openen.",
)
R002 = Rule(
    "R002",
    "te-groot",
    Severity.ERROR,
    "Een vraag of les is een paar kB. Een bestand boven 256 kB is bijna altijd een vergissing en kan het programma vertragen.",
    "Een YAML-bestand van 300 kB.",
    "Eén vraag per bestand; plaatjes als eigen bestand ernaast.",
)
R003 = Rule(
    "R003",
    "geen-utf-8",
    Severity.ERROR,
    "Alle bestanden zijn UTF-8. Dan komen ë, € en Arabische letters overal goed aan.",
    "Een bestand dat is bewaard als Latin-1 of Windows-1252.",
    "Hetzelfde bestand, in je editor bewaard als UTF-8.",
)
R004 = Rule(
    "R004",
    "bom",
    Severity.ADVICE,
    "Een BOM is een onzichtbaar teken aan het begin van een bestand. Wij lezen het bestand, maar andere programma's struikelen erover.",
    'Bewaard als "UTF-8 met BOM".',
    'Bewaard als "UTF-8".',
)
R005 = Rule(
    "R005",
    "tab",
    Severity.ERROR,
    "YAML springt in met spaties. Een tab is voor het programma geen inspringing.",
    "opties:\n⇥- tekst: Ja",
    "opties:\n  - tekst: Ja",
)
R006 = Rule(
    "R006",
    "yaml",
    Severity.ERROR,
    "Het bestand is geen goede YAML. Dan kan het programma er niets uit lezen.",
    'stam: "Wie belt u',
    'stam: "Wie belt u?"',
)
R007 = Rule(
    "R007",
    "dubbele-sleutel",
    Severity.ERROR,
    "Staat een veld er twee keer, dan zou één van de twee teksten stil verdwijnen.",
    "stam: Wie belt u?\nstam: Wat doet u?",
    "stam: Wie belt u?",
)
R008 = Rule(
    "R008",
    "verwijzing-in-yaml",
    Severity.ERROR,
    "Verwijzingen binnen YAML (* en &) maken een bestand lastig te lezen en kunnen het programma laten vastlopen.",
    "context: *zelfde",
    "context: De hele tekst, gewoon uitgeschreven.",
)
R009 = Rule(
    "R009",
    "leeg",
    Severity.ERROR,
    "In een leeg bestand staat geen vraag. Misschien is het bewaren mislukt.",
    "(een bestand zonder inhoud)",
    "id: wonen-014\n…",
)
R010 = Rule(
    "R010",
    "geen-velden",
    Severity.ERROR,
    "Een document is een rij velden met een naam. Een losse tekst of lijst kunnen we niet plaatsen.",
    "- Wie belt u?",
    "stam: Wie belt u?",
)
R011 = Rule(
    "R011",
    "meer-documenten",
    Severity.ERROR,
    "In één bestand staat één document. Een regel met --- begint een tweede; dat zouden we niet zien.",
    "id: wonen-014\n---\nid: wonen-015",
    "Twee bestanden: wonen-014.yaml en wonen-015.yaml.",
)
R012 = Rule(
    "R012",
    "symlink",
    Severity.ERROR,
    "Een verwijzing naar een bestand elders kan iets naar buiten brengen dat daar niet hoort.",
    "items/wonen/wonen-014.yaml → /elders/geheim.yaml",
    "Het bestand zelf, in deze map.",
)
R013 = Rule(
    "R013",
    "vreemde-plaats",
    Severity.ERROR,
    "Aan de map ziet het programma wat voor document het is. Op een andere plaats wordt het niet gelezen.",
    "items/wonen-014.yaml",
    "items/wonen/wonen-014.yaml",
)
R014 = Rule(
    "R014",
    "sleutel-geen-tekst",
    Severity.ERROR,
    "De naam van een veld is een woord. Een getal of een lijst als naam kennen we niet.",
    "1: Wie belt u?",
    "stam: Wie belt u?",
)
R015 = Rule(
    "R015",
    "soort-aangegeven",
    Severity.ERROR,
    "Een uitroepteken vóór een waarde geeft in YAML een soort aan. Dat gebruiken wij niet, want het kan een programma iets laten uitvoeren.",
    "stam: !!python/name:os.system",
    'stam: "!! zo schrijf je uitroeptekens"',
)
R016 = Rule(
    "R016",
    "te-diep",
    Severity.ERROR,
    f"Een document is ten hoogste {MAX_DEPTH} lagen diep. Dieper is een vergissing, of bedoeld om het programma te laten vastlopen.",
    "[[[[[[[[…]]]]]]]]",
    "opties:\n  - tekst: Ja",
)
RULES = (
    R001, R002, R003, R004, R005, R006, R007, R008, R009, R010, R011, R012, R013, R014, R015, R016,
)  # fmt: skip

NOTHING: Mapping[str, bytes] = MappingProxyType({})

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_WORDS: dict[str, Any] = {"null": None, "~": None, "": None, "true": True, "false": False}
_NUMBER_START = frozenset("0123456789+-")
_PLAIN, _TEXT = "p", "t"
# What libyaml refuses to read anywhere in a file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class _Parser(CParser):
    """The C parser with a resolver that only tells plain words from quoted ones."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        self.values = 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        self.values += 1
        if self.values > MAX_VALUES:
            raise _TooMany
        return _PLAIN if implicit is not True and implicit is not False and implicit[0] else _TEXT

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


class _TooMany(Exception):
    """More values than a file may hold: each costs a hundred times its size in memory."""


class _Stop(Exception):
    """A file that cannot be read further; carries the findings."""

    def __init__(self, *found: Diagnostic) -> None:
        super().__init__()
        self.found = found


def scalar(text: str) -> Any:
    """Return what a plain (unquoted) word means: null, a truth value, a number, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_START and len(text) < 30:
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
    return text


class _Walk:
    """One walk over a composed tree: builds the data, refuses aliases, tags and double keys."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: set[int] = set()
        self.found: list[Diagnostic] = []

    def at(self, node: Any) -> Location:
        return Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: Any, depth: int) -> Any:
        if id(node) in self.seen:
            raise _Stop(
                *self.found,
                Diagnostic(
                    R008,
                    self.at(node),
                    "Hier staat een verwijzing binnen YAML (een naam met & en *). Die lezen we niet.",
                    "Schrijf de tekst op elke plaats gewoon uit.",
                ),
            )
        self.seen.add(id(node))
        if depth > MAX_DEPTH:
            raise _Stop(*self.found, _too_deep(self.at(node)))
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _PLAIN:
                return scalar(node.value)
            self.tag(node)
            return node.value
        if isinstance(node, yaml.SequenceNode):
            self.tag(node)
            return [self.value(child, depth + 1) for child in node.value]
        self.tag(node)
        return self.mapping(node, depth)

    def mapping(self, node: Any, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.found.append(
                    Diagnostic(
                        R014,
                        self.at(key_node),
                        "De naam van een veld moet een woord zijn.",
                        "Schrijf naam: waarde.",
                    )
                )
                continue
            key = key_node.value
            if id(key_node) in self.seen:
                raise _Stop(
                    *self.found,
                    Diagnostic(
                        R008,
                        self.at(key_node),
                        "Hier staat een verwijzing binnen YAML (* of &) als veldnaam.",
                        "Schrijf de veldnaam gewoon uit.",
                    ),
                )
            self.seen.add(id(key_node))
            if key_node.tag == _PLAIN and not isinstance(scalar(key), str):
                self.found.append(
                    Diagnostic(
                        R014,
                        self.at(key_node),
                        f"De naam van een veld moet een woord zijn. Hier staat {key or 'niets'}.",
                        "Schrijf naam: waarde.",
                    )
                )
            if key in first:
                self.found.append(
                    Diagnostic(
                        R007,
                        self.at(key_node),
                        f'Het veld "{key}" staat er twee keer. De eerste keer was op regel {first[key]}.',
                        "Haal er één weg.",
                    )
                )
                self.value(value_node, depth + 1)
                continue
            first[key] = key_node.start_mark.line + 1
            data[key] = self.value(value_node, depth + 1)
        return data

    def tag(self, node: Any) -> None:
        if node.tag != _TEXT:
            self.found.append(
                Diagnostic(
                    R015,
                    self.at(node),
                    "Hier staat een uitroepteken vóór de waarde. YAML leest dat als een opdracht, niet als tekst.",
                    "Haal het weg, of zet de hele tekst tussen aanhalingstekens.",
                )
            )


class _Odd(Exception):
    """Something that `_quick` leaves to the careful walk."""


def _quick(node: Any, depth: int) -> Any:
    """Return what `_Walk` returns for a tree without faults, in a third of the time; else raise `_Odd`.

    Only for a tree without aliases: it does not look whether it was here before.
    """
    if node.__class__ is yaml.ScalarNode:
        if node.tag == _PLAIN:
            return scalar(node.value)
        if node.tag == _TEXT:
            return node.value
        raise _Odd
    if node.tag != _TEXT or depth >= MAX_DEPTH:
        raise _Odd
    if node.__class__ is yaml.SequenceNode:
        return [_quick(child, depth + 1) for child in node.value]
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if key_node.__class__ is not yaml.ScalarNode or key in data:
            raise _Odd
        if key_node.tag == _PLAIN and (key in _WORDS or key[0] in _NUMBER_START):
            raise _Odd
        data[key] = _quick(value_node, depth + 1)
    return data


def _too_deep(at: Location) -> Diagnostic:
    return Diagnostic(
        R016,
        at,
        f"Dit document is meer dan {MAX_DEPTH} lagen diep.",
        "Kijk of er haakjes of spaties te veel staan.",
    )


@dataclass(slots=True)
class LazyPositions:
    """Line and column of every value of one text, composed the first time somebody asks."""

    text: str
    _index: dict[tuple[str | int, ...], tuple[int, int]] | None = field(default=None, repr=False)

    def at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of the nearest parent that exists."""
        if self._index is None:
            self._index = _position_index(self.text)
        while path and path not in self._index:
            path = path[:-1]
        return self._index.get(path, (1, 1))

    def key_at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Return line and column of the key (not the value) of a field."""
        if self._index is None:
            self._index = _position_index(self.text)
        return self._index.get((*path, "\0key"), self.at(path))


def _position_index(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    index: dict[tuple[str | int, ...], tuple[int, int]] = {}

    def walk(node: Any, path: tuple[str | int, ...]) -> None:
        index[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            for place, child in enumerate(node.value):
                walk(child, (*path, place))
        elif isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                if isinstance(key, yaml.ScalarNode) and (*path, key.value) not in index:
                    walk(child, (*path, key.value))
                    index[(*path, key.value, "\0key")] = (key.start_mark.line + 1, key.start_mark.column + 1)

    parser = _Parser(text)
    try:
        walk(parser.get_single_node(), ())
    finally:
        parser.dispose()
    return index


def parse(path: str, raw: bytes) -> tuple[dict[str, Any] | None, str, list[Diagnostic]]:
    """Return the data of one file (None when it cannot be read), its text, and the findings."""
    found: list[Diagnostic] = []
    start = Location(path)
    if len(raw) > MAX_BYTES:
        return None, "", [_too_large(path, len(raw))]
    if raw.startswith(b"\xef\xbb\xbf"):
        found.append(
            Diagnostic(
                R004,
                start,
                "Het bestand begint met een onzichtbaar teken (een BOM). We lezen het toch.",
                "Bewaar het in je editor als UTF-8 zonder BOM.",
            )
        )
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = Location(path, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        found.append(
            Diagnostic(
                R003,
                at,
                "Hier staat een teken dat geen UTF-8 is. Waarschijnlijk is het bestand bewaard als Latin-1 of Windows.",
                "Open het in je editor en bewaar het als UTF-8.",
            )
        )
        return None, "", found
    if not text.strip() or not any(
        line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()
    ):
        found.append(
            Diagnostic(
                R009,
                start,
                "Dit bestand is leeg.",
                "Vul het in, of haal het weg. `knm new item` maakt een begin.",
            )
        )
        return None, text, found
    try:
        data = _data(path, text, found)
    except _Stop as stop:
        return None, text, [*found, *stop.found]
    if any(finding.rule.severity is Severity.ERROR for finding in found):
        return None, text, found
    return data, text, found


def _too_large(path: str, size: int) -> Diagnostic:
    return Diagnostic(
        R002,
        Location(path),
        f"Dit bestand is {size / 1024:.0f} kB. Een YAML-bestand mag ten hoogste 256 kB zijn.",
        "Maak er meer bestanden van, of zet plaatjes in een eigen bestand.",
    )


def _data(path: str, text: str, found: list[Diagnostic]) -> dict[str, Any] | None:
    parser = None
    try:
        parser = _Parser(text)
        node = parser.get_single_node()
    except RecursionError:
        raise _Stop(_too_deep(Location(path))) from None
    except _TooMany:
        raise _Stop(
            Diagnostic(
                R002,
                Location(path),
                f"In dit bestand staan meer dan {MAX_VALUES:,} waarden.".replace(",", "."),
                "Maak er meer bestanden van. Kijk ook of er iets vele keren in staat.",
            )
        ) from None
    except yaml.YAMLError as error:
        raise _Stop(_syntax(path, text, error)) from None
    finally:
        if parser is not None:
            parser.dispose()
    if node is None:
        raise _Stop(Diagnostic(R009, Location(path), "Dit bestand is leeg.", "Vul het in, of haal het weg."))
    walk = _Walk(path)
    if isinstance(node, yaml.MappingNode) and not ("&" in text and "*" in text):  # else: maybe an alias
        try:
            quick: dict[str, Any] = _quick(node, 1)
            return quick
        except _Odd:
            pass  # the careful walk below names what is wrong
    if not isinstance(node, yaml.MappingNode):
        raise _Stop(
            Diagnostic(
                R010,
                walk.at(node),
                "Dit bestand begint niet met een veld. Bovenaan hoort een naam met een dubbele punt te staan.",
                "Schrijf bijvoorbeeld: id: wonen-014",
            )
        )
    data = walk.value(node, 1)
    found.extend(walk.found)
    return data if isinstance(data, dict) else None


def _syntax(path: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", "") or error)
    context = str(getattr(error, "context", "") or "")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    at = Location(path, line, column)
    if "nesting depth" in problem:
        return _too_deep(at)
    control = _CONTROL.search(text)
    if control is not None and isinstance(error, ReaderError):
        return Diagnostic(
            R006,
            _place(path, text, control.start()),
            "Hier staat een onzichtbaar stuurteken.",
            "Haal het weg, of typ de tekst op deze regel opnieuw.",
        )
    if "cannot start any token" in problem and here[column - 1 : column] != "\t":
        return Diagnostic(
            R006,
            at,
            f"Een tekst kan in YAML niet met {here[column - 1 : column]} beginnen.",
            "Zet de hele tekst tussen aanhalingstekens.",
        )
    if "flow sequence" in context or "flow mapping" in context:
        return Diagnostic(
            R006,
            _opened(path, error, at),
            "Hier begint een haakje, maar wat erna komt past niet of het sluitende haakje ontbreekt.",
            "Zet het sluitende haakje erbij. Is het gewone tekst? Zet die dan tussen aanhalingstekens.",
        )
    if (
        "found character '\\t'" in problem
        or "tab character" in problem
        or here[: len(here) - len(here.lstrip())].count("\t")
    ):
        return Diagnostic(
            R005, at, "Hier staat een tab aan het begin van de regel.", "Vervang de tab door twee spaties."
        )
    if "expected a single document" in context or "another document" in problem:
        return Diagnostic(
            R011,
            at,
            "Hier begint een tweede document (een regel met ---). In één bestand staat één document.",
            "Maak een eigen bestand voor het tweede, of haal --- weg.",
        )
    if "quoted scalar" in context or "unexpected end of stream" in problem:
        return Diagnostic(
            R006,
            _opened(path, error, at),
            "Hier begint een tekst met een aanhalingsteken, maar het sluitende aanhalingsteken ontbreekt.",
            "Zet aan het einde hetzelfde aanhalingsteken.",
        )
    if "undefined alias" in problem or "alias" in context or "anchor" in context:
        return Diagnostic(
            R008,
            at,
            "Hier staat een * of & zonder aanhalingstekens. YAML leest dat als een verwijzing.",
            "Zet de hele tekst tussen aanhalingstekens.",
        )
    if "mapping values are not allowed" in problem:
        return Diagnostic(
            R006,
            at,
            "Deze dubbele punt kan YAML niet plaatsen. In een tekst met ': ' horen aanhalingstekens.",
            "Zet de hele tekst tussen aanhalingstekens, of kijk naar het inspringen.",
        )
    return Diagnostic(
        R006,
        at,
        "Vanaf hier is het bestand geen goede YAML. Vaak klopt het inspringen niet, of mist er een dubbele punt.",
        "Vergelijk deze regel met een bestand dat wel goed is. Elk veld begint met naam: en twee spaties per laag.",
    )


def _opened(path: str, error: Exception, at: Location) -> Location:
    """Return where the bracket or quotation was opened that the parser could not close, else `at`."""
    mark = getattr(error, "context_mark", None)
    return at if mark is None else Location(path, mark.line + 1, mark.column + 1)


def _place(path: str, text: str, offset: int) -> Location:
    """Return line and column of a character of the text."""
    before = text[:offset]
    return Location(path, before.count("\n") + 1, offset - before.rfind("\n"))


def _files(root: Path, found: list[Diagnostic], unreadable: list[str]) -> Iterator[tuple[str, Path]]:
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
                yield path, folder / entry.name
        pending.extend(reversed(folders))


def read(root: Path, swapped: Mapping[str, bytes] = NOTHING) -> tuple[Readings, list[Diagnostic]]:
    """Read everything under `content` and `items`, and the Markdown under `site/pages`.

    `swapped` holds texts and pictures that are not (yet) on disk, by path from the root: each stands in for
    the file on that path, or comes on top. Returns the readings (sorted by path) and the findings; never
    raises for what a file holds.
    """
    found: list[Diagnostic] = []
    documents: list[Document] = []
    pictures: dict[str, PictureFile] = {}
    unreadable: list[str] = []
    pages: list[PageFile] = []
    on_disk = ((path, file) for path, file in _files(root, found, unreadable) if path not in swapped)
    for path, file in chain(on_disk, ((path, root / path) for path in sorted(swapped))):
        suffix = file.suffix.lower()
        if path.startswith("site/"):
            if suffix == ".md" and (page := _page(path, file, found)):
                pages.append(page)
            continue
        if suffix in MEDIA_SUFFIXES:
            pictures[path] = PictureFile(path, swapped[path]) if path in swapped else _picture(path, file)
            continue
        kind = kind_of(path)
        if kind is None:
            if suffix in (".yaml", ".yml") or path.startswith("items/"):
                found.append(_misplaced(path))
            continue
        try:
            size = len(swapped[path]) if path in swapped else file.stat().st_size
            raw = _raw(path, file, swapped) if size <= MAX_BYTES else None
        except OSError:
            unreadable.append(path)
            found.append(
                Diagnostic(
                    R001,
                    Location(path),
                    "Dit bestand kunnen we niet openen.",
                    "Geef jezelf leesrecht op het bestand.",
                )
            )
            continue
        if raw is None:
            unreadable.append(path)
            found.append(_too_large(path, size))
            continue
        data, text, findings = parse(path, raw)
        found.extend(findings)
        if data is None:
            unreadable.append(path)
        else:
            documents.append(Document(path, kind, data, LazyPositions(text)))
    documents.sort(key=lambda document: document.path)
    pages.sort(key=lambda page: page.front.path)
    return Readings(tuple(documents), pictures, tuple(sorted(unreadable)), tuple(pages)), found


def _raw(path: str, file: Path, swapped: Mapping[str, bytes]) -> bytes:
    return swapped[path] if path in swapped else file.read_bytes()


def _page(path: str, file: Path, found: list[Diagnostic]) -> PageFile | None:
    """Return a page, or None when it cannot be read. Front matter is YAML between two lines of ---."""
    try:
        raw = file.read_bytes()
    except OSError:
        found.append(
            Diagnostic(
                R001,
                Location(path),
                "Deze pagina kunnen we niet openen.",
                "Geef jezelf leesrecht op het bestand.",
            )
        )
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.extend(parse(path, raw)[2])
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    # The line of --- stays as a comment, so that every place in the front matter is its place in the file.
    front = "\n".join(["#", *lines[1:end]])
    data: dict[str, Any] | None = {}
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines[1:end]):
        data, front, findings = parse(path, front.encode())
        found.extend(findings)
    first = end + 1 if end else 0
    document = Document(path, "pagina", data or {}, LazyPositions(front))
    return PageFile(document, "\n".join(lines[first:]), first + 1)


def _picture(path: str, file: Path) -> PictureFile:
    try:
        if file.stat().st_size > MAX_PICTURE_BYTES:
            return PictureFile(path, b"", "het is groter dan 2 MB")
        return PictureFile(path, file.read_bytes())
    except OSError:
        return PictureFile(path, b"", "het kan niet geopend worden")


def _misplaced(path: str) -> Diagnostic:
    if path.endswith(".yml"):
        return Diagnostic(
            R013, Location(path), "Dit bestand eindigt op .yml. Zo wordt het niet gelezen.", "Noem het .yaml."
        )
    hint = "Een vraag hoort in items/<thema>/, een les in content/lessen/<thema>/."
    return Diagnostic(
        R013, Location(path), "Op deze plaats verwachten we dit bestand niet. Het wordt niet gelezen.", hint
    )
