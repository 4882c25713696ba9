"""settings.json, which two programs read: the GUI server openhands-ai from 1.8 on, and the agent server.

    {"agent_settings": {"llm": {"model": …, …}, …}, "llm_profiles": {"profiles": {"Default": {…}}, "active": "Default"}}

`llm_profiles` is the GUI server's alone. It refuses a file with newer versions in it, such as the agent server writes;
what we make has none, and both take that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from tui.base.translation import _
from tui.config_file.json_source import REMOVED, rewrite_json
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.llm_file import KEYS_IN, LlmFile, Names, as_text, ordered
from tui.openhands.targets.schema import default, settable
from tui.openhands.targets.target import GUI, SERVER

_LOCK: Final = ".settings.lock"
_AGENT: Final = "agent_settings"
_PROFILES: Final = "llm_profiles"
_ACTIVE: Final = "active_profile"
_ENDPOINT: Final = ("model", "base_url")
"""Where an LLM differs from another in one of them, it is another one."""


@dataclass(frozen=True)
class SettingsJson(LlmFile):
    """The file as the GUI server reads it."""

    kind: ClassVar[str] = GUI
    at: ClassVar[Names] = (_AGENT, DEFAULT)
    program: ClassVar[str] = _("openhands-ai up to 1.11")
    newest: ClassVar[Mapping[Names, int]] = {(_AGENT,): 4}

    @property
    def locks(self) -> Sequence[Path]:
        """The agent server's own, where it has been; the GUI server takes none."""
        lock = self.path.parent / _LOCK
        return (lock,) if lock.exists() else ()

    def copies(self) -> Sequence[Names]:
        """The active one of the GUI server's profiles."""
        profiles = self.whole.get(_PROFILES)
        if not isinstance(profiles, dict):
            return []
        named, active = profiles.get("profiles"), profiles.get("active")
        here = isinstance(named, dict) and isinstance(active, str) and isinstance(named.get(active), dict)
        return [(_PROFILES, "profiles", str(active))] if here else []

    def follows(self, copy: Names, key: str) -> bool:  # noqa: ARG002 - see below
        """Always: of two that differ the GUI server says that no profile is active."""
        return True

    def smallest(self, llm: Mapping[str, Any]) -> dict[str, Any]:
        """The GUI server makes its profile "Default" of that."""
        return {_AGENT: {DEFAULT: dict(llm)}}


def is_of_older_gui(whole: Mapping[str, Any]) -> bool:
    """Whether a settings.json is that of openhands-ai up to 1.7: settings of the LLM stand in it by themselves."""
    return "llm_model" in whole


@dataclass(frozen=True)
class ServerSettings(SettingsJson):
    """The file as the agent server reads it."""

    kind: ClassVar[str] = SERVER
    program: ClassVar[str] = _("the agent server up to 1.58")
    newest: ClassVar[Mapping[Names, int]] = {(): 6, (_AGENT,): 9}
    decrypts: ClassVar[bool] = True

    @property
    def locks(self) -> Sequence[Path]:
        """That which the agent server takes for each change."""
        return (self.path.parent / _LOCK,)

    def with_profile(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """The text when the profile `name`, which is in use, is changed from one LLM to another. Raises SetupError.

        What the two had alike changes alike. Where this is another LLM altogether, it becomes that of the profile, as
        when the agent server activates one: an address and a key are never mixed of two.
        """
        if not self.exists:
            has = {key: value for key, value in after.items() if key in settable(SERVER)}
            return as_text({_AGENT: {DEFAULT: ordered(has)}, _ACTIVE: name})
        self.require_known_schema()
        agent = self.whole.get(_AGENT)
        if isinstance(agent, dict) and agent.get("agent_kind") == "acp":
            return self.text  # an agent with a model of its own
        changes = {
            key: REMOVED if after.get(key) is None else after[key]
            for key in sorted(settable(SERVER))
            if self._is_to_change(key, before, after)
        }
        copies = dict.fromkeys(self.copies(), changes)
        marks = {} if self.whole.get(_ACTIVE) else {_ACTIVE: name}
        return rewrite_json(self.text, {self.at: changes, **copies, (): marks})

    def _is_to_change(self, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
        here, old, new = (_meant(llm, key) for llm in (self.llm, before, after))
        if here == new:
            return False
        if any(_meant(self.llm, each) != _meant(before, each) for each in _ENDPOINT):
            return True
        return old != new and (here == old or key in KEYS_IN)


def _meant(llm: Mapping[str, Any], key: str) -> Any:
    """What a setting is in effect: the agent server writes into settings.json what profiles leave out."""
    return llm[key] if key in llm else default(key, SERVER)
