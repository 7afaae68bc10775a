"""The size of letters in our own drawings, and how wide that makes a drawing on paper."""

from __future__ import annotations

import pytest

from builder.export.sheet import question_width, task_width
from builder.model.kandidaat import Plaatje
from builder.picture_letters import READABLE, smallest_letters, width_to_read
from tests.conftest import ROOT


def drawing(name: str) -> bytes:
    (file,) = ROOT.glob(f"items/*/{name}.svg")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("werk-019", 18),  # small letters and capitals, some smaller than others
        ("geschiedenis-052", 20),  # small letters only: "een naam"
        ("instanties-053", 18.6),  # capitals only
        ("geschiedenis-002", 0),  # strokes that look like a text
        ("gezondheid-036", 0),  # no letters at all
    ],
)
def test_the_smallest_letters_are_found(name: str, size: float) -> None:
    assert smallest_letters(drawing(name)) == pytest.approx(size, rel=0.02)


def test_a_drawing_that_is_scaled_has_smaller_letters() -> None:
    whole = drawing("werk-019").decode()
    body = whole.partition(">")[2].removesuffix("</svg>").strip()
    half = f'{whole.partition(">")[0]}><g transform="translate(3 4) scale(0.5)">{body}</g></svg>'
    assert smallest_letters(half.encode()) == pytest.approx(9, rel=0.02)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg", b'<svg><path d="MQZ Q Z"/></svg>'])
def test_what_is_no_drawing_has_no_letters(data: bytes) -> None:
    assert smallest_letters(data) == 0


def test_a_picture_is_as_wide_as_its_letters_ask_within_its_room() -> None:
    data = drawing("werk-019")
    wide = width_to_read(data, (480, 320), 55, (105, 90), READABLE)
    assert 18 * wide / 480 * 72 / 25.4 == pytest.approx(9, rel=0.02)
    assert width_to_read(data, (480, 320), 55, (80, 90), READABLE) == 80
    assert width_to_read(data, (480, 320), 55, (105, 40), READABLE) == 60
    assert width_to_read(drawing("geschiedenis-002"), (480, 320), 55, (105, 90), READABLE) == 55


def test_who_learns_to_read_gets_larger_letters() -> None:
    plaatje = Plaatje("x.svg", "x", drawing("werk-019"), "image/svg+xml", 480, 320)
    assert task_width(plaatje) > question_width([None, plaatje], 55, (105, 90)) > 80
    assert question_width([None], 55, (105, 90)) == 55
