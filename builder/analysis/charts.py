"""Charts as SVG: what each score group chose, and how the totals are spread.

In: statistics. Out: SVG text that needs no other file, and the table behind it. Lines differ in dash, mark
and letter, so that they can be told apart without colour. Colours come from classes: a page gives them its
own, a file on its own gets those of `PRINT_STYLE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from builder.analysis.classical import FormStat, ItemStat
from builder.analysis.words import count as count_of
from builder.analysis.words import percent

WIDTH, HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 34, 16, 40
_MOST_LINES = 5
_MARKS = ("rond", "vierkant", "driehoek", "ruit", "kruis")
PRINT_STYLE = (
    "text{font-family:'Atkinson Hyperlegible';font-size:12px;fill:#22262a}.net{stroke:#cfc6b5;stroke-width:1}"
    ".as{stroke:#4d5459;stroke-width:1}.lijn{fill:none;stroke-width:2.5}.l0{stroke:#1f5a3c;stroke-width:3.5}"
    ".l1{stroke:#8a3d0b;stroke-dasharray:7 4}.l2{stroke:#1d4c58;stroke-dasharray:2 4}"
    ".l3{stroke:#5b3f8c;stroke-dasharray:11 3 2 3}.l4{stroke:#4d5459;stroke-dasharray:1 5}"
    ".m0{fill:#1f5a3c}.m1{fill:#8a3d0b}.m2{fill:#1d4c58}.m3{fill:#5b3f8c}.m4{fill:#4d5459}"
    ".staaf{fill:#8fb3bb;stroke:#1d4c58}.grens{stroke:#8a3d0b;stroke-width:2.5;stroke-dasharray:7 4}"
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title, what it shows in words, and the numbers: a head and rows of texts."""

    id: str
    title: str
    told: str
    body: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def svg(self, alone: bool = False) -> str:
        """Return the SVG: for a page, or (`alone`) as a file with its own colours."""
        style = f"<style>{PRINT_STYLE}</style>" if alone else ""
        ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>' if alone else ""
        name = escape(self.id, quote=True)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            f' role="img" aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(self.title)}</title>'
            f'<desc id="{name}-d">{escape(self.told)}</desc>{style}{ground}{self.body}</svg>'
        )


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    key: bool
    shares: tuple[float, ...]


def option_chart(item: ItemStat) -> Chart | None:
    """Return what each score group chose, None when there are no two groups with persons."""
    groups = [counts for counts in item.curves if sum(counts)]
    if len(groups) < 2:
        return None
    names = _group_names(len(groups))
    lines = _lines(item, groups)
    right = next((line for line in lines if line.key), None)
    if right is not None:
        told = (
            f"Van de laagste groep kiest {percent(right.shares[0])} het goede antwoord, "
            f"van de hoogste groep {percent(right.shares[-1])}."
        )
    else:
        told = (
            f"Per antwoord het deel van de groep dat het koos, in {len(groups)} groepen van laag naar hoog."
        )
    x = [_LEFT + (WIDTH - _LEFT - _RIGHT) * (place + 0.5) / len(groups) for place in range(len(groups))]
    parts = [_frame(names, x)]
    ends: list[tuple[float, str, int]] = []
    style = 1
    for line in lines:
        number = 0 if line.key else style
        style += 0 if line.key else 1
        y = [_height(share) for share in line.shares]
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
        parts.append(f'<polyline class="lijn l{number}" points="{points}"/>')
        parts += [_mark(a, b, number) for a, b in zip(x, y, strict=True)]
        ends.append((y[-1], line.label, number))
    parts += _labels(ends, x[-1] + 10)
    head = ("Antwoord", *names)
    rows = [
        (f"{line.label} (goed)" if line.key else line.label, *(percent(share) for share in line.shares))
        for line in lines
    ]
    rows.append(("Personen", *(str(sum(counts)) for counts in groups)))
    title = f"{item.vraag.id}: wie koos wat"
    return Chart(f"lijnen-{item.vraag.id}", title, told, "".join(parts), head, tuple(rows))


def _lines(item: ItemStat, groups: Sequence[Sequence[int]]) -> list[_Line]:
    """Return the lines, the key first, then the most chosen; what nobody chose and the rest are joined."""
    shares = [[counts[place] / sum(counts) for counts in groups] for place in range(len(groups[0]))]
    key = item.vraag.key
    if not item.vraag.options:
        best = [place for place, score in enumerate(item.vraag.scores) if score > 0]
        return [
            _Line(
                f"{item.vraag.labels[place]} punt" if item.vraag.most > 1 else "goed",
                len(best) == 1,
                tuple(shares[place]),
            )
            for place in best[: _MOST_LINES - 1]
        ]
    others = [place for place in range(len(item.vraag.labels)) if place != key]
    room = _MOST_LINES - 2
    if len(others) > room:
        others = sorted(sorted(others, key=lambda place: -item.options[place].n)[:room])
    lines = [] if key is None else [_Line(item.vraag.labels[key], True, tuple(shares[key]))]
    lines += [_Line(item.vraag.labels[place], False, tuple(shares[place])) for place in others]
    if any(counts[-1] for counts in groups):
        lines.append(_Line("leeg", False, tuple(shares[-1])))
    return lines


def _group_names(number: int) -> tuple[str, ...]:
    return {
        2: ("laag", "hoog"),
        3: ("laag", "midden", "hoog"),
        4: ("laagste", "lager", "hoger", "hoogste"),
        5: ("laagste", "lager", "midden", "hoger", "hoogste"),
    }[number]


def _height(share: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _frame(names: Sequence[str], x: Sequence[float]) -> str:
    parts = []
    for tenth in (0, 25, 50, 75, 100):
        y = _height(tenth / 100)
        kind = "as" if tenth == 0 else "net"
        parts.append(f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tenth}%</text>')
    for name, place in zip(names, x, strict=True):
        parts.append(
            f'<text x="{place:.1f}" y="{HEIGHT - _BOTTOM + 17}" text-anchor="middle">{escape(name)}</text>'
        )
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    parts.append(
        f'<text x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">groep naar totaalscore</text>'
    )
    return "".join(parts)


def _mark(x: float, y: float, number: int) -> str:
    kind = _MARKS[number % len(_MARKS)]
    shape = {
        "rond": f'<circle class="m{number}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
        "vierkant": f'<rect class="m{number}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>',
        "driehoek": f'<path class="m{number}" d="M{x:.1f} {y - 5:.1f}l5 9h-10z"/>',
        "ruit": f'<path class="m{number}" d="M{x:.1f} {y - 6:.1f}l5 6l-5 6l-5 -6z"/>',
        "kruis": f'<path class="m{number}" d="M{x - 5:.1f} {y - 1.5:.1f}h10v3h-10z"/>',
    }
    return shape[kind]


def _labels(ends: Sequence[tuple[float, str, int]], x: float) -> list[str]:
    """Return the letters at the end of the lines, moved apart where lines meet."""
    placed: list[tuple[float, str]] = []
    for y, label, _ in sorted(ends):
        placed.append((max(y, placed[-1][0] + 13 if placed else y), label))
    over = max(0.0, (placed[-1][0] if placed else 0) - (HEIGHT - _BOTTOM))
    return [f'<text x="{x:.1f}" y="{y - over + 4:.1f}">{escape(label)}</text>' for y, label in placed]


def spread_chart(form: FormStat, cesuur: int | None, place: int) -> Chart:
    """Return how many persons have each total, with the cesuur. Over 60 points, totals are joined."""
    width = max(1, -(-(form.most + 1) // 60))
    bars = [(start, sum(form.counts[start : start + width])) for start in range(0, form.most + 1, width)]
    top = max(1, *(count for _, count in bars))
    top += top % 2 if top > 1 else 0  # even, so that the line halfway is a whole number of persons
    step = (WIDTH - _LEFT - _RIGHT) / len(bars)
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = _height(share)
        kind = "as" if share == 0 else "net"
        parts.append(f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if share != 0.5 or top > 1:
            parts.append(
                f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{round(top * share)}</text>'
            )
    every = max(1, -(-len(bars) // 11))
    for number, (start, count) in enumerate(bars):
        x = _LEFT + number * step
        y = _height(count / top)
        if count:
            parts.append(
                f'<rect class="staaf" x="{x + step * 0.08:.1f}" y="{y:.1f}" width="{step * 0.84:.1f}"'
                f' height="{_height(0) - y:.1f}"/>'
            )
        if number % every == 0:
            parts.append(
                f'<text x="{x + step / 2:.1f}" y="{HEIGHT - _BOTTOM + 17}" text-anchor="middle">{start}</text>'
            )
    told = f"{count_of(form.n, 'persoon', 'personen')}. De laagste score is {_first(form.counts)}, de hoogste {_last(form.counts)}."
    if cesuur is not None:
        x = _LEFT + cesuur / width * step
        parts.append(f'<line class="grens" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_height(0):.1f}"/>')
        anchor, dx = ("end", -6) if x > WIDTH * 0.7 else ("start", 6)
        parts.append(f'<text x="{x + dx:.1f}" y="{_TOP - 2}" text-anchor="{anchor}">cesuur {cesuur}</text>')
        told += f" De cesuur is {cesuur}."
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">totaalscore</text>')
    rows = tuple(
        (str(start) if width == 1 else f"{start} tot en met {min(form.most, start + width - 1)}", str(count))
        for start, count in bars
        if count
    )
    title = f"{form.name}: verdeling van de scores"
    return Chart(f"verdeling-{place}", title, told, "".join(parts), ("Score", "Personen"), rows)


def _first(counts: Sequence[int]) -> int:
    return next(score for score, count in enumerate(counts) if count)


def _last(counts: Sequence[int]) -> int:
    return max(score for score, count in enumerate(counts) if count)
