"""Finding secrets in running text: keys in comments, headers and arguments, user and password in an address."""

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote

from tui.base.key_shapes import SHORTEST, has_fixed_form
from tui.base.secret import DOTS, Secret

_RUN: Final = re.compile(r"[^\s\"'<>`]+")
"""What may be an address: up to the next space or quote."""
_PORT: Final = re.compile(r"(?:\[[^\]]*\]|[^:@]*)(?::\d*)?")
"""A host without user and password: `host`, `host:8000`, `[::1]:8000`."""
_NAME: Final = re.compile(r"[\w.+~%-]+:[^/\s]")
"""A user and the beginning of a password, where no scheme stands before them."""
_DIGEST: Final = re.compile(r"sha\d+:")


def without_userinfo(text: str) -> str:
    """`text` with dots for what stands before the `@` of addresses: passwords with a raw `/` too, and without a scheme.

    An `@` in a path, of a mail address or before the digest of an image is none of these. In linear time.
    """
    return _RUN.sub(lambda found: _hidden(found[0]), text) if "@" in text else text


def secrets_of(url: str) -> list[str]:
    """What `without_userinfo` hides of an address, in the forms in which it may come back."""
    hidden = without_userinfo(url.strip())
    if DOTS not in hidden:
        return []
    before, after = hidden.split(DOTS, 1)
    user, _colon, password = url.strip()[len(before) : -len(after)].partition(":")
    return [form for form in (password or user, unquote(password or user)) if form]


def _hidden(run: str) -> str:
    if "@" not in run:
        return run
    head, scheme, rest = run.partition("://")
    if scheme:
        before, at, host = rest.rpartition("@")
        user = re.split(r"[/?#]", before, maxsplit=1)[0]
        if at and (
            user == before or not _PORT.fullmatch(user) or has_fixed_form(before)
        ):  # else the first slash ends the host
            return f"{head}://{DOTS}@{host}"
        if "@" in user:
            return f"{head}://{DOTS}@{rest[user.rindex('@') + 1 :]}"
        return run
    lead = _lead(run)
    before, _at, host = run[len(lead) :].rpartition("@")
    return f"{lead}{DOTS}@{host}" if _NAME.match(before) and not _DIGEST.match(host) else run


def _lead(run: str) -> str:
    """What stands before the address: the name of a variable, a bracket."""
    end = run.find(":", 0, run.index("@")) + 1 or run.index("@")  # a password may end with "="
    return run[: max(run.rfind(c, 0, end) for c in "=([{,") + 1]


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
