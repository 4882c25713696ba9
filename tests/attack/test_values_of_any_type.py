"""Whatever type a setting of the file has, and however large a number: each command answers, and none crashes."""

import itertools
import random

import pytest

from tui.cli import main
from tui.settings.fields import FIELDS

HUGE = 10**400
VALUES = (
    '"x"', '""', '"""a\nb"""', "3", "-1", str(10**30), str(HUGE), f"-{HUGE}", "1.5", "1e308", "inf", "-inf", "nan",
    "true", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00", "2024-01-01", "10:00:00", '["x"]', "[[1, {a = 1}]]",
    "{a = 1}", "[{a = 1}]", "[]", "{}",
)  # fmt: skip
COMMANDS = (
    "check", "check --json", "show", "show --json", "schedule", "schedule --json", "env", "env --format json",
    "env --format docker", "set seed=4", "set num_retries=4 --group g", "key status", "key delete",
    "key move --store file", "group copy g h", "group rename g h", "models --search gpt", "providers",
)  # fmt: skip
KEPT = "[core]\n[llm]\n{model}{key} = {value}\n[llm.g]\n{key} = {value}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_crashes(home, tries, attack, capsys, command):
    every = [*itertools.product(FIELDS, VALUES)]
    values = attack(f"values of any type: {command}")
    for field, value in random.sample(every, tries(len(every) // 2)):
        model = "" if field.key == "model" else 'model = "openai/gpt-4o"\n'
        (home / "config.toml").write_text(KEPT.format(model=model, key=field.key, value=value))
        try:
            held = main(command.split()) in (0, 1, 2, 3)
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            values.hold(False, f"{field.key} = {value[:20]}: {error!r}")
        else:
            values.hold(held, f"{field.key} = {value[:20]}")
        capsys.readouterr()
    values.close()
