"""What the older reader, OpenHands' own, makes of values that are TOML; it is asked itself."""

import os
import tomllib
from typing import Any

import pytest
import toml
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.openhands.older_toml import differences

many = settings(max_examples=int(os.environ.get("EXAMPLES", "300" if os.environ.get("CI") else "100")))

SCALARS = [
    "0", "8", "-1", "+1", "1_000", "0x1F", "0o17", "0b1", "1.5", "1e3", "6.0e-5", "inf", "-nan", "true", "false",
    "1979-05-27", "1979-05-27T07:32:00", "07:32:00", '""', "''", '"x"', '"\\""', "'\"'", "'\"\"x'", '"it\'s"',
    '"\\"\\"x"', '"x\\"\\""', '"""x"""', "'''x'''", '""""x"""', "''''x'''", '"""x""""', '"""\nx\ny"""', '""""""',
    '"\\u0041"', '"\\\\u0041"', '"\\u0041 \\\\u0042"', '"\\\\\\u0041"', '"\\U0001F600 \\\\U"', '"a = b # c"', "'C:\\u'",
    '""""x""""', '"""""x"""', '"""x\\""""', "'''x''''", '""""x"""""', '"""""x""""', '"""x\\\\"""', '"""x"y"""',
]  # fmt: skip
PIECES = [
    "1", "-1", "1.5", "true", '"x"', "'y'", '"x, y"', '"a = 1, b"', "[1, 2]", "['a', 'b']", "{}", "{ b = 1 }", "inf",
    "+1", "{ b = 1, c = 2 }", "[[1], [2]]",
    "{ b = { c = 1, d = 2 }, e = 3 }", '", x"', '"[1, 2]"', "1979-05-27", "[]", '""',
]  # fmt: skip
ARRAYS = st.lists(st.sampled_from(["1", "2", "1.5", "true", '"x"', "'y'", "[1]", "['a']", "[]"]), max_size=3)


def reading(text: str, *, refused: Any = "refused") -> Any:
    """What the older reader makes of it, as text; a file's line ends are unified as it is opened."""
    try:
        return repr(toml.loads(text))
    except (toml.TomlDecodeError, IndexError, TypeError, ValueError):
        return refused


def expected(text: str) -> str:
    """What `differences` should say."""
    read = reading(text)
    return "refused" if read == "refused" else "same" if read == repr(tomllib.loads(text)) else "misread"


def said(text: str) -> str:
    found = differences(text)
    return "same" if not found else "refused" if any(part.refused for part in found) else "misread"


@pytest.mark.parametrize("equals", [" = ", "=", "= ", " ="])
@pytest.mark.parametrize("value", SCALARS)
def test_of_one_value_it_knows_exactly(value: str, equals: str) -> None:
    text = f"a{equals}{value}\n"
    assert said(text) == expected(text)


@given(ARRAYS, st.sampled_from(["{}", "[{}]", "{{ b = {} }}"]))
@many
def test_of_arrays_it_knows_mixed_ones(items: list[str], around: str) -> None:
    text = "a = " + around.format(f"[{', '.join(items)}]") + "\n"
    assert said(text) == expected(text)


@given(st.lists(st.sampled_from([*PIECES]), max_size=3, unique=True), st.sampled_from(["{{{}}}", "{{ x = {{{}}} }}"]))
@many
def test_of_inline_tables_it_knows_those_that_are_torn(pieces: list[str], around: str) -> None:
    pairs = [f"k{number} = {piece}" for number, piece in enumerate(pieces)]
    text = "a = " + around.format(", ".join(pairs)) + "\n"
    assert said(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    ['[llm."a\\"b"]\nx = 1\n', '[llm.""]\nx = 1\n'],
)
def test_names_of_tables_that_it_refuses(text: str) -> None:
    assert said(text) == expected(text) == "refused"


@pytest.mark.parametrize("text", ['[llm."gpt-4.1"]\nx = 1\n', "[ llm . 'a b' ]\nx = 1\n", "[[a]]\nb = 1\n", "# it's\n"])
def test_names_that_it_reads(text: str) -> None:
    assert said(text) == expected(text) == "same"


def test_the_line_is_that_of_the_key() -> None:
    (found,) = differences('[a]\nb = """\nx"""\nc = [\n 1,\n "x"]\n')
    assert found.line == 4
