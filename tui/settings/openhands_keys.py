"""Keys that OpenHands keeps in files of its own: those of its web page and of its command line."""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.identity import Credential, origin_of
from tui.credentials.pasting import clean_key
from tui.settings.draft import Draft
from tui.settings.routes import provider_in

FILES: Final = ("~/.openhands/settings.json", "~/.openhands/agent_settings.json")
"""The first is the web page's, flat up to 1.6 and later with an `agent_settings`; the second the command line's."""
_LARGEST: Final = 1024 * 1024
_ENCRYPTED: Final = "gAAAAA"
"""How what `cryptography` has encrypted begins: of no use to us."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key and the file it stands in."""

    path: Path
    secret: Secret


def kept_by_openhands(draft: Draft) -> KeptKey | None:
    """The key that OpenHands keeps for the draft's provider and address, and for no other."""
    for name in FILES:
        path = Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser() raises where there is no home
        for said in _llm_tables(_read(path)):
            key = _key_in(said)
            if key and _is_for(said, draft):
                return KeptKey(path, key)
    return None


def _read(path: Path) -> Any:
    """What the file says; nothing where it cannot be read, is no JSON, or belongs to somebody else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_size > _LARGEST:
                return None
            return json.load(file)
    except (OSError, ValueError, RecursionError):
        return None


def _llm_tables(said: Any) -> Iterator[Mapping[str, Any]]:
    """The settings of an LLM, under the names of `[llm]`, wherever they stand in such a file."""
    if not isinstance(said, dict):
        return
    yield {key.removeprefix("llm_"): value for key, value in said.items() if key.startswith("llm_")}
    for table in (said, said.get("agent_settings")):
        inner = table.get("llm") if isinstance(table, dict) else None
        if isinstance(inner, dict):
            yield inner


def _key_in(said: Mapping[str, Any]) -> Secret | None:
    text = said.get("api_key")
    if not isinstance(text, str) or not text.strip() or text.startswith(_ENCRYPTED):
        return None
    try:
        return Secret(clean_key(text)[0])
    except SetupError:  # such as `**********`
        return None


def _is_for(said: Mapping[str, Any], draft: Draft) -> bool:
    values = {name: str(said.get(name) or "") for name in ("model", "base_url", "custom_llm_provider")}
    provider = provider_in(dict(values)) if values["model"] else None
    if provider is None or draft.provider is None or provider.id != draft.provider.id:
        return False
    own = draft.provider.default_base_url
    return _origin(values["base_url"], own) == _origin_of(draft.credential(), own)


def _origin(url: str, own: str) -> str | None:
    """None for a URL that leads nowhere: it is no address's equal."""
    return origin_of(url or own) or (None if url else own)


def _origin_of(credential: Credential, own: str) -> str | None:
    return credential.origin or origin_of(own) or own
