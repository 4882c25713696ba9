"""Taking out of a text what tells who and where somebody is."""

import getpass
import os
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from tui.base.key_shapes import is_drawn, without_keys
from tui.base.network import is_loopback
from tui.base.redaction import without, written_forms
from tui.base.secret import Secret
from tui.base.secrets_in_text import without_keys_in, without_userinfo
from tui.base.translation import _
from tui.catalog.endpoints import DEFAULT_BASE_URLS
from tui.catalog.first_class import first_class
from tui.credentials.identity import origin_of
from tui.openhands.groups import KNOWN
from tui.openhands.names import near_name
from tui.openhands.tables import SECTIONS, recorded_tables
from tui.trial.own_origins import own_origins

GONE: Final = "(private)"
_SHORTEST: Final = 3
"""Characters of a word of the user's that is taken out: a shorter one would be found in every other word."""
_PLAIN: Final = frozenset({"root", "openhands", "user", "true", "false", "none", "low", "medium", "high"})
"""Words that tell nothing, though somebody may be called so."""
_HOMES: Final = re.compile(r"(?:/home|/Users|/root|/export/home|[A-Za-z]:\\Users)(?:[/\\][^\s:;,'\"()]*)?")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FOUR: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_SIX: Final = re.compile(r"(?<![\w:])\[?(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}\]?(?![\w:])")
_NAME: Final = re.compile(r"[a-z_]{3,30}")
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"'<>()]+", re.IGNORECASE)
_OWN_HOSTS: Final = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:local|lan|internal|intranet|corp|home|localdomain)\b")


class Anonymity:
    """Knows what belongs to the user: all that the given files and the environment say, beyond what is public."""

    def __init__(self, files: Iterable[Mapping[str, Any]], environ: Mapping[str, str]) -> None:
        words = [*_persons(), *_of_environment(environ)]
        for file in files:
            words += _of_file(file)
        own = {part for word in words for part in _parts(word)}
        self._own = sorted((word for word in own if _tells(word)), key=len, reverse=True)
        self._pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in self._own) or r"(?!)")
        self._forms = written_forms(map(Secret, self._own))

    def of(self, text: str) -> str:
        """`text` without any of it."""
        text = without_userinfo(text)
        for found in dict.fromkeys(_URL.findall(text)):
            text = text.replace(found, address(found))
        text = without_keys_in(without_keys(without(self._pattern.sub(GONE, text), self._forms)), is_drawn)
        for pattern in (_HOMES, _MAIL, _OWN_HOSTS):
            text = pattern.sub(GONE, text)
        for pattern in (_FOUR, _SIX):
            text = pattern.sub(lambda found: found[0] if is_loopback(found[0].strip("[]")) else GONE, text)
        return text


def address(url: str) -> str:
    """What may be told of an address: all of a provider's own one, the port of this machine, else the scheme."""
    origin = origin_of(url)
    if origin is None:
        return GONE
    parts = urlsplit(origin)
    if origin in _public():
        return origin
    if is_loopback(parts.hostname or ""):
        return origin
    return f"{parts.scheme}://{GONE}"


@cache
def _public() -> frozenset[str]:
    """The addresses that are the same for everybody."""
    urls = [provider.default_base_url for provider in first_class()] + [*DEFAULT_BASE_URLS.values()]
    ids = [provider.id for provider in first_class()]
    found = {origin_of(url) for url in urls if url} | {origin for id_ in ids for origin in own_origins(id_)}
    return frozenset(filter(None, found))


@cache
def _public_names() -> frozenset[str]:
    """Their hosts, the parts of those, and our names of providers: they tell of nobody."""
    hosts = {urlsplit(origin).hostname or "" for origin in _public()}
    labels = {label for host in hosts for label in host.split(".")}
    return frozenset(hosts | labels | {provider.id for provider in first_class()} | {"example", "azure"})


def _persons() -> Iterator[str]:
    """Who runs this, and on which machine."""
    yield os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    with suppress(OSError, KeyError):
        yield getpass.getuser()
    with suppress(OSError, KeyError, ImportError):
        import pwd

        entry = pwd.getpwuid(os.getuid())
        yield from (entry.pw_name, entry.pw_gecos.partition(",")[0], entry.pw_dir)
    with suppress(OSError):
        yield socket.gethostname()
        yield from socket.gethostname().split(".")[:1]


_TOLD: Final = re.compile(
    r"LLM_|.*(?:KEY|TOKEN|SECRET|PASS|PROXY|BASE_URL|API_BASE|CREDENTIAL|BUNDLE|CERT)|HOST|USER|LOGNAME|HOME|PWD|MAIL"
    r"|SSH_|AWS_|AZURE_|GOOGLE_|VERTEX|XDG_|OPENHANDS_",
    re.IGNORECASE,
)


def _of_environment(environ: Mapping[str, str]) -> Iterator[str]:
    """The values that may stand in a sentence about a set-up."""
    yield from (value for name, value in environ.items() if _TOLD.match(name))


def _of_file(said: Mapping[str, Any]) -> Iterator[str]:
    """All names and texts of a decoded file but the names of settings, and the model's."""
    for name, value in said.items():
        if not (name in KNOWN or name in _names_of_openhands() or _is_slip(name)):
            yield name
        yield from _of_value(value) if name not in ("model", "custom_llm_provider", "kind") else ()


def _of_value(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _of_file(value)
    elif isinstance(value, list):
        for part in value:
            yield from _of_value(part)
    elif isinstance(value, str):
        yield value


def _is_slip(name: str) -> bool:
    """Whether it is a misspelt name of a setting: that is what a report is read for."""
    return bool(_NAME.fullmatch(name) and near_name(name))


def _names_of_openhands() -> frozenset[str]:
    tables = recorded_tables().tables
    return frozenset({*SECTIONS, "extended", *(key for types in tables.values() for key in types)})


def _parts(word: str) -> Iterator[str]:
    """A text, the host of an address, and the folders of a path: each may be told alone."""
    word = word.strip()
    yield word
    with suppress(ValueError):
        parts = urlsplit(word if "://" in word else f"//{word}")
        if "." in (parts.hostname or "") or "://" in word:
            yield from filter(None, (parts.hostname, parts.netloc.rpartition("@")[2], parts.username, parts.password))
            yield from (parts.hostname or "").split(".")
            yield from filter(None, re.split(r"[/?&=#]", f"{parts.path}/{parts.query}"))
    if "/" in word and "://" not in word:
        yield from filter(None, word.split("/"))


def _tells(word: str) -> bool:
    """Whether a word is the user's own: not a number, a plain word, a public host, or this machine."""
    if len(word) < _SHORTEST or word.lower() in _PLAIN or word.replace(".", "").isdigit():
        return False
    return not (word in _public() or word in _public_names() or word in _COMMON or is_loopback(word))


_COMMON: Final = frozenset(
    {"home", "usr", "etc", "var", "tmp", "opt", "srv", "api", "chat", "completions", "models", "openai", "config.toml",
     "http:", "https:", ".openhands", _("(none)")}
)  # fmt: skip
"""Parts of paths and addresses that everybody has."""
