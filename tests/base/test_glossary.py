"""The Chinese texts agree with their glossary: one term, one word."""

import re
from typing import Final, NamedTuple

import pytest
from tools.messages import CATALOGUES, catalogue, read

FOLDER: Final = CATALOGUES / "zh_CN"
NAMES: Final = re.compile(
    r"\{[^{}]*\}|`[^`]*`|llm-setup [\w-]+( (set|status|add|rename|move|delete|unlock)\b)?|--store \w+|--[\w-]+"
    r"|\S*[_/=.…]\S+|\b[A-Z]{2,}\b(?! key)|Retry-After|[Ss]ession token|[Aa]gent [Ss]erver|Agent Canvas"
)
"""Commands, settings, files and other names in a text, which are no words."""
COMMON: Final = frozenset(
    {
        "account", "cost", "costs", "key", "line", "lock, unlock", "overview", "retired", "review", "save", "step",
        "store", "test", "verified", "wait",
    }
)  # fmt: skip
"""Terms that are also plain English words."""
OTHERWISE: Final = (
    "Name a place: --store", "The CLI's own Settings", "Set model, such as", "Start OpenHands with -l NAME",
    "If that is not meant, change model", "openhands-ai hands no variable", "Use llm-setup group rename",
    "{provider} finds no credentials", "Use host.docker.internal", "attempts · shortest", "rate limited",
    "“kind” must be Agent", "[llm.NAME] by exec", "The folder of profiles/",
)  # fmt: skip
"""How texts begin in which a term is the name of a setting, or another's word."""


class Term(NamedTuple):
    english: str
    chinese: str
    rivals: str
    note: str


def _terms() -> list[Term]:
    lines = (FOLDER / "glossary.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| ")]
    return [Term(*row) for row in rows[1:]]


def _texts() -> list[tuple[str, str]]:
    """English and Chinese of each message that is translated."""
    found = [message for message in read(catalogue("zh_CN")) if message.id and not message.fuzzy]
    pairs = [
        (m.id, m.string) if isinstance(m.id, str) else (m.id[0], m.string if isinstance(m.string, str) else m.string[0])
        for m in found
    ]
    return [(english, str(chinese)) for english, chinese in pairs if chinese]


TEXTS: Final = _texts()
WORDS: Final = [(NAMES.sub(" ", english), chinese) for english, chinese in TEXTS if not english.startswith(OTHERWISE)]
"""Without names."""


@pytest.mark.parametrize("term", [term for term in _terms() if term.english not in COMMON], ids=lambda t: t.english)
def test_a_term_is_always_the_same_word(term: Term) -> None:
    names = [
        re.compile(rf"\b{re.escape(name)}(s|es|ed)?\b", re.IGNORECASE if name.islower() else 0)
        for name in term.english.split(", ")
    ]
    words = term.chinese.split("、")
    wrong = [
        (english, chinese)
        for english, chinese in WORDS
        if any(name.search(english) for name in names) and not any(word in chinese for word in words)
    ]
    assert not wrong, f"glossary.md: {term.english} is {term.chinese}"


@pytest.mark.parametrize("term", [term for term in _terms() if term.rivals], ids=lambda t: t.english)
def test_no_other_word_is_used_for_it(term: Term) -> None:
    readme = (FOLDER / "README.md").read_text()
    for rival in term.rivals.split("、"):
        assert rival not in readme
        assert not [chinese for _english, chinese in TEXTS if rival in chinese], f"glossary.md: say {term.chinese}"


def test_nobody_is_addressed() -> None:
    assert not [chinese for _english, chinese in TEXTS if re.search("[您你]", chinese)]
