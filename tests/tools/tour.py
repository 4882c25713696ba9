"""Several pictures as one that moves: an SVG that shows them one after another, without a script."""

import re
from collections.abc import Sequence

SECONDS = 2.6
"""How long each picture stands."""


def tour(pictures: Sequence[str]) -> str:
    """One SVG of SVGs of the same size; each is seen in its turn, and the first one where nothing moves."""
    view = re.search(r'viewBox="([^"]+)"', pictures[0])
    assert view, "not a Textual screenshot"
    share = 100 / len(pictures)
    rules = [
        f"@keyframes turn {{ 0% {{ visibility: visible }} {share:.3f}%, 100% {{ visibility: hidden }} }}",
        f".frame {{ visibility: hidden; animation: turn {SECONDS * len(pictures):g}s step-end infinite }}",
        *(f".frame-{n} {{ animation-delay: {SECONDS * n:g}s }}" for n in range(len(pictures))),
        ".frame-0 { visibility: visible }",
    ]
    frames = [f'<g class="frame frame-{n}">{picture.strip()}</g>' for n, picture in enumerate(pictures)]
    style = "<style>" + "\n".join(rules) + "</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[1]}">\n{style}\n' + "\n".join(frames) + "\n</svg>\n"
