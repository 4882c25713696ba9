"""What the README promises."""

import re
from pathlib import Path

import pytest
from tools.field_table import PAGE, written

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text()
CHINESE = README.parent / "tui/locale/zh_CN/README.md"
CHINESE_TEXT = CHINESE.read_text()
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


@pytest.mark.parametrize("link", re.findall(r"""(?:\]\(|src=")((?!https?:|#)[^)"]+)""", CHINESE_TEXT))
def test_every_link_of_the_chinese_one_leads_somewhere(link: str) -> None:
    assert (CHINESE.parent / link).exists()


def _blocks(text: str) -> list[list[str]]:
    """The code, without comments."""
    found = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    return [[re.sub(r"\s+# .*", "", line) for line in block.splitlines()] for block in found]


def _named(text: str) -> set[str]:
    """Commands, files and figures in sentences and tables."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {*re.findall(r"`[^`\n]+`", prose), *re.findall(r"\d[\d.,]*\d|\d", re.sub(r"`[^`\n]+`", "", prose))}


def test_the_chinese_one_has_the_same_commands_and_figures() -> None:
    assert _blocks(CHINESE_TEXT) == _blocks(TEXT)
    assert not _named(TEXT) - _named(CHINESE_TEXT)
