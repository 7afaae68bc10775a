"""The reader on anything: it never falls over, always says something, and reads back what we write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builder import checks, yaml_writing
from builder.diagnostics import Diagnostic
from builder.loading.document import Document
from builder.loading.link import link
from builder.loading.read import MAX_BYTES, LazyPositions, parse, read, scalar
from builder.loading.validate import load_schemas, validate
from tests.conftest import ROOT

PATH = "items/wonen/wonen-001.yaml"
SCHEMAS = load_schemas(ROOT / "schemas")
# Slow machines are no finding; the time limits that matter have a test of their own. No example database:
# it would lie in the project.
STEADY = settings(
    max_examples=200,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

# Text that looks like YAML more often than chance would have it.
TOKENS = st.sampled_from(
    ["id: ", "stam: ", "opties:\n", "  - ", "- ", "tekst: ", ": ", "\n", "\n  ", "\t", "'", '"', "&a ", "*a", "<<: ",
     "!!python/object:os.system ", "!x ", "|\n", ">\n", "---\n", "...\n", "[", "]", "{", "}", ",", "#", "%YAML 1.1\n",
     "@", "`", "? ", "~", "null", "yes", "12:30", "2.10", "1e3", "0x1f", "99999999999999999999999", "\r\n", "\r",
     "\u2028", "\x85", "\ufeff", "\x00", "\x07", "é", "العربية", "😀", "wonen-001"]
)  # fmt: skip
YAMLISH = st.lists(TOKENS | st.text(max_size=4), max_size=40).map("".join)


def lines_of(raw: bytes) -> int:
    """How many lines YAML sees: it also breaks a line at a lone return and at some rare characters."""
    text = raw.decode("utf-8", errors="replace")
    for mark in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(mark, "\n")
    return text.count("\n") + 1


def judge(raw: bytes) -> None:
    """Reading gives a document or findings with a real place; so does validating what was read."""
    data, text, found = parse(PATH, raw)
    assert (data is not None) or found
    if data is not None:
        assert isinstance(data, dict) and all(isinstance(key, str) for key in data)
        document = Document(PATH, "item", data, LazyPositions(text))
        _, unfit = validate([document], SCHEMAS)
        found = [*found, *unfit]
    for finding in found:
        placed(finding, raw)


def placed(finding: Diagnostic, raw: bytes) -> None:
    at = finding.location
    assert at.path == PATH
    assert 1 <= at.line <= lines_of(raw) + 1
    assert 1 <= at.column <= len(raw) + 1
    assert finding.message and finding.message[-1] in ".?", finding.message


@STEADY
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfei\x00d\x00:\x00")
@example(b"a: caf\xe9\n")
@example(b"\xed\xa0\x80: 1")
def test_any_bytes_give_a_document_or_a_finding(raw: bytes) -> None:
    judge(raw)


@STEADY
@given(st.text(max_size=300))
@example("versie: 99999999999999999999999999\n")
@example('id: "wonen-001\\n"\n')
@example("opties: 3\n")
@example("? [a, b]\n: c\n")
@example("- " * 500)
@example("[" * 5000)
@example("{a: " * 5000)
@example("a: " + "[" * 39 + "]" * 39)
def test_any_text_gives_a_document_or_a_finding(text: str) -> None:
    judge(text.encode("utf-8", errors="surrogatepass"))


@settings(STEADY, max_examples=500)
@given(YAMLISH)
def test_any_text_like_yaml_gives_a_document_or_a_finding(text: str) -> None:
    judge(text.encode("utf-8", errors="surrogatepass"))


ITEM = (ROOT / "tests/voorbeeldbank/items/wonen/wonen-001.yaml").read_bytes()


@settings(STEADY, max_examples=300)
@given(st.integers(0, len(ITEM)), st.integers(0, 12), YAMLISH)
def test_a_good_file_with_a_piece_changed_gives_a_document_or_a_finding(at: int, cut: int, new: str) -> None:
    judge(ITEM[:at] + new.encode("utf-8", errors="surrogatepass") + ITEM[at + cut :])


# What YAML can hold: everything but control characters and lone halves of surrogate pairs.
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
) | st.sampled_from("\n\t")
WORDS = st.sampled_from(
    ["no", "yes", "on", "off", "null", "~", "true", "False", "12:30", "2.10", "007", "1e3", "0x1f", ".5", "+1",
     "5.1.2", "2026-05-12", "2.3", "", " ", "#", "# geen commentaar", "a # b", "a: b", "- a", "'", '"', "'\"'", "\\",
     "\\n", "a\nb", "\n", "a\n", "\n\na", "  a", "a  ", "@a", "`a`", "%a", "*a", "&a", "!a", "!!str a", "[a]", "{a: b}",
     "---", "...", "? a", "|", ">", "=", "<<", "😀", "العربية", "መጽሐፍ", "\u2028", "\xa0", "\ufeff", "é" * 120]
)  # fmt: skip
TEXTS = WORDS | st.text(CHARACTERS, max_size=40)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-(10**9), 10**9) | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@settings(STEADY, max_examples=400)
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5))
def test_what_we_write_we_read_back(data: dict[str, Any]) -> None:
    written = yaml_writing.dump(data, "../../schemas/item.schema.json")
    read, _, found = parse(PATH, written.encode("utf-8"))
    assert [finding.message for finding in found] == []
    assert read == data


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "12:30", "2026-05-12", "5.1.2", "007", "1e3", "0x1f", "1_000"]
)
def test_a_plain_word_stays_text(word: str) -> None:
    assert scalar(word) == word


def test_every_value_and_key_has_its_place() -> None:
    text = "id: a\nopties:\n  - tekst: x\n    juist: true\n  - tekst: y\n"
    positions = LazyPositions(text)
    assert positions.at(("id",)) == (1, 5)
    assert positions.at(("opties", 0, "juist")) == (4, 12)
    assert positions.key_at(("opties", 0, "juist")) == (4, 5)
    assert positions.at(("opties", 1, "toelichting")) == (5, 5)  # not there: the nearest that is
    assert positions.at(()) == (1, 1)


def bomb(depth: int = 60) -> str:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, depth)]
    return "\n".join(layers)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(), "R008"),
        ("a: &a [*a]\n", "R008"),
        ("[" * 100_000, "R016"),
        ("a: " + "{a: " * 50_000, "R016"),
        ("- " * 100_000, "R016"),
        ("a: !!python/object/apply:os.system ['true']\n", "R015"),
        ("a: " + "x" * MAX_BYTES, "R002"),
        ('a: "' + "x" * 200_000, "R006"),
        ("a: b\n" * 10_000, "R007"),
    ],
    ids=["bomb", "own tail", "brackets", "braces", "dashes", "python", "large", "quote", "double keys"],
)
def test_what_is_meant_to_hurt_is_refused_within_a_second(text: str, code: str) -> None:
    start = time.process_time()
    data, _, found = parse(PATH, text.encode("utf-8"))
    took = time.process_time() - start
    assert data is None
    assert code in {finding.rule.code for finding in found}
    assert took < 1


# The whole way: any document of a good bank with anything in the place of one of its values.
BANK, _ = read(ROOT / "tests/voorbeeldbank")


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


PLACES = [(document, path) for document in BANK.documents for path, _ in places(document.data) if path]
PARTS = [value for document in BANK.documents for path, value in places(document.data) if path]
NOTHING = object()


def with_other_value(data: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy of the data with `new` at the path, or with nothing there at all."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(data, list):
        inner = [with_other_value(part, rest, new) if at == first else part for at, part in enumerate(data)]
        return [part for part in inner if part is not NOTHING]
    changed = {key: with_other_value(part, rest, new) if key == first else part for key, part in data.items()}
    return {key: part for key, part in changed.items() if part is not NOTHING}


@settings(STEADY, max_examples=150)
@given(st.sampled_from(PLACES), st.sampled_from(PARTS) | VALUES | st.just(NOTHING))
def test_a_bank_with_one_wrong_value_gives_findings(
    place: tuple[Document, tuple[str | int, ...]], new: Any
) -> None:
    spoilt, path = place
    text = yaml_writing.dump(with_other_value(spoilt.data, path, new), "schema.json")
    data, _, found = parse(spoilt.path, text.encode("utf-8", errors="surrogatepass"))
    others = [document for document in BANK.documents if document is not spoilt]
    documents = (
        others if data is None else [*others, Document(spoilt.path, spoilt.kind, data, LazyPositions(text))]
    )
    good, unfit = validate(sorted(documents, key=lambda document: document.path), SCHEMAS)
    fallen = {document.path for document in BANK.documents} - {document.path for document in good}
    broken = {path.rpartition("/")[2].removesuffix(".yaml") for path in fallen}
    bank, unlinked = link(good, BANK.pictures, broken)
    for finding in [*found, *unfit, *unlinked, *checks.check(bank)]:
        assert finding.location.line >= 1 and finding.location.column >= 1
        assert finding.message.strip()
