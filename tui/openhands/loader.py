"""What OpenHands does with the tables of a config.toml beside `[llm]`: takes, drops or passes over them, or ends.

Read in `openhands.core.config` of openhands-ai 0.62.0 and 1.6.0, which read alike, and tried on it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from tui.openhands.mcp import mcp_trouble
from tui.openhands.tables import SECTIONS, Effect, Trouble, Types, Verdict, recorded_tables
from tui.openhands.types import WrongType, bare_type, require_type

Path = tuple[str, ...]

_STRICT: Final = ("security", "sandbox", "kubernetes", "model_routing")
"""One unknown setting, or one value of a wrong type, ends the start."""
_WITH_GROUP: Final = ("llm", "llm_attention")
"""Condensers whose `llm_config` may be the name of a group."""


def verdicts(data: Mapping[str, Any], groups: Collection[str]) -> Iterator[Verdict]:
    """What OpenHands does not take of the file's tables, `[llm]` left out.

    `data` is what the file says, `groups` the groups of `[llm]` that OpenHands keeps, `llm` itself among them.
    """
    yield from _core(data)
    yield from _agents(data.get("agent", {}), groups)
    for name in _STRICT:
        yield from _strict(name, data.get(name, {}))
    yield from _volumes(data.get("sandbox", {}))
    yield from mcp_trouble(data.get("mcp", {}))
    if "condenser" in data:
        yield from _condenser(data["condenser"], groups)
    if not isinstance(data.get("extended", {}), dict):
        yield Verdict(("extended",), Trouble.NO_TABLE, Effect.DROPS, ("extended",))
    for name in data:
        if name.lower() not in SECTIONS:
            yield Verdict((name,), Trouble.UNKNOWN_TABLE, Effect.IGNORES)


def _core(data: Mapping[str, Any]) -> Iterator[Verdict]:
    core = data.get("core", {})
    if not isinstance(core, dict):
        yield Verdict(("core",), Trouble.NO_TABLE, Effect.ENDS)
        return
    types, crashes = recorded_tables().tables["core"], recorded_tables().core_crashes
    for key, value in core.items():
        kind = types.get(key, "")
        ends = key in recorded_tables().core_refused or _kind_of(value) in crashes.get(key, ())
        if not kind:
            yield Verdict(("core", key), Trouble.UNKNOWN, Effect.ENDS if ends else Effect.IGNORES, known=tuple(types))
        elif not _is_taken(kind, value):
            yield Verdict(("core", key), Trouble.TYPE, Effect.ENDS if ends else Effect.KEEPS, wanted=kind)
        elif ends:
            yield Verdict(("core", key), Trouble.VALUE, Effect.ENDS)
    yield from _rewriting(core)


def _rewriting(core: Mapping[str, Any]) -> Iterator[Verdict]:
    rewrite, based = core.get("workspace_mount_rewrite"), core.get("workspace_base") or core.get("workspace_mount_path")
    if isinstance(rewrite, str) and rewrite and ":" not in rewrite and isinstance(based, str):
        yield Verdict(("core", "workspace_mount_rewrite"), Trouble.MOUNT, Effect.ENDS)


def _kind_of(value: Any) -> str:
    if value == "" and isinstance(value, str):
        return "empty"
    kinds = ((bool, "bool"), (int, "int"), (float, "float"), (str, "str"), (list, "list"), (dict, "table"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "date")


def _agents(agent: Any, groups: Collection[str]) -> Iterator[Verdict]:
    if not isinstance(agent, dict):
        yield Verdict(("agent",), Trouble.NO_TABLE, Effect.ENDS)
        return
    base = {key: value for key, value in agent.items() if not isinstance(value, dict)}
    yield from _agent(("agent",), base, groups)
    for name, table in agent.items():
        if isinstance(table, dict):
            yield from _agent(("agent", name), table, groups)


def _agent(path: Path, table: Mapping[str, Any], groups: Collection[str]) -> Iterator[Verdict]:
    found = list(_settings(path, table, recorded_tables().tables["agent"], Effect.DROPS, path))
    yield from found
    named = table.get("llm_config")
    if (
        isinstance(named, str)
        and named not in groups
        and not any(verdict.path[-1] == "llm_config" for verdict in found)
    ):
        yield Verdict((*path, "llm_config"), Trouble.NO_GROUP, Effect.KEEPS)


def _strict(name: str, table: Any) -> Iterator[Verdict]:
    if isinstance(table, dict):
        yield from _settings((name,), table, recorded_tables().tables[name], Effect.ENDS, (name,))
    else:
        yield Verdict((name,), Trouble.NO_TABLE, Effect.ENDS)


def _volumes(sandbox: Any) -> Iterator[Verdict]:
    volumes = sandbox.get("volumes") if isinstance(sandbox, dict) else None
    if isinstance(volumes, str) and any(not 2 <= len(mount.split(":")) <= 3 for mount in volumes.split(",")):
        yield Verdict(("sandbox", "volumes"), Trouble.MOUNT, Effect.ENDS)


def _condenser(table: Any, groups: Collection[str]) -> Iterator[Verdict]:
    path = ("condenser",)
    if not isinstance(table, dict):
        yield Verdict(path, Trouble.NO_TABLE, Effect.ENDS)
        return
    name = table.get("type", "noop")
    types = recorded_tables().condensers.get(name) if isinstance(name, str) else None
    if types is None:
        yield Verdict((*path, "type"), Trouble.CHOICE, Effect.DROPS, path, known=tuple(recorded_tables().condensers))
        return
    named = table.get("llm_config")
    if name in _WITH_GROUP and isinstance(named, str):
        if named not in groups:
            yield Verdict((*path, "llm_config"), Trouble.NO_GROUP, Effect.KEEPS)
        types = {**types, "llm_config": "str"}
    open_ = name in recorded_tables().open_condensers
    yield from _settings(path, table, types, Effect.DROPS, path, is_open=open_)
    for key in recorded_tables().needed[name]:
        if key not in table:
            yield Verdict(path, Trouble.LACKS, Effect.DROPS, path, wanted=key)


def _settings(
    path: Path, table: Mapping[str, Any], types: Types, outcome: Effect, lost: Path, *, is_open: bool = False
) -> Iterator[Verdict]:
    """What a table's own model does not take."""
    for key, value in table.items():
        kind = types.get(key)
        if kind is None:
            if not is_open:
                yield Verdict((*path, key), Trouble.UNKNOWN, outcome, lost, known=tuple(types))
        elif not _is_taken(kind, value):
            yield Verdict((*path, key), Trouble.TYPE, outcome, lost, wanted=kind)


def _is_taken(kind: str, value: Any) -> bool:
    try:
        require_type(kind, value)
    except WrongType:
        return False
    if bare_type(kind) == "ModelRoutingConfig":
        return not any(_settings((), value, recorded_tables().tables["model_routing"], Effect.DROPS, ()))
    return bare_type(kind) != "model" or _is_condenser(value)


def _is_condenser(table: Mapping[str, Any]) -> bool:
    """Whether a table in the place of a condenser is one; its LLM cannot be a group's name here."""
    name, record = table.get("type"), recorded_tables()
    return any(
        not any(_settings((), table, types, Effect.DROPS, (), is_open=kind in record.open_condensers))
        and table.keys() >= set(record.needed[kind])
        for kind, types in record.condensers.items()
        if name in (None, kind)
    )
