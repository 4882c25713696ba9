"""Taking known keys out of texts that others wrote: litellm's, a server's, the keyring's."""

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from tui.base.secret import DOTS, Secret

WHOLE_FROM: Final = 8
"""Shorter values (`ollama`, `none`) are ordinary words: blanking them would blank the text."""
ENDS_FROM: Final = 20
END: Final = 8


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """`text` without any of the `secrets`: as they are, URL-encoded, in base64, or by their first and last eight."""
    forms = {form for secret in secrets for form in _forms(secret.reveal())}
    for form in sorted(forms, key=len, reverse=True):  # a key that another one begins with would leave the rest of it
        text = text.replace(form, DOTS)
    return text


def _forms(value: str) -> Iterator[str]:
    if len(value) < WHOLE_FROM:
        return
    yield value
    yield quote(value)
    yield quote(value, safe="")
    yield from _in_base64(value.encode())
    if len(value) >= ENDS_FROM:
        yield value[:END]
        yield value[-END:]


def _in_base64(value: bytes) -> Iterator[str]:
    """The part that every base64 text containing `value` has, for each of the three alignments, in both alphabets."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + value).decode()
        inner = re.sub(r"=+$", "", encoded)[(0, 2, 3)[offset] : len(encoded) - (0 if not encoded.endswith("=") else 3)]
        if len(inner) >= WHOLE_FROM:
            yield inner
            yield inner.replace("+", "-").replace("/", "_")
