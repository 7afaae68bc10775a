"""Pictures: nothing in them acts, calls elsewhere or disappears on another background."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.pictures import inspect
from tests.conftest import ROOT

GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320"><rect width="480" height="320" fill="#fff"/>%s</svg>'


def png(width: int, height: int) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + struct.pack(">II", width, height)
        + b"\x08\x02\0\0\0"
    )


def test_a_plain_drawing_is_good() -> None:
    found = inspect("a.svg", (GOOD % '<path d="M0 0 L9 9" fill="url(#g)"/>').encode())
    assert (found.media_type, found.width, found.height, found.problems) == ("image/svg+xml", 480, 320, ())


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<text>huis</text>", "losse letters"),
        ("<style>rect{fill:red}</style>", "<style>"),
        ("<foreignObject/>", "geen tekening"),
        ('<image href="x.png"/>', "ander plaatje"),
        ("<animate/>", "animatie"),
        ('<a href="#x"/>', "link"),
        ('<rect onclick="alert(1)"/>', "opdracht"),
        ('<rect onLoad="alert(1)"/>', "opdracht"),
        ('<use href="https://elders.example/x.svg#a"/>', "naar buiten"),
        (
            '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>',
            "naar buiten",
        ),
        ('<rect fill="url(https://elders.example/x)"/>', "naar buiten"),
        ("<rect style=\"background: url( '//elders.example/x' )\"/>", "naar buiten"),
        ('<rect fill="javascript:alert(1)"/>', "naar buiten"),
    ],
)
def test_what_does_not_belong_in_a_drawing(inside: str, said: str) -> None:
    problems = inspect("a.svg", (GOOD % inside).encode()).problems
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.svg", b"", "geen goede SVG"),
        ("a.svg", b"<svg", "geen goede SVG"),
        ("a.svg", b"<html/>", "begint niet met <svg>"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>', "DOCTYPE"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99999 10"/>', "viewBox"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/></svg>', "achtergrond"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="none"/></svg>', "achtergrond"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="4" height="9"/></svg>', "achtergrond"),
        ("a.svg", b" " * 300_000, "groter dan 200 kB"),
        ("a.png", b"GIF89a", "geen goede PNG"),
        ("a.png", png(0, 10), "beeldpunten"),
        ("a.png", png(5000, 10), "beeldpunten"),
        ("a.jpg", b"\xff\xd8", "geen SVG of PNG"),
        ("a", b"", "geen SVG of PNG"),
    ],
)  # fmt: skip
def test_what_is_no_good_picture(name: str, data: bytes, said: str) -> None:
    problems = inspect(name, data).problems
    assert any(said in problem for problem in problems), problems


def test_a_png_tells_its_size() -> None:
    found = inspect("A.PNG", png(640, 480))
    assert (found.media_type, found.width, found.height, found.problems) == ("image/png", 640, 480, ())


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    st.binary(max_size=200)
    | st.text(alphabet="<>/svg rect=\"'&;#x0?!-[]viewBox:", max_size=80).map(str.encode)
    | st.text(max_size=40).map(lambda text: (GOOD % text).encode("utf-8", errors="surrogatepass"))
)
def test_any_bytes_are_judged(data: bytes) -> None:
    for name in ("a.svg", "a.png"):
        found = inspect(name, data)
        assert found.problems or (found.width > 0 and found.height > 0)


def test_our_own_pictures_are_good() -> None:
    pictures = [
        path
        for folder in ("items", "content", "tests/voorbeeldbank")
        for path in (ROOT / folder).rglob("*.svg")
    ]
    assert pictures
    assert {
        path.name: found for path in pictures if (found := inspect(path.name, path.read_bytes()).problems)
    } == {}
