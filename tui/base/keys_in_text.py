"""Finding keys in running text, with a beginning or without: in comments, addresses, headers and arguments."""

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote

from tui.base.key_shapes import SHORTEST
from tui.base.secret import Secret

_WORD: Final = re.compile(rf"[!#-&+\-./0-9:=?@A-Z\\^_a-z~]{{{SHORTEST},}}")
"""What no blank, quote, bracket, comma or strange letter parts."""
_JOINT: Final = re.compile(r"[:=/?&@#_\\]+")
_MANY: Final = 12
"""Joints of a word up to which all its parts are looked at, else only those without a joint."""
DIGEST: Final = re.compile(r":[0-9a-f]{64}(?![0-9a-f])")
"""Of a container's image, or the version of a model at Replicate."""


def keys_in(text: str, is_key: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """From where to where the words of `text` go that `is_key`, in whatever address or assignment they stand."""
    for found in _WORD.finditer(text):
        for start, end in _parts(DIGEST.split(found[0], 1)[0], is_key):
            yield found.start() + start, found.start() + end


def without_keys_in(text: str, is_key: Callable[[str], bool], shown: str | None = None) -> str:
    """`text` with `shown`, or dots, for them."""
    pieces, done = [], 0
    for start, end in keys_in(text, is_key):
        pieces += [text[done:start], Secret(text[start:end]).masked() if shown is None else shown]
        done = end
    return "".join([*pieces, text[done:]])


def _parts(word: str, is_key: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The longest parts of a word that are keys, from left to right."""
    joints = [found.span() for found in _JOINT.finditer(word)]
    starts, ends = [0, *(end for _start, end in joints)], [*(start for start, _end in joints), len(word)]
    done = 0
    for number, start in enumerate(starts):
        if start < done:
            continue
        for end in reversed(ends[number:]) if len(joints) <= _MANY else ends[number : number + 1]:
            part = word[start:end].rstrip(".!")
            if is_key(unquote(part)):
                done = start + len(part)
                yield start, done
                break
