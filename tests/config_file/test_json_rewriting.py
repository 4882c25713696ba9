"""Whatever the JSON file looks like and whatever is changed: only that changes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.config_file import backups
from tui.config_file.content import Broken
from tui.config_file.json_document import JsonText, without_secrets
from tui.config_file.json_source import REMOVED, line_numbers, rewrite_json
from tui.config_file.save import save
from tui.config_file.undo import restore

NAMES = st.sampled_from(["llm", "model", "a", "é", 'say "x"', "", "\\", "\n", "{", "b c", "num_retries"]) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=6
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(['"', "}", ",", "[{", ": "])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(NAMES, below, max_size=3), max_leaves=8
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=6)
LAYOUTS = st.sampled_from(
    [
        {}, {"indent": 2}, {"indent": 4}, {"indent": "\t"}, {"separators": (",", ":")}, {"separators": (" , ", " : ")},
        {"indent": 1, "ensure_ascii": False}, {"indent": 0},
    ]
)  # fmt: skip
EDITS = st.dictionaries(
    st.sampled_from([(), ("llm",), ("a", "llm"), ("b c",)]), st.dictionaries(NAMES, SCALARS | st.just(REMOVED))
)


def edited(data: dict[str, Any], edits: Any) -> dict[str, Any] | None:
    """By the plainest way; None where something else stands in the place of an object."""
    for path, changes in edits.items():
        for name, value in changes.items():
            table: Any = data
            for step in path:
                if value is REMOVED and step not in table:
                    table = {}
                    break
                table = table.setdefault(step, {})
                if not isinstance(table, dict):
                    return None
            if value is REMOVED:
                table.pop(name, None)
            else:
                table[name] = value
    return data


@settings(max_examples=150)
@given(data=OBJECTS, layout=LAYOUTS, edits=EDITS)
def test_what_is_not_ours_keeps_value_order_and_layout(data: Any, layout: Any, edits: Any) -> None:
    text = json.dumps(data, **layout) + "\n"
    wanted = edited(json.loads(text), edits)
    if wanted is None:
        with pytest.raises(SetupError, match="is not an object"):
            rewrite_json(text, edits)
        return
    done = rewrite_json(text, edits)
    assert json.dumps(json.loads(done)) == json.dumps(wanted)
    if not any(edits.values()):
        assert done == text


LINES = '{\n  "kind": "Agent",\n  "llm": {\n    "model": "x",\n    "n": 1e2\n  },\n  "z": [ 1,2 ]\n}'


@pytest.mark.parametrize(
    ("edits", "new"),
    [
        ({("llm",): {"model": "y"}}, LINES.replace('"x"', '"y"')),
        ({("llm",): {"seed": 3}}, LINES.replace("1e2", '1e2,\n    "seed": 3')),
        ({("llm",): {"n": REMOVED}}, LINES.replace(',\n    "n": 1e2', "")),
        ({("llm",): {"model": REMOVED}}, LINES.replace('"model": "x",\n    ', "")),
        ({("more",): {"a": 1}}, LINES.replace("[ 1,2 ]", '[ 1,2 ],\n  "more": {\n    "a": 1\n  }')),
    ],
)
def test_a_member_is_laid_out_like_those_beside_it(edits: Any, new: str) -> None:
    assert rewrite_json(LINES, edits) == new


def test_a_compact_file_stays_compact() -> None:
    assert rewrite_json('{"llm":{"a":1,"b":2}}', {("llm",): {"c": "é", "a": 3}}) == '{"llm":{"a":3,"b":2,"c":"é"}}'
    assert rewrite_json('{"llm": {"a": 1, "b": 2}}', {("llm",): {"c": 4}}) == '{"llm": {"a": 1, "b": 2, "c": 4}}'


def test_of_a_name_that_stands_twice_the_last_one_counts() -> None:
    assert rewrite_json('{"a": 1, "a": 2}', {(): {"a": 3}}) == '{"a": 1, "a": 3}'
    assert json.loads(rewrite_json('{"a": 1, "b": 0, "a": 2}', {(): {"a": REMOVED}})) == {"b": 0}


def test_lines_are_those_of_the_names() -> None:
    assert line_numbers(LINES)["llm", "n"] == 5
    assert line_numbers(LINES)["z",] == 7


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b'{"a": 1,}', "not-json", "line 1, column "),
        (b'{"a": 1', "not-json", "line 1"),
        (b"", "not-json", "line 1"),
        (b"[1]", "wrong-type", "line 1"),
        (b'\xef\xbb\xbf{"a": 1}', "bom", ""),
        (b'{"a": "\xff"}', "not-utf8", "line 1"),
        (b'{"a":\n "\\ud800"}', "not-json", ""),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", "not-json", ""),
        (b'{"a": ' + b"9" * 5000 + b"}", "not-json", ""),
    ],
)
def test_what_is_no_json_is_said_with_its_place(home: Path, content: bytes, code: str, place: str) -> None:
    path = home / "x.json"
    path.write_bytes(content)
    with pytest.raises(Broken, match=re.escape("~/x.json")) as raised:
        JsonText.read(path)
    assert (raised.value.code, place in str(raised.value)) == (code, True)


def test_too_deep_a_file_is_no_settings(home: Path) -> None:
    (home / "x.json").write_text('{"a": ' + "[" * 60 + "]" * 60 + "}")
    with pytest.raises(SetupError, match="nests more than 50"):
        JsonText.read(home / "x.json")


def test_a_save_is_undone_by_the_same_way_as_of_a_config_toml(home: Path) -> None:
    path = home / "x.json"
    path.write_text(LINES)
    before = JsonText.read(path)
    saved = save(before, rewrite_json(LINES, {("llm",): {"model": "y"}}), private=True)
    assert (saved.data["llm"]["model"], path.stat().st_mode & 0o777) == ("y", 0o600)
    assert [version.path.suffix for version in backups.versions(path)] == [".json"]
    assert restore(path, parse=JsonText.of).config.data == before.data
    assert path.read_text() == LINES


def test_a_key_that_leaves_is_taken_out_of_every_version(home: Path) -> None:
    path, key = home / "x.json", "sk-canary-0123456789abcdef"
    path.write_text(json.dumps({"llm": {"api_key": key, "a": 1}, "condenser": {"llm": {"api_key": key}}}))
    first = save(JsonText.read(path), path.read_text().replace("1", "2", 1).replace('"a": 1', '"a": 2'))
    save(first, without_secrets(first.text, [Secret(key)]) or "", forget=[Secret(key)])
    kept = [version.path.read_text() for version in backups.versions(path)]
    assert len(kept) == 2
    assert not any(key in text for text in [path.read_text(), *kept])
    assert all(json.loads(text) for text in kept)


def test_a_difference_is_shown_line_by_line_and_without_keys(home: Path) -> None:
    key = "sk-canary-0123456789abcdef"
    path = home / "x.json"
    path.write_text(json.dumps({"llm": {"api_key": key, "max_output_tokens": 5, "x": f"https://u:{key}@h/"}}))
    shown = JsonText.read(path).shown
    assert key not in shown
    assert '"max_output_tokens": 5' in shown
    assert len(shown.splitlines()) == 7
