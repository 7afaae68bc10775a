"""Writes a complete synthetic project into a folder: the same seed gives the same bytes.

The official eindtermen, the schemas and (when asked) the source of the site are copied from the repository; items,
lessons and bronnen are made of words from a list and mean nothing. That list has a hundred words, and the checks find three
things in each item. A quiet project has short sentences at B1 of 8,000 words, few of them often as in any language,
and hardly a finding. From the command line: `python tests/benchmarks/generator.py FOLDER --items 1000 --lessons 100`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from builder.language.dictionary import find_dictionary
from builder.loading.read import parse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.conftest import copy_of_the_site  # noqa: E402

SEED = 20261125
ITEM_BYTES = 1600  # what one item should be about
BRONNEN = 40

WORDS = [
    "afspraak",
    "agenda",
    "antwoord",
    "avond",
    "balie",
    "bedrijf",
    "bericht",
    "beroep",
    "bewoner",
    "bezoek",
    "bibliotheek",
    "boodschap",
    "brief",
    "brug",
    "buurt",
    "buurvrouw",
    "cursus",
    "dag",
    "deur",
    "dienst",
    "dokter",
    "dorp",
    "eten",
    "fiets",
    "folder",
    "formulier",
    "gebouw",
    "gemeente",
    "gesprek",
    "groep",
    "huis",
    "huur",
    "huurder",
    "informatie",
    "instelling",
    "jaar",
    "kaart",
    "kamer",
    "kantoor",
    "keuze",
    "kind",
    "klas",
    "klacht",
    "kosten",
    "krant",
    "land",
    "leraar",
    "lokaal",
    "loket",
    "maand",
    "markt",
    "medewerker",
    "melding",
    "mens",
    "middag",
    "moment",
    "nummer",
    "ochtend",
    "opleiding",
    "ouder",
    "papier",
    "partner",
    "pasje",
    "plaats",
    "plan",
    "plein",
    "post",
    "programma",
    "raam",
    "rekening",
    "regel",
    "reis",
    "rust",
    "ruimte",
    "samenleving",
    "school",
    "site",
    "straat",
    "taal",
    "tafel",
    "telefoon",
    "tijd",
    "trein",
    "tuin",
    "uitleg",
    "uur",
    "vereniging",
    "verhaal",
    "verhuurder",
    "vraag",
    "vriend",
    "wandeling",
    "weg",
    "week",
    "werk",
    "wet",
    "winkel",
    "woning",
    "zaal",
    "zaterdag",
    "ziekenhuis",
    "zorg",
]
VERBS = [
    "belt",
    "vraagt",
    "zoekt",
    "leest",
    "krijgt",
    "schrijft",
    "brengt",
    "bewaart",
    "betaalt",
    "regelt",
    "kiest",
    "bespreekt",
    "meldt",
]
LINKS = ["in", "bij", "voor", "met", "naast", "over"]


@dataclass(frozen=True)
class Generated:
    """The project that was written, and whether item numbers needed more than three digits."""

    root: Path
    items: tuple[str, ...]  # paths from the root, sorted
    lessons: tuple[str, ...]
    widened: bool


class _Writer:
    """Words from one seed."""

    levels: tuple[str, ...] = ("A1", "A2", "B1")
    starts: tuple[str, ...] = ("Eerst ", "Dan ", "Daarna ")

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def word(self) -> str:
        return self.random.choice(WORDS)

    def sentence(self, words: int = 9) -> str:
        """A sentence without any sign that means something in YAML or Markdown."""
        pick = self.random.choice
        parts = ["De", self.word(), pick(VERBS), "de", self.word()]
        while len(parts) < words:
            parts += [pick(LINKS), "de", self.word()]
        return " ".join(parts) + "."

    def sentences(self, count: int, words: int = 9) -> str:
        return " ".join(self.sentence(words) for _ in range(count))

    def question(self) -> str:
        pick = self.random.choice
        return f"Wat doet de {self.word()} als de {self.word()} de {self.word()} {pick(VERBS)}?"


class _QuietWriter(_Writer):
    """Many words, few of them often (Zipf), so that items differ; sentences in which the checks find little."""

    levels = ("B1",)
    starts = ("", "", "")

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        known = find_dictionary()
        fit = [word for word in known.words if word.isascii() and word.islower() and 4 <= len(word) <= 8]
        self.words = self.random.sample([word for word in fit if word.isalpha() and known.knows(word)], 8000)

    def word(self) -> str:
        return self.words[int(len(self.words) ** self.random.random()) - 1]

    def sentence(self, words: int = 9) -> str:
        return super().sentence(min(words, 8))


def write_project(
    target: Path,
    items: int,
    lessons: int = 0,
    *,
    site: bool = False,
    seed: int = SEED,
    status: str = "review",
    quiet: bool = False,
) -> Generated:
    """Write a valid project with this many items and lessons into `target`, which must be empty or new."""
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise ValueError(f"{target} is not empty")
    terms = _eindtermen()
    writer = _QuietWriter(seed) if quiet else _Writer(seed)
    per_thema = -(-items // len(terms))
    last = f"{max(terms)}-{per_thema:03d}"
    (target / "knm.toml").write_text("", encoding="utf-8")
    shutil.copytree(ROOT / "schemas", target / "schemas")
    widened = _widen(target / "schemas" / "lijsten.schema.json", last)
    if site:
        copy_of_the_site(target)
    content = target / "content"
    content.mkdir()
    shutil.copy(ROOT / "content" / "eindtermen.yaml", content / "eindtermen.yaml")
    (content / "bronnen.yaml").write_text(_bronnen(writer), encoding="utf-8")

    slugs = list(terms)
    paths: list[str] = []
    ids: dict[str, list[str]] = {slug: [] for slug in slugs}
    for index in range(items):
        slug = slugs[index % len(slugs)]
        name = f"{slug}-{index // len(slugs) + 1:03d}"
        ids[slug].append(name)
        paths.append(f"items/{slug}/{name}.yaml")
        _write(target / paths[-1], _item(writer, name, terms[slug], status))
    lesson_paths: list[str] = []
    for index in range(lessons):
        slug = slugs[index % len(slugs)]
        name = f"proefles-{index + 1:03d}"
        lesson_paths.append(f"content/lessen/{slug}/{name}.yaml")
        _write(target / lesson_paths[-1], _lesson(writer, name, slug, terms[slug], ids[slug]))
    return Generated(target, tuple(sorted(paths)), tuple(sorted(lesson_paths)), widened)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _eindtermen() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Thema slug → its eindtermen with the codes of their indicators."""
    path = ROOT / "content" / "eindtermen.yaml"
    data, _, _ = parse(path.name, path.read_bytes())
    if data is None:
        raise ValueError("content/eindtermen.yaml cannot be read")
    return {
        thema["slug"]: [
            (term["nummer"], tuple(indicator["code"] for indicator in term.get("indicatoren", ())))
            for handeling in thema["handelingen"]
            for term in handeling["eindtermen"]
        ]
        for thema in data["themas"]
    }


def _widen(schema: Path, last: str) -> bool:
    """Allow item numbers of more than three digits, in this copy only, when the last number needs it."""
    data = json.loads(schema.read_text(encoding="utf-8"))
    rule = data["$defs"]["item_id"]
    if re.search(rule["pattern"], last):
        return False
    rule["pattern"] = rule["pattern"].replace("[0-9]{3}", "[0-9]{3,5}")
    if not re.search(rule["pattern"], last):
        raise ValueError(f"{last} does not fit {rule['pattern']}, and the generator cannot widen it")
    schema.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return True


def _bronnen(writer: _Writer) -> str:
    parts = ["# yaml-language-server: $schema=../schemas/bronnen.schema.json\nbronnen:\n"]
    for name in ("regeling-inburgering-2021", *(f"proefbron-{n:02d}" for n in range(1, BRONNEN + 1))):
        parts.append(
            f"  - id: {name}\n    titel: {writer.sentence(5)}\n    maker: generator\n"
            f"    adres: https://bron.example/{name}\n    gezien:\n      op: 2026-11-25\n      hoe: kopie\n"
        )
    return "".join(parts)


def _item(writer: _Writer, name: str, terms: list[tuple[str, tuple[str, ...]]], status: str) -> str:
    rng = writer.random
    nummer, codes = rng.choice(terms)
    right = rng.randrange(3)
    lines = [
        "# yaml-language-server: $schema=../../schemas/item.schema.json",
        f"id: {name}",
        f"versie: {rng.randint(1, 3)}",
        f"status: {status}",
        f"eindterm: {nummer}",
        *([f"indicator: {rng.choice(codes)}"] if codes else []),
        "stof: examenstof",
        f"taalniveau: {rng.choice(writer.levels)}",
        f"abstractieniveau: {rng.choice(('concreet', 'verloop', 'verband', 'begrip'))}",
        f"beheersing: {rng.choice(('onthouden', 'begrijpen', 'toepassen'))}",
        "soort: meerkeuze",
        f"context: {writer.sentences(3)}",
        f"stam: {writer.question()}",
        "opties:",
    ]
    for place, start in enumerate(writer.starts):
        text = writer.sentence(8)
        lines += [
            f"  - tekst: {start + text.lower() if start else text}",
            f"    juist: {str(place == right).lower()}",
            f"    toelichting: {writer.sentences(2)}",
        ]
    lines += ["bronnen:", "  - id: regeling-inburgering-2021", f"    plaats: bijlage 2, eindterm {nummer}"]
    lines += [
        f"  - id: proefbron-{rng.randint(1, BRONNEN):02d}",
        f"    plaats: bladzijde {rng.randint(1, 90)}",
    ]
    lines += ["veroudert: niet", "herkomst: machine", "maker: generator", "trefwoorden:"]
    lines += [f"  - {word}" for word in rng.sample(WORDS, 3)]
    missing = ITEM_BYTES - sum(len(line) + 1 for line in lines)
    if missing > 0:  # a longer text at the first option, up to the wanted size
        at = next(i for i, line in enumerate(lines) if line.startswith("    toelichting:"))
        while missing > 0:
            more = " " + writer.sentence()
            lines[at] += more
            missing -= len(more)
    return "\n".join(lines) + "\n"


def _lesson(
    writer: _Writer, name: str, slug: str, terms: list[tuple[str, tuple[str, ...]]], items: list[str]
) -> str:
    """A lesson of about 15 KB with every block that has Markdown in it."""
    rng = writer.random
    lines = [
        "# yaml-language-server: $schema=../../../schemas/les.schema.json",
        f"id: {name}",
        "versie: 1",
        "status: review",
        f"titel: Proefles over {rng.choice(WORDS)} en {rng.choice(WORDS)}",
        f"thema: {slug}",
        f"samenvatting: {writer.sentence()}",
        "minuten: 45",
        "taalniveaus:\n  - A1\n  - A2",
        "abstractieniveau: concreet",
        "groepsvorm: Hele groep en tweetallen",
        "werkvorm:\n  - kringgesprek\n  - tweetallen",
        "routes:\n  - b1-route\n  - z-route",
        "materiaal:\n  - naam: Werkblad A1 of A2\n    aantal: 1 per cursist",
        "gevoelig: false",
        "bijgewerkt_op: 2026-11-25",
        "doelen:",
    ]
    for _ in range(3):
        term = rng.choice(terms)[0]
        lines.append(f"  - tekst: {writer.sentence()}\n    eindtermen:\n      - {term}")
    lines.append("woorden:")
    for word in rng.sample(WORDS, 8):
        lines.append(
            f"  - woord: {word}\n    uitleg: {writer.sentence(12)}\n    voorbeeld: {writer.sentence()}"
        )
    lines.append("docent: |")
    for _ in range(4):
        lines.append(f"  - **{rng.choice(WORDS)}.** {writer.sentences(3)} [bron:regeling-inburgering-2021]")
    lines.append("stappen:")
    for number in range(1, 6):
        lines += [
            f"  - titel: Stap {number}",
            "    minuten: 9",
            "    docent: |",
            f"      {writer.sentences(5)}",
            "",
        ]
        lines += [f"      - {writer.sentence()}" for _ in range(4)]
        lines.append(f"    cursisten: {writer.sentences(3)}")
    lines.append("differentiatie:")
    for level in ("alfa", "A1", "A2", "B1"):
        lines.append(f"  - niveau: {level}\n    tekst: {writer.sentences(4)}")
    if items:
        lines.append("controlevragen:")
        lines += [f"  - {item}" for item in sorted(rng.sample(items, min(5, len(items))))]
    lines.append("verder:")
    lines += [f"  - tekst: {writer.sentences(2)}" for _ in range(2)]
    lines.append("handouts:")
    for level in ("A1", "A2"):
        lines += [f"  - taalniveau: {level}", f"    titel: {writer.sentence(5)}", "    delen:"]
        for part in range(1, 6):
            lines += [f"      - kop: Deel {part}", "        tekst: |"]
            lines += [f"          - {writer.sentence()}" for _ in range(6)]
            lines.append(f"        schrijfregels: 2\n        antwoord: {writer.sentence()}")
    lines += ["bronnen:", "  - id: regeling-inburgering-2021", "licentie: CC BY 4.0", "herkomst: machine"]
    lines += ["maker: generator", "trefwoorden:", f"  - {rng.choice(WORDS)}"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write a project to look at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--lessons", type=int, default=0)
    parser.add_argument("--site", action="store_true", help="copy the source of the site too")
    parser.add_argument("--quiet", action="store_true", help="items in which the checks find little")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    made = write_project(
        given.folder,
        given.items,
        given.lessons,
        site=given.site,
        seed=given.seed,
        status="concept" if given.quiet else "review",
        quiet=given.quiet,
    )
    print(f"{len(made.items)} items, {len(made.lessons)} lessons, item numbers widened: {made.widened}")


if __name__ == "__main__":
    main()
