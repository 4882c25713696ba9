"""Whatever type a setting of the file has, and however large a number: each command answers, and none crashes."""

import itertools
import random
import sys

import pytest
from tools.pictures import StillApp, draft_of
from tools.prompt_pilot import make_prompt

from tui.cli import main
from tui.openhands.fields import FIELDS
from tui.screens.messages import Move
from tui.widgets.steps import Step

HUGE = 10**400
VALUES = (
    '"x"', '""', '"""a\nb"""', '"nan"', '"-0.0"', '"1e400"', "3", "0", "-1", str(2**63), str(10**30), str(HUGE),
    f"-{HUGE}", "1.5", "1e308", "5e-324", "0.0", "-0.0", "inf", "-inf", "nan", "-nan", "true", "2024-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-23:59", "2024-01-01T00:00:00", "9999-12-31", "10:00:00",
    '["x"]', "[nan]", "[[1, {a = 1}]]", "{a = 1}", "{a = nan}", "[{a = 1}]", "[]", "{}",
)  # fmt: skip
COMMANDS = (
    "check", "check --json", "show", "show --json", "schedule", "schedule --json", "env", "env --format json",
    "env --format docker", "set seed=4", "set num_retries=4 --group g", "key delete", "key move --store file",
    "group copy g h", "group rename g h",
)  # fmt: skip
SLOW = (
    "doctor --offline --json",
    "report --offline",
    "report --offline --json",
    "key status",
    "models --search gpt",
    "providers",
    "test --rehearse down --json",
    "exec -- true",
)
"""Those that start a process or read the catalogue."""
KEPT = "[core]\n[llm]\n{model}{key} = {value}\n[llm.g]\n{key} = {value}\n"


@pytest.mark.parametrize("command", [*COMMANDS, *SLOW])
def test_no_command_crashes(home, tries, attack, capsys, monkeypatch, command):
    every = [*itertools.product(FIELDS, VALUES)]
    values = attack(f"values of any type: {command}")
    monkeypatch.setattr("os.execvpe", lambda *_arguments: sys.exit(0))
    for field, value in random.sample(every, tries(40 if command in SLOW else 250)):
        model = "" if field.key == "model" else 'model = "openai/gpt-4o"\n'
        (home / "config.toml").write_text(KEPT.format(model=model, key=field.key, value=value))
        try:
            held = main(command.split()) in (0, 1, 2, 3)
        except SystemExit as end:
            values.hold(not end.code, f"{field.key} = {value[:20]}: {end!r}")
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            values.hold(False, f"{field.key} = {value[:20]}: {error!r}")
        else:
            values.hold(held, f"{field.key} = {value[:20]}")
        capsys.readouterr()
    values.close()


PAGES = (Step.KEY, Step.MODEL, Step.OPTIONS, Step.RETRIES, Step.REVIEW, Step.TEST)


async def test_no_page_crashes(home, tries, attack, monkeypatch):
    """All settings have the value at once: of the file, of a group, and of what the group inherits."""
    make_prompt(monkeypatch)
    pages = attack("values of any type: six pages")
    for value in random.sample(VALUES, tries(20)):
        settings = "".join(f"{field.key} = {value}\n" for field in FIELDS if field.key != "model")
        (home / "config.toml").write_text(f'[core]\n[llm]\nmodel = "openai/gpt-4o"\n{settings}[llm.g]\n{settings}')
        app = StillApp(draft_of(home / "config.toml"))
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                for step in PAGES:
                    app.journey.passed |= set(Step)
                    app.on_move(Move(step))
                    await pilot.pause()
                    await pilot.press("down", "down", "enter")
                    await pilot.pause()
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            pages.hold(False, f"{value[:20]} at {step.name}: {error!r}")
        else:
            pages.hold(True, value[:20])
    pages.close()
