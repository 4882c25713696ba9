"""Taking the secrets out of TOML text before a person sees it."""

import contextlib
import re
import tomllib
from itertools import pairwise
from typing import Final

from tui.base.secret import DOTS, Secret
from tui.config_file.scanning import line_end, value_end

_STRING: Final = r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_PART: Final = rf"(?:{_STRING}|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++)"
_ASSIGNED: Final = re.compile(rf"(?P<key>{_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=[ \t]*")
_HEADER: Final = re.compile(r"^[ \t]*\[[^\n]*", re.MULTILINE)
_SECRET: Final = re.compile(r"key(?!ring|board|word)|token(?!iz)|secret|passw|passphrase|credential", re.IGNORECASE)
_COUNT: Final = re.compile(r"(?:tokens|per_token)[\"']?$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?(?:\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan)", re.IGNORECASE)
_BARE: Final = re.compile(r"[^\s,#\]}\"']*")
_INNER: Final = re.compile(rf'"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|{_STRING}|["\'][^\n]*', re.DOTALL)
"""A string, also one that does not end."""
_USERINFO: Final = re.compile(r"(?<=://)[^/\s\"'?#]*@")
_KNOWN: Final = re.compile(
    r"\b(?:(?:sk|pk|rk|xai)-|gsk_|ghp_|hf_)(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{16,}|\bAIza[A-Za-z0-9_-]{30,}"
)


def mask(text: str) -> str:
    """`text`, one line of TOML or many, with its secrets as dots; the number of lines stays.

    Secrets are the values of keys named like key, token, secret or password, in comments too; who stands before the
    `@` of a URL; and what looks like the key of a known provider. Dots are followed by the last four characters of
    values that have 16 or more.
    """
    pieces, done = [], 0
    for start, end in sorted(_assigned(text) + _below_headers(text)):
        if start >= done:
            pieces += [text[done:start], _masked(text[start:end])]
            done = end
    masked = _USERINFO.sub(f"{DOTS}@", "".join([*pieces, text[done:]]))
    return _KNOWN.sub(lambda found: Secret(found[0]).masked(), masked)


def _assigned(text: str) -> list[tuple[int, int]]:
    """From where to where the values of secret keys go."""
    spans = []
    for found in _ASSIGNED.finditer(text):
        if _SECRET.search(found["key"]):
            start, end = found.end(), _end(text, found.end())
            source = text[start:end]
            counted = _COUNT.search(found["key"]) and _NUMBER.fullmatch(source)
            if source not in ("", "true", "false") and not counted:
                spans.append((start, end))
    return spans


def _below_headers(text: str) -> list[tuple[int, int]]:
    """From where to where the strings below headers with secret names go."""
    spans = []
    headers = [*_HEADER.finditer(text), None]
    for header, following in pairwise(headers):
        if header and _SECRET.search(header[0].split("#")[0]):
            end = following.start() if following else len(text)
            spans += [found.span() for found in _INNER.finditer(text, header.end(), end)]
    return spans


def _end(text: str, at: int) -> int:
    """Where the value at `at` ends; in a comment, and in a string without an end, at the latest with its line."""
    if "#" in text[text.rfind("\n", 0, at) + 1 : at]:
        return at + _source_end(text[at : line_end(text, at)].rstrip("\r\n"), 0)
    return _source_end(text, at)


def _source_end(text: str, at: int) -> int:
    if text[at : at + 1] in ("[", "{"):
        try:
            return value_end(text, at)
        except ValueError:
            return len(text)
    found = _INNER.match(text, at) or _BARE.match(text, at)
    return found.end() if found else at


def _masked(source: str) -> str:
    """The source of a value with dots for each string of an array or table, or for the whole of another value."""
    if source[:1] in ("[", "{"):
        return _INNER.sub(lambda found: _masked(found[0]), source)
    quote = next((quote for quote in ('"""', "'''", '"', "'") if source.startswith(quote)), "")
    if quote and source == quote * 2:
        return source
    inner = source[len(quote) :].removesuffix(quote)
    if quote:
        with contextlib.suppress(tomllib.TOMLDecodeError):  # in a comment, or without an end: as it stands
            inner = str(tomllib.loads(f"value = {source}")["value"])
    inner = "".join(c if c.isprintable() else " " for c in inner).strip()  # its end is shown
    return quote + Secret(inner).masked() + "\n" * source.count("\n") + quote
