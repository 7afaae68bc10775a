"""The rules for writing items: a corpus of small questions measures them, and each is tried both ways."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from builder.checks import item_writing
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.loading.read import parse
from builder.model.item import Item, Optie
from builder.model.itembank import Itembank, Source
from builder.model.lijsten import Afbeelding, Bronverwijzing
from builder.model.toets import Plek, Toets, Variant, Variantplek
from tests.timing import spent

CORPUS = Path(__file__).with_name("corpus.yaml")
RULES = {rule.code: rule for rule in item_writing.RULES}
ERNST = {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing", Severity.ADVICE: "advies"}
OF_A_TOETS = {"C427", "C428", "C430", "C432", "C437"}


class NoPositions:
    def at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        return 1, 1


def item_of(row: dict[str, Any], item_id: str = "wonen-001", **changes: Any) -> Item:
    right = row.get("goed", 1) - 1
    item = Item(
        id=item_id,
        versie=1,
        status="review",
        eindterm="3.1.2",
        stof="examenstof",
        taalniveau="A2",
        abstractieniveau="verband",
        beheersing=row.get("beheersing", "onthouden"),
        soort="meerkeuze",
        stam=row["stam"],
        context=row.get("context", ""),
        afbeelding=Afbeelding("wonen-001.svg", row["beeld"], "redactie", "CC BY 4.0")
        if "beeld" in row
        else None,
        opties=tuple(
            Optie(juist=index == right, tekst=str(tekst), vast=row.get("vast", False))
            for index, tekst in enumerate(row["opties"])
        ),
        bronnen=(Bronverwijzing("folder"),),
        veroudert="niet",
        herkomst="mens",
        maker="auteur",
    )
    return replace(item, **changes)


def bank_of(*items: Item, toetsen: tuple[Toets, ...] = ()) -> Itembank:
    names = [*(item.id for item in items), *(toets.id for toets in toetsen)]
    known = {
        "eindtermen": None,
        "items": {item.id: item for item in items},
        "toetsen": {toets.id: toets for toets in toetsen},
        "broken": frozenset(),
        "locations": {name: Source(f"{name}.yaml", NoPositions()) for name in names},
    }
    return Itembank(**{field.name: known.get(field.name, {}) for field in fields(Itembank)})


def found_in(*items: Item, toetsen: tuple[Toets, ...] = ()) -> list[Diagnostic]:
    bank = bank_of(*items, toetsen=toetsen)
    return list(item_writing.check(bank))


def codes_of(stam: str, *opties: str, **row: Any) -> set[str]:
    changes = row.pop("changes", {})
    return {
        finding.rule.code for finding in found_in(item_of({"stam": stam, "opties": opties, **row}, **changes))
    }


@cache
def corpus() -> tuple[dict[str, Any], ...]:
    # Our reader wants a mapping at the top of a file; the corpus is a list.
    text = "rijen:\n" + CORPUS.read_text(encoding="utf-8")
    data, _, wrong = parse("corpus.yaml", text.encode())
    assert data is not None and not wrong, wrong
    return tuple(data["rijen"])


@cache
def measured() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Stem, named flaw and codes found, for every row; a second flaw that the row admits is left out."""
    rows = []
    for row in corpus():
        items = [item_of(row)]
        if "naast" in row:
            items.append(item_of(row["naast"], "wonen-002"))
        codes = {finding.rule.code for finding in found_in(*items)}
        rows.append((row["stam"], row["fout"], frozenset(codes - {row.get("ook")})))
    return tuple(rows)


def table() -> list[tuple[Rule, int, int, int, int]]:
    """Rule, rows with this flaw, found of those, found elsewhere, found in sound rows."""
    lines = []
    for code, rule in sorted(RULES.items()):
        if code in OF_A_TOETS:
            continue
        wanted = [found for _, flaw, found in measured() if flaw == code]
        hits = sum(code in found for found in wanted)
        elsewhere = sum(code in found for _, flaw, found in measured() if flaw != code)
        sound = sum(code in found for _, flaw, found in measured() if not flaw)
        lines.append((rule, len(wanted), hits, elsewhere, sound))
    return lines


def as_markdown() -> str:
    sound = sum(not flaw for _, flaw, _ in measured())
    lines = [
        f"{len(measured())} vragen: {sound} zonder fout, {len(measured()) - sound} met één genoemde fout.",
        "",
        "| code | regel | ernst | met deze fout | gevonden | elders gemeld | precisie | vangst |",
        "|---|---|---|---:|---:|---:|---:|---:|",
    ]
    totals: dict[Severity, list[int]] = defaultdict(lambda: [0, 0, 0])
    for rule, wanted, hits, elsewhere, _ in table():
        precision = f"{hits / (hits + elsewhere):.2f}" if hits + elsewhere else "–"
        recall = f"{hits / wanted:.2f}" if wanted else "–"
        lines.append(
            f"| {rule.code} | {rule.name} | {ERNST[rule.severity]} | {wanted} | {hits} | {elsewhere} | {precision} | {recall} |"
        )
        for place, value in enumerate((wanted, hits, elsewhere)):
            totals[rule.severity][place] += value
    for severity, (wanted, hits, elsewhere) in sorted(totals.items()):
        lines.append(
            f"| | alle samen | {ERNST[severity]} | {wanted} | {hits} | {elsewhere} | {hits / (hits + elsewhere):.2f} "
            f"| {hits / wanted:.2f} |"
        )
    return "\n".join(lines) + "\n"


def test_the_corpus_is_large_and_half_sound() -> None:
    flaws = [flaw for _, flaw, _ in measured()]
    assert len(flaws) >= 120
    assert 0.4 <= flaws.count("") / len(flaws) <= 0.6
    assert {flaw for flaw in flaws if flaw} == RULES.keys() - OF_A_TOETS


def test_a_warning_is_nearly_always_right() -> None:
    print("\n" + as_markdown())
    too_eager = [
        f"{rule.code}: {hits} right, {elsewhere} wrong"
        for rule, _, hits, elsewhere, _ in table()
        if rule.severity is not Severity.ADVICE and hits < 0.9 * (hits + elsewhere)
    ]
    assert too_eager == []


def test_the_first_error_rules_block_and_the_others_do_not() -> None:
    assert [rule.code for rule in RULES.values() if rule.severity is Severity.ERROR] == ["C412"]


# Both ways: what must be found, and beside it the sound question that looks like it.
QUIET = ("Wie belt u bij koorts?", "De huisarts", "De tandarts", "De makelaar")


def test_a_plain_question_is_quiet() -> None:
    assert codes_of(*QUIET) == set()


@pytest.mark.parametrize(
    ("code", "stam", "opties", "row"),
    [
        ("C401", "Wat is een cao?", QUIET[1:], {"beheersing": "toepassen"}),
        ("C402", "Hoe heet de burgemeester van uw gemeente?", ("Bakker", "De Boer", "Smit"), {}),
        ("C403", "De hoofdstad is …", ("Amsterdam", "Den Haag", "Utrecht"), {}),
        (
            "C404",
            "Wanneer is Pasen?",
            ("In april", "In juni", "In mei"),
            {"context": "Lina koopt een fiets."},
        ),
        ("C405", "Welke uitspraak is waar?", ("De zee is zout", "De bus is gratis", "De les is kort"), {}),
        ("C406", "Wat mag een verhuurder niet doen?", ("Binnenkomen", "Huur ontvangen", "Schilderen"), {}),
        ("C407", "Wat mag een verhuurder NIET doen?", ("Binnenkomen", "Huur ontvangen", "Schilderen"), {}),
        ("C408", "Wat is niet verboden?", ("Wandelen", "Stelen", "Vechten"), {}),
        ("C408", "Wat mag een baas niet zeggen?", ("Je krijgt geen loon", "Goedemorgen", "Welkom"), {}),
        ("C409", "Wat geldt?", ("U betaalt", "U betaalt niet", "U wacht"), {}),
        ("C410", "Wie belt u en wat zegt u?", QUIET[1:], {}),
        ("C411", QUIET[0], QUIET[1:3], {}),
        ("C412", QUIET[0], ("De huisarts", "De tandarts", "Geen van beide"), {}),
        ("C413", QUIET[0], ("De huisarts", "De tandarts", "Je belt."), {}),
        ("C414", "Vanaf wanneer mag dit?", ("18 jaar", "12 jaar", "Met een fiets"), {}),
        ("C415", QUIET[0], ("De huisarts, want die kan u doorsturen", "De bakker", "De slager"), {}),
        ("C416", QUIET[0], ("De huisarts", "De winkel aan de overkant van de lange straat", "De slager"), {}),
        ("C417", "Hoeveel dagen per week?", ("Twee dagen", "Drie dagen", "In de trein"), {}),
        ("C418", "Wat doet u?", ("Je belt de huisarts", "Je belt de politie", "Je belt de buren"), {}),
        (
            "C419",
            "Wie int de belasting?",
            ("De inspecteur van belasting", "De baas van de school", "De arts"),
            {},
        ),
        ("C420", "Waar vraagt u huurtoeslag aan?", ("Bij Toeslagen", "Bij de bank", "Bij de arts"), {}),
        ("C421", "Wat geldt?", ("U betaalt", "U betaalt altijd", "U wacht"), {}),
        ("C422", "Wat geldt?", ("U betaalt", "U betaalt meestal", "U wacht"), {}),
        ("C423", QUIET[0], ("De huisarts", "De huisarts met een tolk", "De makelaar"), {}),
        ("C424", "Voor wie?", ("16 tot en met 18 jaar", "18 tot en met 20 jaar", "30 jaar"), {"vast": True}),
        ("C425", "Vanaf welke leeftijd?", ("18 jaar", "12 jaar", "16 jaar"), {}),
        ("C426", "Vanaf welke leeftijd?", ("12 jaar", "16 jaar", "18 jaar"), {}),
        ("C431", "Hoe hoog is de boete?", ("50 euro", "70 euro", "90 euro"), {"vast": True}),
        ("C433", "Wat is dit?", ("Een dijk", "Een brug", "Een toren"), {"beeld": "Een dijk bij de zee."}),
        ("C434", "Wat vindt u van school?", ("Goed", "Slecht", "Saai"), {}),
        ("C435", "Wat is het beste?", ("Bellen", "Wachten", "Slapen"), {}),
        ("C436", "Welke kleuren?", ("Rood, wit en blauw", "Rood en groen", "Blauw en zwart"), {}),
        ("C438", QUIET[0], ("De huisarts", "De bakker of de slager", "De man van de krant"), {}),
        ("C439", "Wie belt zij?", QUIET[1:], {"context": "Sara heeft een huisarts."}),
    ],
)
def test_a_flaw_is_found(code: str, stam: str, opties: tuple[str, ...], row: dict[str, Any]) -> None:
    assert code in codes_of(stam, *opties, **row)


@pytest.mark.parametrize(
    ("code", "stam", "opties", "row"),
    [
        ("C401", "Wat is een cao?", QUIET[1:], {"beheersing": "onthouden"}),
        (
            "C401",
            "Wat is hier de eerste stap?",
            QUIET[1:],
            {"beheersing": "toepassen", "context": "Ali is ziek."},
        ),
        ("C402", "Bij wie in de gemeente haalt u een paspoort?", QUIET[1:], {}),
        ("C403", 'Wat betekent "Wie zwijgt, stemt toe?"?', QUIET[1:], {}),
        ("C404", "Wie belt Lina?", QUIET[1:], {"context": "Lina heeft koorts."}),
        ("C404", "Wie belt zij?", QUIET[1:], {"context": "Lina heeft koorts."}),
        ("C405", "Welke uitspraken doet een rechter?", QUIET[1:], {}),
        ("C406", "Wat doet u als u niet kunt werken?", QUIET[1:], {}),
        ("C406", "Wie helpt een kind dat niet leert?", QUIET[1:], {}),
        ("C406", 'Wat betekent het bord "Niet roken"?', QUIET[1:], {}),
        ("C406", "Mag dit wel of niet?", QUIET[1:], {}),
        ("C408", "Wat mag een baas niet zeggen?", ("Je krijgt loon", "Goedemorgen", "Welkom"), {}),
        ("C409", "Wat gebeurt er?", ("U krijgt een brief", "Er gebeurt niets", "U krijgt een prijs"), {}),
        ("C409", "Wat is nodig?", ("Niet alleen werk, ook geld", "Een huis", "Een tuin"), {}),
        ("C410", "Wat is het verschil tussen huren en kopen?", QUIET[1:], {}),
        ("C412", "Wie tekent?", ("Beide ouders", "De leraar", "De directeur"), {}),
        ("C412", "Welk rijbewijs?", ("C en D", "A en B", "B en D"), {}),
        ("C412", "Wie betaalt?", ("De voorgaande eigenaar", "De buurman", "De makelaar"), {}),
        ("C412", "Welke vitamine?", ("Vitamine A en D", "Vitamine B", "Vitamine C"), {}),
        ("C414", "Welk nummer?", ("112", "0900-8844", "144"), {}),
        ("C415", "Wie helpt?", ("Het consultatiebureau", "De bakker", "De slager"), {}),
        ("C417", "Hoeveel kost het?", ("Niets", "5 euro", "50 euro"), {}),
        ("C418", "Hoe oud?", ("16 jaar oud", "18 jaar oud", "21 jaar oud"), {}),
        ("C419", "Wie int de belasting?", ("De dienst", "De school", "De arts"), {}),
        ("C419", "Wie int de belasting?", ("De belastinginspecteur", "De belasting zelf", "De arts"), {}),
        ("C421", "Hoeveel?", ("Alle twaalf provincies", "Drie provincies", "Zes provincies"), {}),
        ("C422", "Wanneer?", ("Zo vaak als het kan", "Hoe vaak u wilt", "Op zondag"), {}),
        ("C423", "Welk gebied?", ("Holland", "Zuid-Holland", "Drenthe"), {}),
        ("C424", "Tot welke leeftijd?", ("Tot 16 jaar", "Tot 18 jaar", "Tot 21 jaar"), {"vast": True}),
        ("C424", "Welke jaren?", ("1935-1940", "1940-1945", "1945-1950"), {"vast": True}),
        ("C425", "Hoe lang?", ("Drie weken", "Twee maanden", "Een jaar"), {"vast": True}),
        ("C426", "Hoe lang?", ("Drie weken", "Twee maanden", "Een jaar"), {"vast": True}),
        ("C431", "Wat kostte een brood in 1950?", ("1 euro", "2 euro", "3 euro"), {}),
        (
            "C433",
            "Wat is dit?",
            ("Een dijk", "Een brug", "Een toren"),
            {"beeld": "Een dijk, een brug en een toren."},
        ),
        ("C434", "Waar vindt u een huisarts?", QUIET[1:], {}),
        ("C434", "Wat vindt u in een bibliotheek?", ("Boeken", "Kaas", "Schoenen"), {}),
        ("C435", "Wat is volgens de wet de beste plaats?", ("Buiten", "Binnen", "Boven"), {}),
        ("C439", "Wie belt zij?", QUIET[1:], {"context": "Sara heeft een huisarts en een tandarts."}),
    ],
)
def test_what_only_looks_like_a_flaw_is_not(
    code: str, stam: str, opties: tuple[str, ...], row: dict[str, Any]
) -> None:
    assert code not in codes_of(stam, *opties, **row)


def test_good_items_of_the_guide_are_quiet() -> None:
    assert (
        codes_of(
            "Het is 4 mei, 8 uur 's avonds. Iedereen is stil. Waarom?",
            "Wij denken aan de doden van de oorlog.",
            "Wij vieren het einde van de oorlog.",
            "Wij vieren de verjaardag van de koning.",
        )
        == set()
    )
    assert (
        codes_of(
            "Wat is de Holocaust?",
            "De vervolging van en moord op de Joden in Europa.",
            "Het bombardement op Rotterdam in mei 1940.",
            "De winter met veel honger aan het eind van de oorlog.",
        )
        == set()
    )


def test_a_finding_points_at_the_option_and_names_the_word() -> None:
    finding = next(
        finding
        for finding in found_in(
            item_of({"stam": "Wat geldt?", "opties": ["U betaalt", "U wacht", "U slaapt nooit"]})
        )
        if finding.rule.code == "C421"
    )
    assert finding.location.pointer == "/opties/2/tekst"
    assert '"nooit"' in finding.message and "antwoord 3" in finding.message


def test_no_sentence_for_the_author_is_longer_than_18_words() -> None:
    too_long = []
    for row in corpus():
        items = [item_of(row)] + ([item_of(row["naast"], "wonen-002")] if "naast" in row else [])
        for finding in found_in(*items):
            said = re.sub(r'"[^"]*"', '"…"', f"{finding.message} {finding.hint}")
            too_long += [part for part in re.split(r"(?<=[.?:])\s", said) if len(part.split()) > 18]
    for rule in RULES.values():
        too_long += [part for part in re.split(r"(?<=[.?:])\s", rule.why) if len(part.split()) > 18]
    assert too_long == []


def test_an_expired_or_unfinished_item_is_left_alone() -> None:
    wrong = {"stam": "Wat mag u niet?", "opties": ["Altijd slapen", "Slapen"]}
    assert found_in(item_of(wrong, status="vervallen", reden="Te oud.")) == []
    assert (
        found_in(item_of({"stam": "TODO schrijf hier de vraag?", "opties": ["TODO", "TODO", "TODO"]})) == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "...",
        "123",
        "كيف حالك؟",
        "ናይ ሆላንድ ሕጊ",
        "😀😀",
        "<b>niet</b>?",
        "niet " * 10_000,
        '"' * 10_000,
        "wie en " * 10_000,
    ],
)
def test_strange_text_gives_sentences_and_no_crash(text: str) -> None:
    start = time.process_time()
    found_in(item_of({"stam": text, "opties": [text, text + "x", "ja"], "context": text, "beeld": text}))
    assert time.process_time() - start < 2


# ---- sets ----


def forms(count: int, letters: str) -> tuple[tuple[Item, ...], Toets]:
    """Items whose key is the first option, and a toets that prints it at the given letters."""
    items = tuple(
        item_of(
            {"stam": f"Wat is woord{number}?", "opties": [f"Ja{number}", f"Nu{number}", f"Zo{number}"]},
            f"wonen-{number:03}",
        )
        for number in range(1, count + 1)
    )
    orders = {"A": (1, 2, 3), "B": (2, 1, 3), "C": (2, 3, 1)}
    plekken = tuple(
        Plek(item.id, 1, "0" * 64, orders[letter]) for item, letter in zip(items, letters, strict=True)
    )
    return items, Toets("proef", "Proef", "oefenen", "2026-11-25", 1, plekken)


def toets_codes(items: tuple[Item, ...], toets: Toets) -> list[tuple[str, str]]:
    return [
        (finding.rule.code, finding.location.pointer)
        for finding in found_in(*items, toetsen=(toets,))
        if finding.location.path == "proef.yaml"
    ]


def test_keys_in_balance_are_quiet_and_a_favourite_letter_is_not() -> None:
    assert toets_codes(*forms(12, "ABCCABBCAACB")) == []
    assert ("C427", "/items") in toets_codes(*forms(12, "BABBCBABBCBB"))


def test_a_variant_is_judged_too() -> None:
    items, toets = forms(12, "ABCCABBCAACB")
    places = tuple(Variantplek(item.id, (1, 2, 3)) for item in items)
    found = toets_codes(items, replace(toets, varianten=(Variant("B", places),)))
    assert ("C427", "/varianten/0/items") in found
    assert ("C428", "/varianten/0/items") in found


def test_a_small_form_is_not_judged() -> None:
    assert toets_codes(*forms(4, "BBBB")) == []


def test_five_in_a_row_is_told_once() -> None:
    found = toets_codes(*forms(12, "ABCCCCCABABA"))
    assert found.count(("C428", "/items")) == 1
    assert ("C428", "/items") not in toets_codes(*forms(12, "ABCCCCABABCA"))


def test_enemies_and_variants_do_not_meet() -> None:
    items, toets = forms(4, "ABCA")
    assert toets_codes(items, toets) == []
    enemies = (replace(items[0], vijanden=("wonen-003",)), *items[1:])
    assert toets_codes(enemies, toets) == [("C430", "/items/2/id")]
    variants = (*items[:3], replace(items[3], variant_van="wonen-002"))
    assert toets_codes(variants, toets) == [("C430", "/items/3/id")]


def test_a_name_in_three_stories_is_told() -> None:
    items, toets = forms(9, "ABCABCABC")
    named = tuple(
        replace(item, context="Fatima belt haar baas. Zij woont in Utrecht.") if number < 3 else item
        for number, item in enumerate(items)
    )
    assert toets_codes(named, toets) == [("C432", "/items")]
    assert toets_codes((*named[:2], *items[2:]), toets) == []


def test_the_longest_option_is_not_always_right() -> None:
    items, toets = forms(9, "ABCABCABC")
    long = tuple(
        replace(item, opties=(replace(item.opties[0], tekst=item.opties[0].tekst + "xx"), *item.opties[1:]))
        for item in items
    )
    assert ("C437", "/items") in toets_codes(long, toets)
    assert ("C437", "/items") not in toets_codes(items, toets)


def test_a_giveaway_is_told_at_the_telling_item_until_they_are_enemies() -> None:
    asks = item_of(
        {
            "stam": "Wie is voorzitter van de gemeenteraad?",
            "opties": ["De burgemeester", "De griffier", "De koning"],
        }
    )
    tells = item_of(
        {
            "stam": "Hoe lang blijft hij?",
            "context": "De burgemeester is voorzitter van de gemeenteraad.",
            "opties": ["Lang", "Kort", "Even"],
        },
        "wonen-002",
    )
    found = [finding for finding in found_in(asks, tells) if finding.rule.code == "C429"]
    assert [(finding.location.path, finding.location.pointer) for finding in found] == [
        ("wonen-002.yaml", "/context")
    ]
    assert "wonen-001" in found[0].message
    enemies = replace(asks, vijanden=("wonen-002",))
    assert not any(finding.rule.code == "C429" for finding in found_in(enemies, tells))


def test_the_time_grows_with_the_items() -> None:
    parts = ["ba", "dor", "gem", "huu", "kla", "lan", "sch", "wer", "zor", "bru", "ste", "pla"]
    words = [f"{one}{two}{three}el" for one in parts for two in parts for three in parts]
    items = []
    for number in range(2_000):
        pick = [words[(number * step + step) % len(words)] for step in range(1, 14)]
        row = {
            "context": f"De {pick[0]} van de {pick[1]} is in de {pick[2]}. De {pick[3]} belt de {pick[4]}.",
            "stam": f"Wie regelt de {pick[5]} bij de {pick[6]} van de {pick[7]}?",
            "opties": [f"De {pick[8]} van {pick[9]}", f"De {pick[10]} van {pick[11]}", f"De {pick[12]}"],
        }
        items.append(item_of(row, f"wonen-{number:05}"))
    few, many = bank_of(*items[:400]), bank_of(*items)
    few_seconds = spent(lambda: list(item_writing.check(few)))
    assert spent(lambda: list(item_writing.check(many)), 1) < 12 * few_seconds + 0.1  # quadratic would be 25


if __name__ == "__main__":
    print(as_markdown())
    for stem, flaw, codes in measured():
        if codes != ({flaw} if flaw else set()):
            print(f"{flaw or 'sound':6} {sorted(codes)} {stem}")
