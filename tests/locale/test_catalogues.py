"""Each catalogue is whole: all messages of the code, translated, with the placeholders that they have."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages import Message
from rich.cells import cell_len
from tools.messages import CATALOGUES, DOMAIN, messages, read, updated, written

from tui.openhands.fields import FIELDS
from tui.widgets.row import LABEL

SOURCES = sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{\w*(?:[:.!][^{}]*)?\}|%(?:\(\w+\))?[srd]")
CELLS = {
    **{field.label: LABEL - 1 for field in FIELDS},
    **dict.fromkeys(("Prompt", "Retry-After", "Time limit", "With", "Release", "Preset"), LABEL - 1),
    **dict.fromkeys(("yes", "some", "no"), 7),
    **dict.fromkeys(("Overview", "Provider", "Key", "Model", "Options", "Retries", "Review", "Test"), 8),
    "commands": 30, "took": 9, "answer": 12, "{number} s": 12, "no connection": 15, "no choices": 15,
    "context": 8, "$/1M in": 7, "$/1M out": 8, "see": 5, "tool": 5, "cache": 6, "think": 6,
}  # fmt: skip
"""What stands in columns and fields, and how many cells it has there."""


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else [*message.string]


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else [*message.id]


@pytest.fixture(params=SOURCES, ids=lambda path: path.parent.parent.name)
def source(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_it_is_up_to_date_with_the_code(source: Path) -> None:
    made = written(updated(read(source), messages()), source.parent.parent.name)
    assert made == source.read_bytes(), "run python tests/tools/messages.py"


def test_all_is_translated_and_nothing_is_fuzzy(source: Path) -> None:
    assert not [message.id for message in read(source) if message.id and (message.fuzzy or not all(strings(message)))]


def test_placeholders_and_ends_are_those_of_the_message(source: Path) -> None:
    for message in read(source):
        for text in strings(message) if message.id else ():
            assert any(
                Counter(PLACEHOLDER.findall(text)) == Counter(PLACEHOLDER.findall(english)) for english in ids(message)
            ), text
            english = ids(message)[-1]
            assert text.endswith("\n") == english.endswith("\n")
            assert "\n" not in text.strip("\n") or "\n" in english.strip("\n")


def test_what_stands_in_a_column_fits_in_it(source: Path) -> None:
    by_id = {message.id: message.string for message in read(source) if isinstance(message.id, str)}
    shown = {english: by_id[english] for english in CELLS if english in by_id}
    assert {text for english, text in shown.items() if cell_len(text) > CELLS[english]} == set()


def test_an_update_keeps_translations_drops_what_is_not_said_and_hints_at_what_is_near() -> None:
    old, code = read(Path("nowhere/zh_CN/LC_MESSAGES/none.po")), messages()
    kept = next(message for message in code if isinstance(message.id, str) and len(message.id) > 40)
    old.add(kept.id, "译")
    old.add("A sentence that nobody says any more.", "旧")
    other = next(m for m in code if isinstance(m.id, str) and len(m.id) > 60 and m.id != kept.id)
    old.add(f"{other.id} Indeed.", "近")
    new = updated(old, code)
    assert new.get(kept.id).string == "译"
    assert new.get("A sentence that nobody says any more.") is None
    near = new.get(other.id)
    assert near.fuzzy
    assert near.string == "近"
    assert b"#~" not in written(new, "xx")
