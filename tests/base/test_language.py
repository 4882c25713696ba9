"""Which language is spoken, by name and by environment."""

from pathlib import Path

import pytest

from tui.base import language
from tui.base.language import known, of_environment

CATALOGUES = "zh_CN", "zh_TW", "pt_BR", "fr"


@pytest.fixture(autouse=True)
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CATALOGUES:
        path = tmp_path / name / "LC_MESSAGES/llm-setup.mo"
        path.parent.mkdir(parents=True)
        path.touch()
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)


@pytest.mark.parametrize(
    ("wish", "meant"),
    [
        ("zh_CN", "zh_CN"), ("zh_CN.UTF-8", "zh_CN"), ("zh-cn", "zh_CN"), ("zh_Hans_CN.UTF-8", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh_CN.UTF-8@pinyin", "zh_CN"), ("zh-Hant-TW", "zh_TW"), ("zh_HK", ""), ("pt_PT", ""), ("fr_CA", "fr"),
        ("fr", "fr"),
        ("en", "en"), ("en_GB.UTF-8", "en"), ("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en"), ("de_DE", ""), ("", ""),
        ("..", ""),
        ("../zh_CN", ""), ("zh_", ""),
    ],
)  # fmt: skip
def test_a_name_means_the_catalogue_that_fits_it(wish: str, meant: str) -> None:
    assert known(wish) == meant


CHINESE = {"LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize(
    ("environ", "meant"),
    [
        ({}, "en"),
        (CHINESE, "zh_CN"),
        ({"LANG": "zh_CN"}, "zh_CN"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "de_DE.UTF-8"}, "zh_CN"),
        ({"LC_ALL": "en_US.UTF-8", **CHINESE}, "en"),
        ({"LC_ALL": "", **CHINESE}, "zh_CN"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LANGUAGE": "de:zh_CN:en", "LANG": "de_DE.UTF-8"}, "zh_CN"),
        ({"LANGUAGE": "zh_CN"}, "zh_CN"),
        ({"LANGUAGE": "zh_CN", "LANG": "C.UTF-8"}, "zh_CN"),
        ({"LANGUAGE": "en:zh_CN", **CHINESE}, "en"),  # gettext itself would find no English catalogue, and go on
        ({"LANGUAGE": "de", **CHINESE}, "en"),
        (
            {"LANGUAGE": "zh_CN", "LC_ALL": "C", **CHINESE},
            "en",
        ),  # as in GNU gettext: C is no language
        ({"LANG": "zh_CN.GB18030"}, "en"),
        ({"LC_CTYPE": "C", **CHINESE}, "en"),
        ({"TERM": "linux", **CHINESE}, "en"),
        ({"TERM": "xterm-256color", **CHINESE}, "zh_CN"),
    ],
)
def test_the_environment_asks_as_it_does_in_gettext(environ: dict[str, str], meant: str) -> None:
    assert of_environment(environ) == meant
