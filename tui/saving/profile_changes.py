"""Renaming and removing profiles: of the agent server as it does itself, so that who names one is told, and those of
the GUI server, which all stand in its settings.json."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.config_file.json_document import JsonText
from tui.config_file.json_source import REMOVED, rename_member, rewrite_json
from tui.config_file.save import take_away
from tui.openhands.targets.agent_server import AgentServer, agents_with
from tui.openhands.targets.gui import GuiServer
from tui.openhands.targets.llm_file import LlmFile
from tui.openhands.targets.profile import Profile
from tui.openhands.targets.settings_json import ServerSettings
from tui.saving.file_update import Update, update

_ACTIVE: Final = "active_profile"


@dataclass(frozen=True)
class AgentProfile(JsonText):
    """agent-profiles/NAME.json: an agent, which names its LLM profile."""

    private: ClassVar[bool] = True

    @property
    def locks(self) -> tuple[Path, ...]:
        """That which the agent server takes for each change."""
        return (self.path.parent / ".agent-profiles.lock",)


def rename_profile(name: str, new: str, *, write: bool = True) -> list[Update]:
    """Call a profile by another name, also where agent profiles and settings.json name it. Raises SetupError.

    The new file comes first and the old one goes last: killed in between, all that is named is there.
    """
    before = _existing(name)
    there = AgentServer().locate(group=new)
    if there == before.path:
        return []

    def copied(_first: ConfigText, present: ConfigText) -> str:
        if present.exists:
            message = _("There is a profile {name} already.").format(name=clean(there.stem, limit=64))
            raise SetupError(message, _("Choose another name."), status=Status.USAGE)
        return before.text

    done = [update(there, copied, read=AgentServer().read, write=write)]
    done += [
        update(path, _changing("llm_profile_ref", there.stem), read=AgentProfile.read, write=write)
        for path in agents_with(_folder(before), before.name)
    ]
    return [*done, *_tell_settings(before, there.stem, write=write), _without(before, write=write)]


def remove_profile(name: str, *, write: bool = True) -> list[Update]:
    """Remove a profile that nobody uses. Raises SetupError, which names who does."""
    before = _existing(name)
    agents = [path.stem for path in agents_with(_folder(before), before.name)]
    if agents:
        message = _("Agent profiles name {profile}: {names}.")
        raise SetupError(
            message.format(profile=clean(before.name, limit=64), names=clean(", ".join(agents), limit=300)),
            _("Choose another profile for them first, in Agent Canvas."), status=Status.USAGE,
        )  # fmt: skip
    if before.is_in_use:
        message = _("Conversations begin with the profile {profile}.").format(profile=clean(before.name, limit=64))
        raise SetupError(message, _("Activate another one first, in Agent Canvas."), status=Status.USAGE)
    return [*_tell_settings(before, None, write=write), _without(before, write=write)]


def _existing(name: str) -> Profile:
    profile = AgentServer().read(AgentServer().locate(group=name))
    if not profile.exists:
        named = clean(profile.name, limit=64)
        raise SetupError(_("There is no profile {name}.").format(name=named), status=Status.USAGE)
    return profile


def _folder(profile: Profile) -> Path:
    return profile.path.parent.parent


def _changing(name: str, value: str | None) -> Callable[[ConfigText, ConfigText], str]:
    return lambda _first, present: rewrite_json(present.text, {(): {name: value}})


def _tell_settings(profile: Profile, new: str | None, *, write: bool) -> Iterator[Update]:
    settings = ServerSettings.read(profile.settings)
    active: Any = settings.whole.get(_ACTIVE)
    if isinstance(active, str) and active.removesuffix(".json") == profile.name:
        settings.require_known_schema()
        yield update(profile.settings, _changing(_ACTIVE, new), read=ServerSettings.read, write=write)


def _without(profile: Profile, *, write: bool) -> Update:
    """The file as it goes; what is left of its text is nothing."""
    return Update(profile, profile.text, backup=take_away(profile) if write else None, removed=True)


# -- those of the GUI server


_PROFILES: Final = "llm_profiles"
_AT: Final = (_PROFILES, "profiles")


def rename_gui_profile(name: str, new: str, *, write: bool = True) -> list[Update]:
    """Call one by another name, also where it is the active one. Raises SetupError."""
    AgentServer().locate(group=new)  # what is a name there is one here

    def renamed(_first: ConfigText, present: ConfigText) -> str:
        names, active = _gui_profiles(present, name)
        if new in names and new != name:
            message = _("There is a profile {name} already.").format(name=clean(new, limit=64))
            raise SetupError(message, _("Choose another name."), status=Status.USAGE)
        text = rename_member(present.text, _AT, name, new)
        return rewrite_json(text, {(_PROFILES,): {"active": new}}) if active == name else text

    return [_update_gui(renamed, write=write)]


def remove_gui_profile(name: str, *, write: bool = True) -> list[Update]:
    """Remove one that is not active. Raises SetupError."""

    def removed(_first: ConfigText, present: ConfigText) -> str:
        _names, active = _gui_profiles(present, name)
        if active == name:
            message = _("Conversations begin with the profile {profile}.").format(profile=clean(name, limit=64))
            raise SetupError(message, _("Activate another one first, in its settings."), status=Status.USAGE)
        return rewrite_json(present.text, {_AT: {name: REMOVED}})

    return [_update_gui(removed, write=write)]


def _update_gui(change: Callable[[ConfigText, ConfigText], str], *, write: bool) -> Update:
    gui = GuiServer()
    return update(gui.locate(), change, read=gui.read, write=write)


def _gui_profiles(config: ConfigText, name: str) -> tuple[set[str], str]:
    """The names of all, and of the active one. Raises SetupError where there is none called `name`."""
    if isinstance(config, LlmFile):
        config.require_known_schema()
    held = config.everything.get(_PROFILES)
    found = held.get("profiles") if isinstance(held, dict) else None
    if not isinstance(found, dict) or name not in found:
        message = _("There is no profile {name}.").format(name=clean(name, limit=64))
        raise SetupError(message, status=Status.USAGE)
    return set(found), str(held.get("active") or "") if isinstance(held, dict) else ""
