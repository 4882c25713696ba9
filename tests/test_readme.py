"""What the README promises."""

import re

import pytest
from tools.field_table import README, written

TEXT = README.read_text()


def test_the_table_of_settings_is_the_field_table() -> None:
    assert written(TEXT) == TEXT, "run python tests/tools/field_table.py"


@pytest.mark.parametrize("picture", re.findall(r"screenshots/[\w.-]+", TEXT))
def test_every_picture_is_there(picture: str) -> None:
    assert (README.parent / picture).exists()


def test_there_is_one_test_command() -> None:
    block = re.findall(r"<!-- test command -->\n```sh\n(.+)\n```", TEXT)
    assert len(block) == 1
    assert block[0].endswith("/pytest")
