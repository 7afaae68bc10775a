"""Two drawings of the house: its floors with what stands on each, and who uses whom.

In: a `House`. Out: SVG text for inside a page. Colours come from the style of the site, so it follows light and dark.
"""

from __future__ import annotations

from html import escape

from builder.website.bouwplan import FLOOR_NAMES, FLOOR_OF, FLOORS, House, is_allowed

_WIDTH = 340
_SIGN = 6.4  # the width of a letter in a box, with room to spare
_BOX, _GAP, _HEAD, _PAD = 22, 6, 20, 8
_LANE = 9
_CELL, _LABEL = 15, 92


def floors_svg(house: House) -> str:
    """Return the floors from high to low, a box for each part, and at the side which floor uses which."""
    pairs: dict[tuple[int, int], int] = {}
    for (one, other), number in house.uses.items():
        if FLOOR_OF[one] != FLOOR_OF[other]:
            pair = (FLOOR_OF[one], FLOOR_OF[other])
            pairs[pair] = pairs.get(pair, 0) + number
    inside = _WIDTH - (len(pairs) + 1) * _LANE
    drawn: list[str] = []
    middle: dict[int, float] = {}
    top = 2.0
    for floor in FLOORS:
        boxes, x, y = [], float(_PAD), top + _HEAD
        for part in (part for part in house.parts if part.floor == floor):
            wide = len(part.name) * _SIGN + 12
            if x + wide > inside - _PAD and x > _PAD:
                x, y = float(_PAD), y + _BOX + _GAP
            boxes.append(
                f"<g><title>{escape(part.name)}: {part.modules} modules</title>"
                f'<rect class="knm-bouw__deel" x="{x:g}" y="{y:g}" width="{wide:g}" height="{_BOX}" rx="4"/>'
                f'<text x="{x + wide / 2:g}" y="{y + 15:g}" text-anchor="middle">{escape(part.name)}</text></g>'
            )
            x += wide + _GAP
        height = y + _BOX + _PAD - top
        drawn += [
            f'<rect class="knm-bouw__vloer" x="1" y="{top:g}" width="{inside:g}" height="{height:g}" rx="5"/>',
            f'<text class="knm-bouw__kop" x="{_PAD}" y="{top + 14:g}">{floor}. {FLOOR_NAMES[floor]}</text>',
            *boxes,
        ]
        middle[floor] = top + height / 2
        top += height + 8
    for lane, (high, low) in enumerate(sorted(pairs, key=lambda pair: (abs(pair[0] - pair[1]), -pair[0]))):
        x, start, end = inside + (lane + 1) * _LANE, middle[high], middle[low]
        start, end = start + 3 * lane - 12, end + 3 * lane - 12  # so that no two ends lie on each other
        kind = "knm-bouw__lijn" if high > low else "knm-bouw__fout"
        drawn.append(
            f'<g class="{kind}"><title>Verdieping {high} gebruikt verdieping {low}: {pairs[high, low]} keer</title>'
            f'<path d="M{inside + 1:g} {start:g}H{x:g}V{end:g}H{inside + 1:g}"/>'
            f'<path class="knm-bouw__punt" d="M{inside + 1:g} {end:g}l6 -3v6z"/></g>'
        )
    said = " ".join(f"Verdieping {high} gebruikt {low}." for high, low in sorted(pairs, reverse=True))
    return _svg(_WIDTH, top - 6, "De verdiepingen van het programma", said, drawn)


def uses_svg(house: House) -> str:
    """Return who uses whom: a row for who imports, a column for what is imported. What is forbidden is marked."""
    names = [part.name for part in house.parts]
    width = height = _LABEL + len(names) * _CELL + 2
    drawn: list[str] = []
    for place, name in enumerate(names):
        at = _LABEL + place * _CELL
        middle = at + _CELL / 2 + 4
        drawn.append(f'<text x="{_LABEL - 6}" y="{middle:g}" text-anchor="end">{escape(name)}</text>')
        drawn.append(
            f'<text transform="translate({middle:g} {_LABEL - 6}) rotate(-90)">{escape(name)}</text>'
        )
        drawn.append(f'<rect class="knm-bouw__zelf" x="{at}" y="{at}" width="{_CELL}" height="{_CELL}"/>')
        if place and FLOOR_OF[name] != FLOOR_OF[names[place - 1]]:
            drawn.append(f'<path class="knm-bouw__grens" d="M{_LABEL} {at}H{width}M{at} {_LABEL}V{height}"/>')
    boxes = []  # one path for all: the words stand in the tables
    side = _CELL - 4
    for row, one in enumerate(names):
        for column, other in enumerate(names):
            if number := house.uses.get((one, other), 0):
                box = f"M{_LABEL + column * _CELL + 2} {_LABEL + row * _CELL + 2}h{side}v{side}h-{side}z"
                if is_allowed(f"builder.{one}", f"builder.{other}"):
                    boxes.append(box)
                else:
                    said = f"{escape(one)} gebruikt {escape(other)}: {number} keer"
                    drawn.append(f'<g class="knm-bouw__fout"><title>{said}</title><path d="{box}"/></g>')
    drawn.append(f'<path class="knm-bouw__vak" d="{"".join(boxes)}"/>')
    return _svg(
        width, height, "Wie gebruikt wie", "De tabellen hierboven zeggen hetzelfde in woorden.", drawn
    )


def _svg(width: float, height: float, title: str, text: str, drawn: list[str]) -> str:
    return "\n".join(
        (
            f'<svg class="knm-bouw" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}. {escape(text)}"'
            f' style="--knm-bouw-breed: {width:g}px">',
            *drawn,
            "</svg>",
        )
    )
