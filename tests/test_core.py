"""The spine on small inputs: reading, schema, link, checks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder import checks
from builder.loading.load import load
from builder.loading.read import parse, scalar
from builder.project import Project

ROOT = Path(__file__).resolve().parents[1]

ITEM = """id: wonen-001
versie: 1
status: review
eindterm: 3.1.2
stof: examenstof
taalniveau: A2
abstractieniveau: verband
beheersing: toepassen
soort: meerkeuze
stam: Wie belt Amina?
opties:
  - tekst: De verhuurder
    juist: true
    toelichting: De verhuurder zorgt voor onderhoud.
  - tekst: De politie
    juist: false
    toelichting: De politie helpt bij gevaar.
bronnen:
  - id: regeling
veroudert: niet
herkomst: mens
maker: auteur
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    (tmp_path / "items/wonen").mkdir(parents=True)
    (tmp_path / "content").mkdir()
    (tmp_path / "items/wonen/wonen-001.yaml").write_text(ITEM, encoding="utf-8")
    (tmp_path / "content/bronnen.yaml").write_text(
        "bronnen:\n  - id: regeling\n    titel: Regeling\n    maker: Ministerie\n"
        "    gezien:\n      op: 2026-11-25\n      hoe: kopie\n",
        encoding="utf-8",
    )
    (tmp_path / "content/eindtermen.yaml").write_text(
        """bron: regeling
versie: 2026-04-18
gezien:
  op: 2026-11-25
  hoe: kopie
praktijksituaties:
  - Een
algemene_redzaamheid:
  - Een
themas:
  - nummer: "3"
    slug: wonen
    titel: Wonen
    omschrijving: Wonen
    samenvatting: Wonen
    handelingen:
      - nummer: "3.1"
        titel: Huis
        eindtermen:
          - nummer: 3.1.2
            tekst: Rechten
            samenvatting: Rechten
""",
        encoding="utf-8",
    )
    return Project(tmp_path)


def findings(project: Project, old: str = "", new: str = "") -> list[tuple[int, int, str]]:
    file = project.root / "items/wonen/wonen-001.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    bank, found = load(project)
    everything = [*found, *checks.check(bank)]
    return [(f.location.line, f.location.column, f.rule.code) for f in everything]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("juist: true", "juist: yes", [(13, 12, "S103")]),
        ("eindterm: 3.1.2", "eindterm: 3.1.12", [(4, 11, "L203")]),
        ("eindterm: 3.1.2", "eindterm: 3.1", [(4, 11, "S103")]),
        ("taalniveau: A2", "taalniveau: B2", [(6, 13, "S104")]),
        ("juist: false", "juist: true", [(16, 12, "C302")]),
        ("juist: true", "juist: false", [(12, 3, "C301")]),
        ("De politie", "de verhuurder.", [(15, 12, "C303")]),
        ("id: wonen-001", "id: wonen-002", [(1, 5, "L201")]),
        ("- id: regeling", "- id: regelin", [(19, 9, "L205")]),
        ("stam: Wie", 'stam: "Wie', [(10, 7, "R006")]),
        ("  - tekst: De ver", "\t- tekst: De ver", [(12, 1, "R005")]),
        ("stam: Wie", "stam: x\nstam: Wie", [(11, 1, "R007")]),
        ("soort: meer", "context: &a x\nsoort: meer", []),
    ],
)
def test_one_changed_value_gives_exactly_this_finding(
    project: Project, old: str, new: str, expected: list[tuple[int, int, str]]
) -> None:
    assert findings(project, old, new) == expected


@pytest.mark.parametrize(
    ("word", "value"),
    [("no", "no"), ("12:30", "12:30"), ("2026-05-12", "2026-05-12"), ("5.1.2", "5.1.2"), ("007", "007"),
     ("true", True), ("null", None), ("12", 12), ("2.3", 2.3)],
)  # fmt: skip
def test_plain_words_mean_what_an_author_means(word: str, value: object) -> None:
    assert scalar(word) == value


def test_a_yaml_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    data, _, found = parse("items/wonen/wonen-001.yaml", "\n".join(lines).encode())
    assert data is None
    assert [finding.rule.code for finding in found] == ["R008"]
