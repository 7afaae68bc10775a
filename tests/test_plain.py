"""The reader of plain YAML gives what the C parser gives, or says that a file is not its kind."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builder import yaml_writing
from builder.loading.composing import Unreadable, compose, position_index
from builder.loading.plain import LINE, plain
from builder.loading.positions import plain_index
from tests.conftest import ROOT
from tests.timing import spent

STEADY = settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
REAL = sorted([*ROOT.glob("items/**/*.yaml"), *ROOT.glob("content/**/*.yaml")])

# Lines that are nearly plain: what is odd about one is what decides whether it may be read here.
INDENT = st.sampled_from(["", "", "  ", "  ", "    ", " ", "   ", "      "])
KEYS = st.sampled_from(
    ["a", "b", "c", "id", "stam", "opties", "true", "null", "~", "1", "a b", "é", "<<", "a-b", "no", "="]
)
VALUES = st.sampled_from(
    ["x", "ja", "true", "null", "~", "12", "-3", "0", "007", "1.5", "1.", "12:30", "2026-01-02", "'q'", '"q"', "''", '""',
     "'it''s'", '"a\\n"', "'a: b'", '"a # b"', "x # y", "x #y", "x#y", "a: b", "a:b", "a:", ": a", "- a", "-a", "-", "?", "? a",
     "[a]", "[a", "{a: b}", "a, b", "*a", "&a x", "!x y", "|", ">-", "%a", "@a", "`a", "é", "x\u00a0", "\u00a0x", "x\u2028y",
     "x\x85", "\ufeffx", "😀", "x\ty", "x ", " x", "  x", "a 'b'", "'a' b", '"a" b', "'a", '"a', "=", "<<", "...", "---",
     "1e3", "0x1f", "+7", "1_000", "99999999999999999999999999999999", "http://x.y/z", "a?", "a!", "a}"]
)  # fmt: skip
LINES = st.one_of(
    st.builds("{}{}: {}".format, INDENT, KEYS, VALUES),
    st.builds("{}{}:".format, INDENT, KEYS),
    st.builds("{}- {}: {}".format, INDENT, KEYS, VALUES),
    st.builds("{}- {}:".format, INDENT, KEYS),
    st.builds("{}- {}".format, INDENT, VALUES),
    st.builds("{}{}".format, INDENT, VALUES),
    st.sampled_from(
        ["", "", " ", "# a: b", "  # x", "-", "- ", "---", "...", "- - a", "-  a", "a:  b", "a : b"]
    ),
)
TEXTS = st.lists(LINES, min_size=1, max_size=9).map("\n".join)
ENDED = st.builds(str.__add__, TEXTS, st.sampled_from(["", "\n", "\n\n", " ", "\n  "]))


GOOD = st.sampled_from(
    ["x", "ja en nee", "true", "12", "0", "007", "1.5", "12:30", "2026-01-02", "'q'", '"q: r"', "''", '""', "'it''s'",
     "a:b", "x#y", "é", "😀", "a 'b'", "http://x.y/z", "a?", "a}", "+7", "~", "null", "1e3", "=", "<<"]
)  # fmt: skip
GOOD_KEYS = st.sampled_from(["a", "b", "c", "d", "e", "f", "id", "stam", "opties", "a-b", "no", "x1"])


@st.composite
def orderly(draw: st.DrawFn) -> list[str]:
    """Lines that fit together: fields, lists and groups, at any depth."""

    def mapping(column: int, depth: int) -> list[str]:
        lines = []
        for key in draw(st.lists(GOOD_KEYS, min_size=1, max_size=4, unique=True)):
            kind = draw(st.integers(0, 3 if depth < 4 else 1))
            if kind <= 1:
                lines.append(f"{' ' * column}{key}: {draw(GOOD)}")
                continue
            lines.append(f"{' ' * column}{key}:")
            if kind == 2:
                lines += mapping(column + draw(st.integers(1, 4)), depth + 1)
            else:
                lines += entries(column + draw(st.integers(0, 3)), depth + 1)
        return lines

    def entries(column: int, depth: int) -> list[str]:
        lines = []
        for _ in range(draw(st.integers(1, 3))):
            if draw(st.booleans()):
                lines.append(f"{' ' * column}- {draw(GOOD)}")
            else:
                inner = mapping(column + 2, depth + 1)
                lines += [f"{' ' * column}- {inner[0].lstrip()}", *inner[1:]]
        return lines

    return mapping(0, 0)


@st.composite
def disturbed(draw: st.DrawFn) -> list[str]:
    """The same with one thing odd: a strange line, a value of another sort, another column, a line gone or twice."""
    lines = list(draw(orderly()))
    at = draw(st.integers(0, len(lines) - 1))
    kind = draw(st.integers(0, 5))
    if kind == 0:
        lines.insert(at, draw(LINES))
    elif kind == 1:
        lines[at] = f"{lines[at]}{draw(VALUES)}"
    elif kind == 2:
        lines[at] = draw(INDENT) + lines[at].lstrip()
    elif kind == 3:
        lines[at] = lines[at][draw(st.integers(0, 3)) :]
    elif kind == 4:
        del lines[at]
    else:
        lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
    return lines


def same(raw: bytes) -> bool:
    """Hold the quick reader to the C parser on one file; return whether it accepted the file."""
    quick = plain(raw)
    if quick is None:
        return False
    data, text = quick
    assert text == raw.decode()
    found: list[object] = []
    try:
        careful = compose("x.yaml", text, found)  # type: ignore[arg-type]
    except Unreadable as stop:
        raise AssertionError(f"accepted what cannot be read: {stop.found}") from None
    assert found == []
    assert repr(data) == repr(careful)
    assert plain_index(LINE.findall(text)) == position_index(text)
    return True


@STEADY
@given(ENDED)
@example("a:\n- x\n- y")
@example("a:\n  - b: 1\n    c:\n    - d\n  - b: 2\ne: f\n")
@example("# only a comment")
@example("a: b\n  c: d")
@example("a: b\n- c")
@example("- a: b")
def test_lines_that_are_nearly_plain(text: str) -> None:
    same(text.encode())


@STEADY
@given(orderly(), st.sampled_from(["", "\n", "\n\n"]))
def test_orderly_lines_are_all_accepted(lines: list[str], end: str) -> None:
    assert same(("\n".join(lines) + end).encode())


@STEADY
@given(disturbed())
def test_one_odd_thing_among_orderly_lines(lines: list[str]) -> None:
    same("\n".join(lines).encode())


TREES = st.recursive(
    st.one_of(st.text(max_size=12), st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abcdef"), inner, max_size=3)
    ),
    max_leaves=12,
)


@STEADY
@given(st.dictionaries(st.sampled_from("abcdef"), TREES, min_size=1, max_size=4))
def test_what_we_write_ourselves(data: dict[str, object]) -> None:
    same(yaml_writing.dump(data, "x.json").encode())


@STEADY
@given(ENDED)
def test_deeper_blocks(text: str) -> None:
    shifted = "\n".join(f"    {line}" if line.strip() else line for line in text.split("\n"))
    same(f"a:\n  - b:\n{shifted}\n  - d: e\nf: g\n".encode())


def test_the_real_bank() -> None:
    accepted = [same(file.read_bytes()) for file in REAL]
    assert sum(accepted) > 0.7 * len(REAL), "the quick reader is of no use if it takes few files"


@pytest.mark.parametrize(
    "raw",
    [b"a: \xff", b"\xef\xbb\xbfa: b", b"a: b\r\n", b"a:\tb", b"a: \x07", b"a: x\xc2\x85", b"", b"# a", b"a: b\n---\nc: d",
     b"a: b\na: c", b"true: b", b"a:", b"a: *b", b"a: &b c", b"a: !x b", b"a: b # c", b"a: |\n  b", b"[a]", b"a: b\n\tc: d",
     b"a:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 40)) + b" " * 40 + b"a: b", b"- a\n" * 8000],
)  # fmt: skip
def test_what_it_leaves_to_the_careful_reader(raw: bytes) -> None:
    assert plain(raw) is None


def test_data_is_plain_data() -> None:
    read = plain(b"id: wonen-001\nversie: 1\nopties:\n  - juist: true\n    tekst: 'Ja, ''s ochtends'\n")
    assert read is not None
    assert json.loads(json.dumps(read[0])) == {
        "id": "wonen-001",
        "versie": 1,
        "opties": [{"juist": True, "tekst": "Ja, 's ochtends"}],
    }


def test_it_is_quicker_than_the_careful_reader() -> None:
    """A wide ratio: it takes a third of the time."""
    texts = [raw.decode() for file in REAL if plain(raw := file.read_bytes())][:200]

    quick = spent(lambda: [plain(text.encode()) for text in texts])
    assert quick < 0.8 * spent(lambda: [compose("x.yaml", text, []) for text in texts])
