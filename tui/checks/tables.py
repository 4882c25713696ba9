"""The tables beside `[llm]`: what OpenHands refuses, drops or passes over in them."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

from tui.base.foreign import clean
from tui.base.translation import _, together
from tui.checks.finding import Code, Finding, Severity
from tui.config_file.document import ConfigText
from tui.openhands.groups import DEFAULT, KNOWN, offending_keys
from tui.openhands.loader import verdicts
from tui.openhands.tables import SECTIONS, Effect, Trouble, Verdict, recorded_tables
from tui.openhands.types import bare_type, found_words, wanted_words

# -- what is said of the tables beside `[llm]`: what is wrong, what OpenHands does then, and what to do

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_TROUBLES: Final = {
    Trouble.UNKNOWN: _("OpenHands does not know “{key}” here."),
    Trouble.UNKNOWN_TABLE: _("OpenHands has no table of this name."),
    Trouble.TYPE: _("{key} must be {wanted}, and is {found}."),
    Trouble.NO_TABLE: _("“{key}” is not a table."),
    Trouble.NO_GROUP: _("{key} names “{value}”, and no group is called that; OpenHands takes [llm] instead."),
    Trouble.LACKS: _("It lacks {wanted}."),
    Trouble.CHOICE: _("“{value}” is no {key} that OpenHands has."),
    Trouble.MOUNT: _("{key} must name both sides, FROM:TO."),
    Trouble.VALUE: _("OpenHands cannot use this value of {key}."),
}
_OF_SERVERS: Final = {
    Trouble.TYPE: _("OpenHands cannot read {key}, a list of servers."),
    Trouble.LACKS: _("A server of {key} lacks {wanted}."),
    Trouble.ADDRESS: _("{key} has an address that is not valid, or is there twice."),
    Trouble.NAME: _("A server of {key} has a {wanted} with a space, or with another character that it must not have."),
}
_HINTS: Final = {
    Trouble.NO_TABLE: _("Make it a line [{key}], with its settings below."),
    Trouble.LACKS: _("Add {wanted}."),
    Trouble.CHOICE: _("Write one of {known}."),
    Trouble.MOUNT: _("Such as /home/me/project:/workspace."),
    Trouble.ADDRESS: _("Write each in full and once, such as http://localhost:3001/sse."),
    Trouble.NAME: _("Letters, digits, dashes and underscores; what follows a command goes into args."),
}


def header_of(table: tuple[str, ...]) -> str:
    """The table as it stands in the file."""
    parts = (part if _BARE.fullmatch(part) else f'"{clean(part, limit=60)}"' for part in table)
    return f"[{'.'.join(parts)}]"


def value_at(config: ConfigText, path: tuple[str, ...]) -> Any:
    """What stands there, None for nothing."""
    found: Any = config.data
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def sentence_on(config: ConfigText, verdict: Verdict) -> str:
    """What is wrong, and what OpenHands does then."""
    words = {**_TROUBLES, **(_OF_SERVERS if verdict.path[0] == "mcp" else {})}[verdict.trouble]
    value = value_at(config, verdict.path)
    wanted = wanted_words(verdict.wanted) if verdict.trouble is Trouble.TYPE else verdict.wanted
    trouble = words.format(
        key=clean(verdict.path[-1], limit=60),
        wanted=wanted,
        found=found_words(value),
        value=clean(str(value), limit=60),
    )
    return together(trouble, _consequence(config, verdict))


def _consequence(config: ConfigText, verdict: Verdict) -> str:
    match verdict.outcome:
        case Effect.ENDS:
            return _("OpenHands does not start with it.")
        case Effect.DROPS:
            return _loss(config, verdict.lost)
        case Effect.IGNORES:
            return _("It ignores it.")
    return _("OpenHands does not check it, and may fail later.") if verdict.trouble is Trouble.TYPE else ""


def _loss(config: ConfigText, lost: tuple[str, ...]) -> str:
    if lost == ("condenser",):
        return _("OpenHands goes on without a condenser: a long conversation ends where it is full.")
    table = value_at(config, lost)
    if lost[0] == "agent" and isinstance(table, dict) and "llm_config" in table:
        return _("OpenHands drops all of {table}, its llm_config too.").format(table=header_of(lost))
    return _("OpenHands drops all of {table}.").format(table=header_of(lost))


def hint_on(config: ConfigText, verdict: Verdict) -> str:
    """What to do about it."""
    match verdict.trouble:
        case Trouble.UNKNOWN:
            return _near(verdict)
        case Trouble.UNKNOWN_TABLE:
            return _near_table(config, verdict.path[0])
        case Trouble.NO_GROUP:
            return _near_group(config, str(value_at(config, verdict.path)))
        case Trouble.TYPE:
            return _for_type(verdict.wanted)
    words = _HINTS.get(verdict.trouble, _("Put another value there."))
    return words.format(key=verdict.path[0], wanted=verdict.wanted, known=", ".join(verdict.known))


def _for_type(wanted: str) -> str:
    words = {"str": _("Put it in quotes."), "bool": _("Write true or false, without quotes.")}
    return words.get(bare_type(wanted), _("Correct it, or leave the line out for the default."))


def _near(verdict: Verdict) -> str:
    """What was probably meant by an unknown setting, or where it belongs."""
    key = verdict.path[-1]
    name = key.lower().replace("-", "_").removeprefix("codeact_")
    if near := get_close_matches(name, verdict.known, n=1, cutoff=0.8):
        return _("Did you mean {key}?").format(key=near[0])
    if name in KNOWN:
        return _("It belongs to [llm].")
    tables = [table for table, types in recorded_tables().tables.items() if name in types]
    if tables:
        return _("It belongs to [{table}].").format(table=tables[0])
    if len(verdict.known) <= 4:
        return _("There are only {known}.").format(known=", ".join(verdict.known))
    return _("Remove it, or put a # in front of it.")


def _near_table(config: ConfigText, name: str) -> str:
    if config.table(name).keys() & {"model", "api_key", "base_url"}:
        return _("A group of settings for another model is called [llm.{name}].").format(name=clean(name, limit=60))
    near = get_close_matches(name.lower(), SECTIONS, n=1)
    return _("Did you mean [{table}]?").format(table=near[0]) if near else _("Remove it, if nothing else reads it.")


def _near_group(config: ConfigText, name: str) -> str:
    bare = name.strip("[]").removeprefix(f"{DEFAULT}.")
    groups = config.groups()
    near = [bare] if bare in groups else get_close_matches(bare, groups, n=1)
    if near:
        return _("Write the bare name: {name}.").format(name=clean(near[0], limit=60))
    return _("Write the bare name of a group that is in the file.")


_CODES: Final = {
    Trouble.UNKNOWN: Code.UNKNOWN_KEY, Trouble.UNKNOWN_TABLE: Code.UNKNOWN_TABLE, Trouble.NO_GROUP: Code.GROUP_NAME,
    Trouble.TYPE: Code.WRONG_TYPE, Trouble.NO_TABLE: Code.WRONG_TYPE,
}  # fmt: skip
"""Of all others: out-of-range."""


def check_tables(config: ConfigText) -> Iterator[Finding]:
    """What is wrong with them; lines without a table are another's, and so are the groups."""
    kept = [DEFAULT, *(name for name in config.groups() if not offending_keys(config, f"{DEFAULT}.{name}"))]
    for verdict in verdicts(config.data, kept):
        is_table = isinstance(config.data.get(verdict.path[0]), dict | list)
        is_said = verdict.trouble is Trouble.NO_GROUP and value_at(config, verdict.path) in config.groups()
        if not is_said and (is_table or verdict.trouble is not Trouble.UNKNOWN_TABLE):
            yield _finding(config, verdict)
    for name, value in config.data.items():
        if name.lower() in SECTIONS and name not in SECTIONS and isinstance(value, dict | list):
            yield _misspelt(config, name)
    yield from _editor(config)


def _finding(config: ConfigText, verdict: Verdict) -> Finding:
    inner = len(verdict.path) > 1 and verdict.trouble is not Trouble.NO_TABLE
    lacks_table = verdict.trouble is Trouble.LACKS and verdict.path == ("condenser",)
    table = verdict.path if lacks_table or not inner else verdict.path[:-1]
    key = verdict.path[-1] if inner and not lacks_table else None
    voids = verdict.outcome in (Effect.ENDS, Effect.DROPS)
    whole = verdict.trouble is Trouble.NO_TABLE
    return Finding(
        severity=Severity.ERROR if voids else Severity.WARNING,
        code=_CODES.get(verdict.trouble, Code.OUT_OF_RANGE),
        group=None if whole else ".".join(table),
        key=key,
        line=config.line(*verdict.path) or config.line(*table),
        where="" if whole else header_of(table),
        sentence=sentence_on(config, verdict),
        hint=hint_on(config, verdict),
        voids=voids,
    )


def _misspelt(config: ConfigText, name: str) -> Finding:
    """A table that only looks like one of OpenHands'."""
    return Finding(
        severity=Severity.WARNING,
        code=Code.GROUP_NAME if name.lower() == DEFAULT else Code.UNKNOWN_TABLE,
        group=name,
        line=config.line(name),
        where=f"[{name}]",
        sentence=_("OpenHands does not read it: names are in small letters."),
        hint=_("Call it [{table}].").format(table=name.lower()),
    )


def _editor(config: ConfigText) -> Iterator[Finding]:
    """The editor that asks a model of its own, and the group that it looks for."""
    agent = config.table("agent")
    inner = [(("agent", name), table) for name, table in agent.items() if isinstance(table, dict)]
    for path, table in [(("agent",), agent), *inner]:
        if table.get("enable_llm_editor") is True and "draft_editor" not in config.groups():
            yield Finding(
                severity=Severity.WARNING, code=Code.GROUP_NAME, group=".".join(path), key="enable_llm_editor",
                line=config.line(*path, "enable_llm_editor"), where=header_of(path),
                sentence=_("This editor asks the model of [llm.draft_editor], which is not there: [llm] it is."),
                hint=_("Add a group [llm.draft_editor] with a model, or leave enable_llm_editor out."),
            )  # fmt: skip
            return
