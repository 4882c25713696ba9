"""All pages in one picture: an SVG that holds those of the tests side by side, each with its name below."""

import re
from collections.abc import Mapping
from html import escape

COLUMNS = 3
GAP = 24
CAPTION = 44
"""Pixels of the line with the name, the gap below it included."""
INK = "#7d87b3"
"""Read on a white page and on a black one."""


def contact_sheet(pictures: Mapping[str, str], columns: int = COLUMNS) -> str:
    """One SVG of the screenshots of one size, by their names, from left to right and from top to bottom."""
    view = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', next(iter(pictures.values())))
    assert view, "not a Textual screenshot"
    width, height = float(view[1]), float(view[2])
    rows = -(-len(pictures) // columns)
    whole = columns * (width + GAP) - GAP, rows * (height + CAPTION)
    parts = []
    for place, (name, picture) in enumerate(pictures.items()):
        row, column = divmod(place, columns)
        x, y = column * (width + GAP), row * (height + CAPTION)
        size = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        parts.append(picture.strip().replace("<svg ", f"<svg {size} ", 1))
        middle, below = x + width / 2, y + height + CAPTION * 0.6
        text = f'text-anchor="middle" font-family="sans-serif" font-size="24" fill="{INK}"'
        parts.append(f'<text x="{middle:g}" y="{below:g}" {text}>{escape(name)}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole[0]:g} {whole[1]:g}">'
    return "\n".join([head, *parts, "</svg>\n"])
