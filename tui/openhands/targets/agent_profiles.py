"""Which LLM profile of the agent server a conversation begins with, as its 1.58 finds it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

FIRST: Final = "default"
"""The agent profile, and the LLM profile, that the agent server takes where none is named."""
_FOLDER: Final = "profiles"


def profile_in_use(folder: Path) -> Path:
    """The file of the LLM profile that the active agent profile names, in the folder of the agent server.

    Where there is no agent profile yet, one is made at the first start for the active LLM profile, else for "default".
    What cannot be read is passed over: it is for `check` to say so.
    """
    settings = _read(folder / "settings.json")
    chosen = settings.get("active_agent_profile_id")
    agents = {path.stem: _read(path) for path in _files(folder / "agent-profiles")}
    agent = next((each for each in agents.values() if chosen and each.get("id") == chosen), agents.get(FIRST, {}))
    named = agent.get("llm_profile_ref") or settings.get("active_profile") or FIRST
    name = named.removesuffix(".json") if isinstance(named, str) else FIRST
    return folder / _FOLDER / f"{FIRST if '/' in name or name.startswith('.') or not name else name}.json"


def profiles(folder: Path) -> list[Path]:
    """The files of all LLM profiles."""
    return list(_files(folder / _FOLDER))


def is_other_agent(folder: Path) -> str:
    """The name of the active agent profile where that is another program with a model of its own, else ""."""
    chosen = _read(folder / "settings.json").get("active_agent_profile_id")
    agents = [each for each in map(_read, _files(folder / "agent-profiles")) if chosen and each.get("id") == chosen]
    return next((str(each.get("name")) for each in agents if each.get("agent_kind") == "acp"), "")


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.is_file())
    except OSError:
        return


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes()[:5_000_000])
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
