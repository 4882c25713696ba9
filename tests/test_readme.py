"""What the README promises."""

import re
from pathlib import Path

import pytest
from tools.field_table import PAGE, written

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text()
MOST_WORDS = 1800


def test_the_table_of_settings_is_the_field_table() -> None:
    assert written(PAGE.read_text()) == PAGE.read_text(), "run python tests/tools/field_table.py"


@pytest.mark.parametrize("picture", re.findall(r"screenshots/[\w.-]+", TEXT))
def test_every_picture_is_there(picture: str) -> None:
    assert (README.parent / picture).exists()


def test_there_is_one_test_command() -> None:
    block = re.findall(r"<!-- test command -->\n```sh\n(.+)\n```", TEXT)
    assert len(block) == 1
    assert block[0].endswith("/pytest")


def test_it_can_be_read_in_one_go() -> None:
    assert len(TEXT.split()) <= MOST_WORDS


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!https?:|#)[^)]+)\)", TEXT))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (README.parent / link).exists()
