"""Catalogues of languages that nobody speaks, and the program speaking one: python tests/tools/pseudo.py FOLDER WORDS …

`xa` has accents on all letters and is a third longer: what is without accents was not translated, what does not end
with its bracket was cut. `xw` is of wide characters, about as many cells as English has.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from tools.messages import DOMAIN, catalogue, read

from tui.base import language

_KEPT = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|%\(\w+\)[sr]|%[sr]|\n)")
"""Placeholders, and what ends a line."""
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ",
)
OPEN, SHUT = "⟦", "⟧"


def accented(text: str) -> str:
    """Readable, longer, and marked where it begins and ends."""
    parts = [part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text)]
    letters = len(_KEPT.sub("", text))
    return _framed("".join(parts), OPEN, "·" * max(letters * 3 // 10 - 2, 0) + SHUT)


def wide(text: str) -> str:
    """A wide character for each two letters; punctuation as Chinese has it."""
    parts = [part if _KEPT.fullmatch(part) else _wide(part) for part in _KEPT.split(text)]
    return re.sub(r"} (?={)", "}", "".join(parts))


def _wide(text: str) -> str:
    text = re.sub(r"[A-Za-z'-]+", lambda word: "字" * max(len(word[0]) // 2, 1), text)
    for narrow, full in ((", ", "，"), (". ", "。"), (": ", "："), ("; ", "；"), ("? ", "？")):
        text = text.replace(narrow, full)
    text = re.sub(r"(?<=字) (?=字)", "", text)
    return text.removesuffix(".") + "。" if text.endswith("字.") else text


def _framed(text: str, before: str, after: str) -> str:
    """Inside of the spaces around it: some messages are parts of a line."""
    bare = text.strip()
    return text.replace(bare, f"{before}{bare}{after}", 1) if bare else text


KINDS = {"xa": accented, "xw": wide}


def make(folder: Path) -> Path:
    """Both catalogues in `folder`, of the messages that the Chinese one has."""
    source = read(catalogue("zh_CN"))
    for name, said in KINDS.items():
        made = Catalog(locale="zh_CN", domain=DOMAIN)
        for each in source:
            if each.id:
                plural = not isinstance(each.id, str)
                made.add(each.id, (said(each.id[1]),) if plural else said(each.id), context=each.context)
        content = BytesIO()
        write_mo(content, made)
        path = folder / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
        path.parent.mkdir(parents=True)
        path.write_bytes(content.getvalue())
    return folder


def use(folder: Path) -> None:
    """Let the program find these catalogues, and no others."""
    language.CATALOGUES = folder


if __name__ == "__main__":
    use(Path(sys.argv[1]))
    from tui.cli import main

    sys.exit(main(sys.argv[2:]))
