"""Taking known keys out of texts that others wrote: litellm's, a server's, the keyring's."""

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote, quote_plus

from tui.base.foreign import clean
from tui.base.key_shapes import beginning_of, is_placeholder
from tui.base.secret import DOTS, Secret
from tui.base.translation import _

WHOLE_FROM: Final = 8
"""Shorter values (`ollama`, `none`) are ordinary words: blanking them would blank the text."""
PIECE: Final = 8
"""Characters of a key that are taken out wherever they stand; of fewer nobody can make use."""
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_FEW: Final = 400
"""Pieces that are looked for one by one, which is quicker where none of them is there."""
_TRACE: Final = 4
"""Letters in a row that count as a trace of the key, where many of them come together."""


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """`text` without any of the `secrets`, nor pieces of them, in whatever form they were written there.

    As they are, stripped, in another case, as `repr`, escaped for JSON, URLs and HTML, in hex and base64, also in one
    another, and with tags, spaces or signs between their letters. Linear in the length of `text`.
    """
    values = [value for value in (secret.reveal() for secret in secrets) if len(value.strip()) >= WHOLE_FROM]
    text = redact_as_written(text, map(Secret, values))
    values = [value for value in values if not is_placeholder(value)]
    spans = sorted(_spans(text, values)) if values else []
    pieces, done = [], 0
    for start, end in spans:
        if start >= done:
            pieces += [text[done:start], DOTS]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def redact_as_written(text: str, secrets: Iterable[Secret]) -> str:
    """The same for texts of our own, in which a key stands whole: as it is, or as a library writes a value."""
    return without(text, written_forms(secrets))


def written_forms(secrets: Iterable[Secret]) -> list[str]:
    """What `without` is to take out of many texts."""
    forms = {form for secret in secrets for form in _forms(secret.reveal())}
    return sorted(forms, key=len, reverse=True)  # a key that another one begins with would leave the rest of it


def without(text: str, forms: Iterable[str]) -> str:
    """`text` with dots for each of the forms."""
    for form in forms:
        text = text.replace(form, DOTS)
    return text


def holds_traces(text: str, secrets: Iterable[Secret]) -> bool:
    """Whether more than a third of a key can be put together from `text`, though no piece of it is long.

    Read forwards and backwards, and with up to three strange letters between its own.
    """
    told = _letters(text)
    told_ways = [told, told[::-1], *(told[at::step] for step in (2, 3, 4) for at in range(step))]
    for secret in secrets:
        key = _letters(secret.reveal().removeprefix(beginning_of(secret.reveal())))
        if len(key) < WHOLE_FROM or is_placeholder(secret.reveal()):
            continue
        traces = [at for at in range(len(key) - _TRACE + 1) if any(key[at : at + _TRACE] in way for way in told_ways)]
        if 3 * len({at + more for at in traces for more in range(_TRACE)}) > len(key):
            return True
    return False


def _spans(text: str, values: list[str]) -> Iterator[tuple[int, int]]:
    """Where pieces of the values stand."""
    from tui.base.decoding import letters, readings  # most programs never see a foreign text

    in_letters = {piece for value in values for piece in _pieces(_letters(value))}
    pieces = (piece for value in values for piece in _pieces(value.lower()) if piece not in beginning_of(value))
    as_it_is = {piece for piece in pieces if len(_letters(piece)) >= PIECE // 2}
    for view in readings(text):
        for read, wanted in ((letters(view), in_letters), (view, as_it_is)):
            for start, end in _runs(read.text.lower(), wanted):
                yield read.at_root(start, end)


def _runs(text: str, wanted: set[str]) -> Iterator[tuple[int, int]]:
    """From where to where `text` consists of pieces that are wanted."""
    there = {piece for piece in wanted if piece in text} if len(wanted) < _FEW else wanted
    found = (at for at in range(len(text) - PIECE + 1) if text[at : at + PIECE] in there) if there else ()
    start, end = 0, 0
    for at in found:
        if at > end and end:
            yield start, end
        start, end = (at if at > end or not end else start), at + PIECE
    if end:
        yield start, end


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


def _pieces(value: str) -> set[str]:
    return {value[at : at + PIECE] for at in range(len(value) - PIECE + 1)}


def _forms(value: str) -> Iterator[str]:
    for form in {value, value.strip()}:
        if len(form) >= WHOLE_FROM:
            yield form
            yield repr(form)[1:-1]
            yield json.dumps(form)[1:-1]
            yield html.escape(form)
            yield quote(form, errors="replace")  # of bytes that are no text
            yield quote(form, safe="", errors="replace")
            yield quote_plus(form, errors="replace")
            yield from _in_base64(form.encode(errors="replace"))


def _in_base64(value: bytes) -> Iterator[str]:
    """The part that every base64 text containing `value` has, for each of the three alignments, in both alphabets."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + value).decode()
        inner = re.sub(r"=+$", "", encoded)[(0, 2, 3)[offset] : len(encoded) - (0 if not encoded.endswith("=") else 3)]
        if len(inner) >= WHOLE_FROM:
            yield inner
            yield inner.replace("+", "-").replace("/", "_")


# -- what a server or a library said, made fit to be shown

_READ: Final = 20_000
"""Characters looked at; far more than are shown."""


def presentable(text: str, hidden: Sequence[Secret], *, limit: int = 500) -> str:
    """`text` on one line, without the hidden values; `limit` characters of it.

    Cleaned first and cut last: a key with control characters between its letters, or cut in two, would not be known.
    A text from which a key could still be put together is not shown at all.
    """
    whole = clean(text[:_READ], limit=_READ)
    shown = clean(redact(whole, hidden), limit=limit)
    return _("(not shown: it repeats parts of the key)") if holds_traces(shown, hidden) else shown
