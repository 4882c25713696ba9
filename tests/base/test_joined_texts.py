"""Texts that are put together of translated ones: their commas, stops and spaces are the language's."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tui.base import translation
from tui.base.errors import SetupError
from tui.base.translation import listed, sentence, together

CHINESE = Path(translation.__file__).parents[1] / "locale/zh_CN/LC_MESSAGES/llm-setup.po"


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = BytesIO()
    with CHINESE.open("rb") as file:
        write_mo(compiled, read_po(file, locale="zh_CN"))
    compiled.seek(0)
    monkeypatch.setattr(translation, "_language", "zh_CN")
    monkeypatch.setattr(translation, "_messages", GNUTranslations(compiled))


def test_english_has_commas_and_spaces() -> None:
    assert listed(["8 attempts", "", "4 min 37 s"]) == "8 attempts, 4 min 37 s"
    assert sentence("change settings") == "Change settings."
    assert together("One.", "", "Two.", "Three.") == "One. Two. Three."
    assert str(SetupError("What is wrong.")) == "What is wrong."


@pytest.mark.usefixtures("chinese")
def test_chinese_has_its_own_commas_and_no_spaces_between_sentences() -> None:
    assert listed(["8 次尝试", "", "4 分钟 37 秒"]) == "8 次尝试，4 分钟 37 秒"
    assert sentence("更改设置") == "更改设置。"
    assert together("没有 {path}。", "", "请新建一个。") == "没有 {path}。请新建一个。"
    assert str(SetupError("没有组。", "文件中有：a。")) == "没有组。文件中有：a。"
