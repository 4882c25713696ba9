"""profiles/NAME.json: one LLM of the agent server, which Agent Canvas starts, and its copy in settings.json.

    {"model": …, "num_retries": 8, …, "schema_version": 1}

A conversation begins with the LLM profile that the active agent profile names. Whoever activates a profile there gets
its LLM into `agent_settings.llm` of settings.json as well; so do we, with the profile that is in use.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.openhands.targets.llm_file import LlmFile, Names
from tui.openhands.targets.settings_json import FILE, ServerSettings
from tui.openhands.targets.target import SERVER

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


NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MOST: Final = 50
"""Profiles that the agent server takes."""


@dataclass(frozen=True)
class Profile(LlmFile):
    """The file."""

    kind: ClassVar[str] = SERVER
    at: ClassVar[Names] = ()
    program: ClassVar[str] = _("the agent server up to 1.58")
    newest: ClassVar[Mapping[Names, int]] = {(): 1}
    decrypts: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """As the agent server calls it."""
        return self.path.stem

    @property
    def is_in_use(self) -> bool:
        """Whether conversations begin with it."""
        return self.path == profile_in_use(self.path.parent.parent)

    @property
    def settings(self) -> Path:
        """The settings.json beside it."""
        return self.path.parent.parent / FILE

    @property
    def locks(self) -> Sequence[Path]:
        """Those that the agent server takes for each change, of the profiles and of its settings."""
        return (self.path.parent / ".profiles.lock", *ServerSettings(self.settings, "", exists=False, data={}).locks)

    def smallest(self, llm: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing else is needed."""
        return dict(llm)

    def along(self, text: str) -> Sequence[tuple[ConfigText, str]]:
        """settings.json, with what it says then; nothing for a profile that is not in use. Raises SetupError."""
        if not self.is_in_use:
            return ()
        settings, after = ServerSettings.read(self.settings), self.of(self.path, text)
        changed = settings.with_profile(self.name, self.llm, after.llm)
        return () if changed == settings.text else ((settings, changed),)
