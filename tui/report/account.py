"""What is told of a set-up, each field chosen."""

import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from tui import __version__
from tui.base.errors import SetupError
from tui.config_file.document import ConfigText
from tui.config_file.location import HERE, locate
from tui.doctor.observation import Observation
from tui.doctor.setup import SetUp
from tui.drafts.draft import Draft, take_effective
from tui.drafts.policy import policy_in_effect
from tui.openhands.effective import Setting, Source, effective
from tui.openhands.field import Field, Kind
from tui.openhands.groups import DEFAULT, KNOWN, group_ids, offending_keys, own_values
from tui.openhands.routes import is_known
from tui.openhands.targets.installed import installed
from tui.openhands.targets.target import TOML, Target
from tui.report.anonymity import Anonymity, address
from tui.retry.schedule import as_numbers
from tui.trial.record import remembered

SET: Final = "(set)"
"""Stands for a value that is nobody's business."""
_PUBLIC: Final = {
    "aws_region_name": re.compile(r"[a-z]{2}(?:-[a-z]+){1,2}-\d"),
    "api_version": re.compile(r"\d{4}-\d\d-\d\d(?:-preview)?|latest|preview"),
}
"""Texts that may be told as they are if they have this form."""
_OF_A_TEST: Final = (
    "day", "provider", "litellm", "ok", "diagnosis", "seconds", "prompt_tokens", "completion_tokens", "cost_usd",
)  # fmt: skip
_OF_AN_ATTEMPT: Final = ("status", "error", "cause", "seconds")


def account(setup: SetUp, seen: Sequence[Observation]) -> dict[str, Any]:
    """The report, as JSON has it; `seen` is what the doctor saw."""
    files = {target.name: config for target in setup.targets if (config := _read(setup, target))}
    anonymity = Anonymity([config.everything for config in files.values()], setup.environ)
    groups = [(target, files[target.name], group) for target in setup.targets if target.name in files
              for group in group_ids(files[target.name])]  # fmt: skip
    names = {group: _name(number, group) for number, group in enumerate(dict.fromkeys(g for _t, _c, g in groups))}
    return {
        "versions": versions(),
        "targets": [_target(setup, target, files.get(target.name)) for target in setup.targets],
        "settings": [
            {"target": target.name, "group": names[group], **_settings(setup, target, config, group, anonymity)}
            for target, config, group in groups
        ],
        "policy": [
            {"target": target.name, "group": names[group],
             **as_numbers(policy_in_effect(config, target.environment(setup.environ), group))}
            for target, config, group in groups
        ],
        "tests": [_test(each, anonymity) for each in remembered()],
        "findings": [
            {"severity": each.grade.value, "area": each.area.value, "code": each.code,
             "message": anonymity.of(each.message)}
            for each in seen
        ],
    }  # fmt: skip


def versions() -> dict[str, Any]:
    """Of the program, what it stands on, and OpenHands as far as it is found."""
    program = installed()
    return {
        "llm-setup": __version__,
        "python": platform.python_version(),
        "litellm": _version("litellm"),
        "textual": _version("textual"),
        "keyring": _version("keyring"),
        "openhands": f"{program.distribution} {program.version}".strip() if program else None,
        "system": f"{platform.system()} {platform.machine()}",
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _name(number: int, group: str) -> str:
    """A group is called by a number: its name is the user's own."""
    return DEFAULT if group == DEFAULT else f"{DEFAULT}.{number}"


def _read(setup: SetUp, target: Target) -> ConfigText | None:
    try:
        return target.read(setup.path(target))
    except SetupError:
        return None


def _target(setup: SetUp, target: Target, config: ConfigText | None) -> dict[str, Any]:
    path = setup.path(target)
    return {
        "target": target.name, "program": target.program, "present": os.path.lexists(path),
        "readable": config is not None, "place": _place(target, path),
    }  # fmt: skip


def _place(target: Target, path: Path) -> str:
    """Where the file lies, in so far as OpenHands looks there."""
    if target.name != TOML or path == locate(Path("~/.openhands/config.toml")):
        return f"~/.openhands/{path.name}" if path == target.locate() else "elsewhere"
    return f"./{HERE}" if path == Path(HERE).absolute() else "elsewhere"


def _settings(
    setup: SetUp, target: Target, config: ConfigText, group: str, anonymity: Anonymity
) -> dict[str, Any]:  # fmt: skip
    """Provider, where its key is, and the settings that are not as OpenHands has them by itself."""
    environ = target.environment(setup.environ)
    draft = Draft(config, setup.own, environ, group)
    take_effective(draft)
    found, dropped = effective(config, environ, group), bool(offending_keys(config, group))
    if dropped:  # what stands there is of use all the same
        found = {key: Setting(value, Source.FILE) for key, value in own_values(config, group).items()}
    told = {
        key: {"value": _value(KNOWN[key], setting, anonymity) if key in KNOWN else SET, "source": setting.source.value}
        for key, setting in found.items()
        if setting.source is not Source.DEFAULT and setting.value is not None and target.has(key)
    }
    store = draft.remembered_store
    return {
        "provider": draft.provider.id if draft.provider else None, "key": store.value if store else None,
        "dropped": dropped, "values": told,
    }  # fmt: skip


def _value(field: Field, setting: Setting, anonymity: Anonymity) -> Any:
    value = setting.value
    if field.kind in (Kind.INTEGER, Kind.NUMBER, Kind.SWITCH) or (field.kind is Kind.CHOICE and value in field.choices):
        return value
    if field.key == "model":
        return anonymity.of(str(value))
    if field.key == "base_url":
        return address(str(value))
    is_public = field.key in _PUBLIC and _PUBLIC[field.key].fullmatch(str(value))
    return value if is_public or (field.key == "custom_llm_provider" and is_known(str(value))) else SET


def _test(said: Mapping[str, Any], anonymity: Anonymity) -> dict[str, Any]:
    """Of what is kept only what we wrote."""
    attempts = said.get("attempts")
    return {name: _plain(said.get(name), anonymity) for name in _OF_A_TEST} | {
        "attempts": [
            {name: _plain(each.get(name), anonymity) for name in _OF_AN_ATTEMPT}
            for each in (attempts if isinstance(attempts, list) else ())
            if isinstance(each, dict)
        ]
    }


def _plain(value: Any, anonymity: Anonymity) -> Any:
    if isinstance(value, str):
        return anonymity.of(value[:80])
    return value if value is None or isinstance(value, bool | int | float) else SET


# -- the same as Markdown


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """For an issue: headings in English, since those who read it may not know the user's language."""
    yield "### llm-setup report"
    yield ""
    yield from (f"* {name}: {value or 'not found'}" for name, value in told["versions"].items())
    yield from ("", "#### Files", "")
    for each in told["targets"]:
        state = "readable" if each["readable"] else "not readable"
        yield f"* {each['target']}, {each['place']}: {state if each['present'] else 'not there'}"
    for settings, policy in zip(told["settings"], told["policy"], strict=True):
        yield from ("", f"#### {settings['target']}, [{settings['group']}]", "")
        dropped = "; OpenHands drops this table" if settings["dropped"] else ""
        where = settings["key"] or "no place is remembered"
        yield f"* provider: {settings['provider'] or 'not known'}; key: {where}{dropped}"
        waits = " ".join(f"{wait:g}" for wait in policy["waits"][:20]) or "none"
        yield f"* {policy['attempts']} attempts, waits in seconds: {waits}; {policy['total']} in all"
        if settings["values"]:
            yield from ("", "| setting | value | from |", "|---|---|---|")
            yield from (f"| {key} | {_cell(v['value'])} | {v['source']} |" for key, v in settings["values"].items())
    yield from ("", "#### The last tests", "")
    yield from [_test_line(each) for each in told["tests"]] or ["none"]
    yield from ("", "#### What llm-setup doctor sees", "")
    for each in told["findings"]:
        sign = {"ok": "✓", "warning": "!", "error": "✗"}[each["severity"]]
        yield f"* {sign} {each['area']}: {each['message']} `{each['code']}`"


def _test_line(test: Mapping[str, Any]) -> str:
    attempts = ", ".join(f"{each['status'] or each['cause'] or each['error']} ({each['seconds']} s)"
                         for each in test["attempts"])  # fmt: skip
    end = "passed" if test["ok"] else f"failed: {test['diagnosis']}"
    tokens = f"{test['prompt_tokens']} + {test['completion_tokens']} tokens, " if test["prompt_tokens"] else ""
    cost = f"${test['cost_usd']:.6f}" if isinstance(test["cost_usd"], int | float) else "cost unknown"
    return (
        f"* {test['day']}, {test['provider']}, litellm {test['litellm']}: {end} after {test['seconds']} s; "
        f"{tokens}{cost}; attempts: {attempts or 'none'}"
    )


def _cell(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("|", "\\|")
