"""Adding, copying, renaming and removing groups, and what refers to them; and profiles, groups with their own files."""

from collections.abc import Iterator
from typing import Any, Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.config_file.rewrite import rewrite
from tui.openhands.effective import for_new_table, retries_of
from tui.openhands.groups import DEFAULT, header
from tui.openhands.names import require_free, unknown_group
from tui.openhands.targets.agent_server import AgentServer
from tui.openhands.targets.llm_file import KEYS_IN, as_text
from tui.openhands.targets.profile import MOST, Profile
from tui.saving.file_update import Update, update

_REFERENCE: Final = "llm_config"
"""The key by which `[agent]`, `[condenser]` and the like name a group."""
_BY_NAME: Final = ("draft_editor",)
"""Groups that OpenHands finds by their own name."""


def with_group(config: ConfigText, name: str) -> str:
    """The text with a group of that name, in which only the four retry settings stand. Raises SetupError."""
    require_free(config, name)
    return rewrite(config.text, {(DEFAULT, name): for_new_table(config)}, ensure=[("core",), (DEFAULT, name)])


def with_copy(config: ConfigText, source: str, name: str) -> str:
    """The text with a group that has the settings of another one. Raises SetupError."""
    if source == DEFAULT and source not in config.groups():
        raise SetupError(
            _("Every group has the settings of [llm] already."),
            _("To make one: llm-setup group add NAME"),
            status=Status.USAGE,
        )
    _require_known(config, source)
    require_free(config, name)
    settings = dict(config.table(DEFAULT, source))
    for key, value in retries_of(config, f"{DEFAULT}.{source}").items():
        settings.setdefault(key, value)
    return rewrite(config.text, {(DEFAULT, name): settings}, ensure=[("core",), (DEFAULT, name)])


def with_name(config: ConfigText, source: str, name: str) -> str:
    """The text with a group called by another name. Raises SetupError."""
    from tui.config_file.rewrite import rename_table

    _require_known(config, source)
    if source == name:
        return config.text
    require_free(config, name)
    return rename_table(config.text, (DEFAULT, source), name)


def without_group(config: ConfigText, name: str) -> str:
    """The text without a group. Raises SetupError."""
    _require_known(config, name)
    return rewrite(config.text, {(DEFAULT,): {name: None}})


def references(config: ConfigText, name: str) -> list[str]:
    """One sentence for each place of the file that names the group, and for OpenHands itself where it does."""
    found = []
    for path in _referring(config.data, name):
        line, table = config.line(*path), clean(".".join(path[:-1]), limit=60)
        sentence = _("Line {line}: [{table}] names the group “{name}” as its {key}; OpenHands will take [llm] instead.")
        found.append(sentence.format(line=line, table=table, name=clean(name, limit=60), key=path[-1]))
    if name in _BY_NAME:
        found.append(_("OpenHands looks for {group} by its name.").format(group=header(f"{DEFAULT}.{name}")))
    return found


def _referring(data: dict[str, Any], name: str, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in data.items():
        if isinstance(value, dict) and (path or key != DEFAULT):
            yield from _referring(value, name, (*path, key))
        elif key == _REFERENCE and value == name:
            yield (*path, key)


def _require_known(config: ConfigText, name: str) -> None:
    if name not in config.groups():
        raise unknown_group(config, name)


def make_profile(name: str, source: str | None = None, *, write: bool = True) -> Update:
    """Make the profile `name` with the settings of `source`, by default of the one in use, and none of its keys.

    Raises SetupError.
    """
    server = AgentServer()
    like = server.read(server.locate(group=source))
    if not like.exists:
        named = clean(like.name, limit=64)
        raise SetupError(_("There is no profile {name}.").format(name=named), status=Status.USAGE)
    like.require_known_schema()
    if len(server.groups()) >= MOST - 1:
        raise SetupError(_("The agent server takes {most} profiles at most.").format(most=MOST))

    def change(_first: Profile, present: Profile) -> str:
        if present.exists:
            raise SetupError(
                _("There is a profile {name} already.").format(name=clean(present.name, limit=64)),
                _("Choose another name."),
                status=Status.USAGE,
            )
        return as_text({key: value for key, value in like.whole.items() if key not in KEYS_IN})

    return update(server.locate(group=name), change, read=server.read, write=write)  # type: ignore[arg-type]  # its own kind
