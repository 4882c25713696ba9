"""Taking the secrets out of TOML text before a person sees it."""

import contextlib
import re
import tomllib
from itertools import pairwise
from typing import Final

from tui.base.key_shapes import is_drawn, is_key_name, may_be_key, without_keys
from tui.base.secret import Secret
from tui.base.secrets_in_text import without_keys_in, without_userinfo
from tui.config_file.scanner import line_end, value_end

# -- keys in the parts of a file that are not named: in comments, in which one may stand in any form, and in values

_TOKEN: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\'|(?P<comment>#[^\n]*)'
    r"|^[ \t]*\[[ \t]*[\"']?llm\b[^\n#]*",
    re.DOTALL | re.MULTILINE,
)
"""A string, in which a `#` begins nothing, a comment, or a group's header."""
_SAID: Final = re.compile(
    r"(?:key|token|secret|passw|pwd|credential|bearer|authorization)\w{0,20}[\"'`]?(?:[ \t]*[:=][ \t]*|[ \t]+)"
    r"(?:(?:is|was|bearer|basic)[ \t]+)?[\"'`]?(?P<value>[^\s\"'`,;()<>\[\]{}]{6,})",
    re.IGNORECASE,
)
"""What is called a key: `api_key: abc123`, `Authorization: Bearer abc123`, `the password is abc123`."""
_PLAIN: Final = re.compile(r"\D*|[\d_.,]+|https?://.*|•.*")
"""What is no key though it is called one: a word, a number, an address; or dots already."""


def without_unnamed_keys(text: str) -> str:
    """TOML `text` with dots for what may be a key in a comment, and what is one in a string; the number of lines stays.

    In linear time.
    """
    return _TOKEN.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    if found["comment"]:
        return without_keys_in(_SAID.sub(_without_value, found[0]), may_be_key)
    is_header = found[0].lstrip().startswith("[")
    return without_keys_in(found[0], is_key_name if is_header else is_drawn)


def _without_value(found: re.Match[str]) -> str:
    value = found["value"]
    if _PLAIN.fullmatch(value):
        return found[0]
    return found[0].removesuffix(value) + Secret(value).masked()


_STRING: Final = r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_QUOTED: Final = r'"(?:[^"\\\n]|\\.){0,100}"|\'[^\'\n]{0,100}\''
_PART: Final = rf"(?:{_QUOTED}|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++)"
_GAP: Final = r"[ \t]{0,20}"
_ASSIGNED: Final = re.compile(rf"(?P<key>{_PART}(?:{_GAP}\.{_GAP}{_PART}){{0,8}}){_GAP}=[ \t]*+")
"""All of it bounded: a line of nothing but beginnings of keys would else be read again from each of them."""
_HEADER: Final = re.compile(r"^[ \t]*\[[^\n]*", re.MULTILINE)
_SECRET: Final = re.compile(
    r"key(?!ring|board|word)|token(?!iz)|secret|passw|passphrase|credential|authorization|bearer|cookie|pwd"
    r"|(?<![a-z])(?:auth|pass|pat|pw)(?![a-z])",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(r"(?:api_version|aws_region_name)[\"']?$", re.IGNORECASE)
"""Settings of a few characters: what may be a key there is one."""
_COUNT: Final = re.compile(r"(?:tokens|per_token)[\"']?$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?(?:\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan)", re.IGNORECASE)
_BARE: Final = re.compile(r"[^\s,#\]}\"']*")
_INNER: Final = re.compile(rf'"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|{_STRING}|["\'][^\n]*', re.DOTALL)
"""A string, also one that does not end."""


def is_secret_name(name: str) -> bool:
    """Whether what is called so is a secret."""
    return bool(_SECRET.search(name))


def mask(text: str) -> str:
    """`text`, one line of TOML or many, with its secrets as dots; the number of lines stays.

    Secrets are the values of keys named like key, token, secret or password, in comments too; who stands before the
    `@` of a URL; what looks like the key of a known provider; in strings, what was drawn by
    lot; and in comments, what may be a key at all. Dots are followed by the last four characters of
    values that have 16 or more.
    """
    pieces, done = [], 0
    for start, end in sorted(_assigned(text) + _below_headers(text)):
        if start >= done:
            pieces += [text[done:start], _masked(text[start:end])]
            done = end
    return without_unnamed_keys(without_keys(without_userinfo("".join([*pieces, text[done:]]))))


def _assigned(text: str) -> list[tuple[int, int]]:
    """From where to where the values of secret keys go."""
    spans: list[tuple[int, int]] = []
    lines, done = _Lines(text), 0
    for found in _ASSIGNED.finditer(text):
        named = _SECRET.search(found["key"])
        if found.end() < done or not (named or _SHORT.search(found["key"])):
            continue
        start, end = found.end(), lines.value_end(found.end())
        source = text[start:end]
        if not named and not may_be_key(source.strip("\"'")):
            continue
        done = end
        counted = _COUNT.search(found["key"]) and _NUMBER.fullmatch(source)
        if source not in ("", "true", "false") and not counted:
            spans.append((start, done))
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


class _Lines:
    """Tells where values end; each line is looked at once, however many values it has."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end, self._comment = -1, 0

    def value_end(self, at: int) -> int:
        """In a comment, and in a string without an end, a value ends with its line at the latest."""
        if at >= self._end:
            begin = self._text.rfind("\n", 0, at) + 1
            self._end = line_end(self._text, at)
            comment = self._text.find("#", begin, self._end)
            self._comment = comment if comment >= 0 else self._end
        if self._comment < at:
            return at + _source_end(self._text[at : self._end].rstrip("\r\n"), 0)
        return _source_end(self._text, at)


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
