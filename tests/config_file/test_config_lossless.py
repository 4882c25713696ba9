"""Whatever the file looks like and whatever is changed: only that changes.

Files are put together from lines as people write them; any that would break the file is left out. 600 files are tried
in CI, 200 elsewhere, or as many as EXAMPLES in the environment says.
"""

import copy
import os
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random
from typing import Any

import toml
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from tui.config_file.positions import line_of
from tui.config_file.rewrite import rewrite, same

many = settings(
    max_examples=int(os.environ.get("EXAMPLES", "600" if os.environ.get("CI") else "200")),
    suppress_health_check=[HealthCheck.too_slow],
)
some = settings(many, max_examples=many.max_examples // 3)

NAMES = {
    **{name: name for name in ["llm", "core", "a", "b", "c", "d", "x-y", "model", "api_key", "1", "-"]},
    '"gpt-4.1"': "gpt-4.1", "'a b'": "a b", '"é#="': "é#=", "'say \"x\"'": 'say "x"', '"\\u0041"': "A", '"a]"': "a]",
}  # fmt: skip
SPACES = ["", " ", "  ", "\t", " "]
COMMENTS = ["", "", "", " # why", "# [llm]", "\t# a = 1", ' # "', " # it's"]
LAYOUTS = list(product(SPACES, SPACES, SPACES, COMMENTS, [".", ".", " . ", ".\t"]))
KINDS = ["pair"] * 8 + ["header"] * 3 + ["array", "comment", "blank"]
SCALARS = [
    "0", "8", "-1", "0x1F", "1_000", "1.5", "1e3", "-inf", "true", "false", "1979-05-27", "1979-05-27 07:32:00",
    "07:32:00", "1979-05-27T07:32:00.5+01:00", '""', '"x"', "''", "'x'", '"a # b"', "'[llm]'", '"\\""', '"it\'s"',
    "'C:\\'",
    '"\\\\"', '"a\\nb"', '"=,{]"', '"""x"""', '"""\n[llm]\nmodel = 1\n# no"""', "'''\na = 1\n\n'x' ''y'''",
    '"""a\\"""b\\\n  c"""""',
    "''''x'''", '"\\u00e9é😀"',
]  # fmt: skip


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def openhands_reads(text: str) -> bool:
    try:
        return plain(toml.loads(text)) == plain(tomllib.loads(text))
    except (toml.TomlDecodeError, IndexError, KeyError, TypeError, AttributeError):
        return False


def plain(data: Any) -> Any:
    """Its tables and times are of types of its own."""
    if isinstance(data, dict):
        return {name: plain(value) for name, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if hasattr(data, "isoformat") else (type(data), repr(data))


@dataclass
class Line:
    """One statement, comment or blank line; `path` is what it speaks of, None for a comment."""

    text: str
    path: tuple[str, ...] | None
    section: tuple[str, ...]


def nested(scalars: tuple[str, ...], random: Random, depth: int = 0) -> str:
    """The source of some value."""
    kind = random.choice(["scalar", "flat", "tall", "table"]) if depth < 3 else "scalar"
    if kind == "scalar":
        return random.choice(scalars)
    parts = [nested(scalars, random, depth + 1) for _ in range(random.randint(0, 3))]
    if kind == "flat":
        return f"[{', '.join(parts)}]"
    if kind == "tall":
        return "[\n" + "".join(f"  {part}, # ]\n" for part in parts) + "]"
    return braced(list(zip(random.sample(list(NAMES), len(parts)), parts, strict=True)), *random.choices(SPACES, k=2))


def braced(pairs: list[tuple[str, str]], space: str, gap: str) -> str:
    return f"{{{space}{f' ,{gap}'.join(f'{name}{gap}={value}' for name, value in pairs)}{space}}}"


@cache
def statements(names, scalars):
    """Put together from what was made beforehand: drawing all parts one by one takes ten times as long."""
    random = Random(0)
    values = [*scalars * 60, *(nested(scalars, random) for _ in range(2000))]
    paths = [[name] for name in names] * 3 + [random.choices(names, k=random.choice([2, 2, 3])) for _ in range(150)]
    shapes = st.sampled_from(range(len(KINDS) * len(paths) * len(LAYOUTS)))

    def statement(shape: int, value: str) -> tuple[str, str, tuple[str, ...] | None]:
        rest, layout = divmod(shape, len(LAYOUTS))
        kind, path = divmod(rest, len(paths))
        return written(KINDS[kind], LAYOUTS[layout], paths[path], value)

    return st.builds(statement, shapes, st.sampled_from(values))


def written(kind, layout, names, value) -> tuple[str, str, tuple[str, ...] | None]:
    """What kind of statement it is, how it is written, and the path of its key."""
    indent, gap, space, comment, dot = layout
    source, path = dot.join(names), tuple(NAMES[name] for name in names)
    if kind == "comment":
        return kind, f"{indent}#{comment}{gap}\n", None
    if kind == "blank":
        return kind, f"{indent}\n", None
    if kind == "pair":
        return kind, f"{indent}{source}{gap}={space}{value}{gap}{comment}\n", path
    left, right = ("[", "]") if kind == "header" else ("[[", "]]")
    return kind, f"{indent}{left}{gap}{source}{gap}{right}{comment}\n", path


@st.composite
def files(draw, names=tuple(NAMES), scalars=tuple(SCALARS), reads=is_toml) -> list[Line]:
    lines: list[Line] = []
    section: tuple[str, ...] = ()
    text = ""
    crlf = draw(st.sampled_from([False, False, True, None]))  # None: as it comes
    for kind, statement, path in draw(
        st.lists(statements(names, scalars), min_size=draw(st.sampled_from([0, 8])), max_size=16)
    ):
        windows = crlf or (crlf is None and draw(st.booleans()))
        source = statement.replace("\n", "\r\n") if windows else statement
        if not is_toml(text + source) or not reads(source):
            continue
        text += source
        section = path if kind in ("header", "array") else section
        spoken = section + path if kind == "pair" else path
        lines.append(Line(source, spoken, section))
    if lines and draw(st.integers(0, 3)) == 0:
        lines[-1].text = lines[-1].text.rstrip("\r\n")
        if not lines[-1].text:
            lines.pop()
    return lines


def tables(data: dict[str, Any], path: tuple[str, ...] = ()):
    yield path
    for name, value in data.items():
        if isinstance(value, dict):
            yield from tables(value, (*path, name))


def reachable(data: Any, path: tuple[str, ...]) -> bool:
    for name in path:
        if not isinstance(data, dict):
            return False
        data = data.get(name, {})
    return isinstance(data, dict)


TEXTS = ["x", '"', '""', "it's", "a, b", "\\u", "#", ""]
NUMBERS = [0, 1, -1, 10**20, 0.0, 1.5, -2e-7, 1e22, float("inf"), float("-inf"), True, False]


def new_value(random: Random, *, plain: bool = False) -> Any:
    """Some value to write."""
    kind = random.choice(
        ["text", "text", "odd text", "odd text", "number", "list", "numbers", "table", "tables"][: 5 if plain else 9]
    )
    if kind == "text":
        return random.choice(TEXTS)
    if kind == "odd text":
        return "".join(random.choices("\"'\\,#[]{}= \n\x00u0aé", k=random.randint(0, 6)))
    if kind == "number":
        return random.choice([*NUMBERS, random.randint(-(10**6), 10**6), random.uniform(-1e9, 1e9)])
    parts = [new_value(random, plain=True) for _ in range(random.randint(0, 3))]
    if kind == "list":
        return [part for part in parts if isinstance(part, str)]
    if kind == "numbers":
        return [part for part in parts if type(part) is int]
    if kind == "table":
        return dict(zip(["a", "b", "model"], parts, strict=False))
    return [{random.choice("ab"): part} for part in parts if isinstance(part, str)]


MADE = Random(1)
NEW = st.sampled_from([*TEXTS, *NUMBERS, *(new_value(MADE) for _ in range(5000))])


class Same:
    """Stands for the value that is there."""


@cache
def choices(names):
    """For each table: which of those that are there, or its path; for its keys: which, or the name, and the value."""
    name = st.sampled_from([*sorted(NAMES[name] for name in names), "new", "new.er"])
    path = st.one_of(st.none(), st.none(), st.lists(name, max_size=3).map(tuple))
    value = st.one_of(NEW, st.none(), st.just(Same))
    keys = st.lists(st.tuples(NUMBER, st.one_of(st.none(), name), value), min_size=1, max_size=3)
    return st.lists(st.tuples(NUMBER, path, keys), min_size=1, max_size=3)


NUMBER = st.integers(0, 999)


def edits(data: dict[str, Any], chosen) -> dict[tuple[str, ...], dict[str, Any]]:
    """The edits of `chosen` that can be made to `data`."""
    made: dict[tuple[str, ...], dict[str, Any]] = {}
    present = list(tables(data))
    for number, given_path, keys in chosen:
        path = present[number % len(present)] if given_path is None else given_path
        if reachable(data, path) and not any(begins(path, other) or begins(other, path) for other in made):
            table = data
            for name in path:
                table = table.get(name, {})
            made[path] = {}
            for which, given_name, value in keys:
                name = given_name or (sorted(table)[which % len(table)] if table else "new")
                made[path][name] = copy.deepcopy(next(iter(table.values()), 1) if value is Same else value)
    return made


@st.composite
def cases(draw, names=tuple(NAMES), **kinds):
    lines = draw(files(names, **kinds))
    return lines, edits(tomllib.loads("".join(line.text for line in lines)), draw(choices(names)))


def expected(data: dict[str, Any], changes) -> dict[str, Any]:
    data = copy.deepcopy(data)
    for path, values in changes.items():
        for name, value in values.items():
            table = data
            if value is None and not has(data, (*path, name)):
                continue
            for part in path:
                table = table.setdefault(part, {})
            table.pop(name, None)
            if value is not None:
                table[name] = value
    return data


def has(data: Any, path: tuple[str, ...]) -> bool:
    for name in path:
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return True


def without_empty(data: Any) -> Any:
    """Dotted keys leave no empty table behind: whether one is there cannot be told from the outside."""
    if not isinstance(data, dict):
        return data
    pruned = {name: without_empty(value) for name, value in data.items()}
    return {name: value for name, value in pruned.items() if value != {}}


def begins(path: tuple[str, ...], start: tuple[str, ...]) -> bool:
    return path[: len(start)] == start


def touched(line: Line, data: dict[str, Any], changes) -> bool:
    """Whether the line speaks of a changed key: of it, of a part of it, or holds it in an inline table."""
    about = line.section if line.path is None else line.path
    pair = line.path is not None and "=" in line.text
    found = [(*path, name) for path, values in changes.items() for name in values]
    return any(begins(about, key) or (pair and begins(key, about)) for key in found if has(data, key) or pair)


def bare_lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def unescaped(line: str) -> str:
    return line.replace("\\u0041", "A").replace('\\"', '"')


def is_subsequence(few: list[str], many_lines: list[str]) -> bool:
    rest = iter(many_lines)
    return all(line in rest for line in few)


def split(text: str) -> list[str]:
    """The lines with their ends, but for the very last end: a line that is added needs one above it."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


@given(cases())
@many
def test_only_what_is_edited_changes(case):
    lines, changes = case
    before = "".join(line.text for line in lines)
    data = tomllib.loads(before)
    after = rewrite(before, changes)
    note(f"{before!r}\n{changes!r}\n{after!r}")

    assert same(without_empty(tomllib.loads(after)), without_empty(expected(data, changes)))
    assert rewrite(after, changes) == after

    kept = [part for line in lines if not touched(line, data, changes) for part in split(line.text)]
    now = split(after)
    if kept and not kept[-1].endswith("\n"):  # the last line had no end; it may have one now
        ends = ("", "\n", "\r\n")
        assert any(is_subsequence([*kept[:-1], kept[-1] + end], now) for end in ends)
        kept = kept[:-1]
    assert is_subsequence(kept, now)
    names = {name for path, values in changes.items() for name in [*path, *values]}
    names |= {
        key for values in changes.values() for value in values.values() if isinstance(value, dict) for key in value
    }
    if any("\n" in line.text.rstrip("\r\n") for line in lines if touched(line, data, changes)):
        return  # what is left of an inline table over many lines need not have a name in it
    for line in Counter(bare_lines(after)) - Counter(bare_lines(before)):
        assert not line.strip() or any(name in line or name in unescaped(line) for name in names), line


TAME_NAMES = tuple(name for name, read in NAMES.items() if not set(read) & set('#=]"'))
TAME_SCALARS = tuple(value for value in SCALARS if openhands_reads(f"a = {value}\n"))


@given(cases(names=TAME_NAMES, scalars=TAME_SCALARS, reads=openhands_reads))
@many
def test_openhands_reads_what_was_written(case):
    lines, changes = case
    before = "".join(line.text for line in lines)
    assume(openhands_reads(before))
    after = rewrite(before, changes)
    note(f"{before!r}\n{changes!r}\n{after!r}")
    assume(not re.search(r"\{[^}\n]*\{", after))  # no form of a table in an inline table is safe with it
    assert plain(toml.loads(after)) == plain(tomllib.loads(after))


@given(cases())
@some
def test_nothing_to_change_changes_nothing(case):
    lines, _ = case
    before = "".join(line.text for line in lines)
    data = tomllib.loads(before)
    changes = {path: value_of(data, path) for path in tables(data)}
    assert rewrite(before, changes, ensure=list(changes)) == before


def value_of(data: dict[str, Any], path: tuple[str, ...]) -> Any:
    for name in path:
        data = data[name]
    return data


@given(files())
@some
def test_every_key_has_a_line(lines):
    text = "".join(line.text for line in lines)
    data = tomllib.loads(text)
    arrays = [line.path for line in lines if line.text.lstrip().startswith("[[")]
    number = 1
    for line in lines:
        if line.path and not any(begins(line.path, array) for array in arrays):
            found = line_of(text, line.path)
            assert found is not None
            if not isinstance(value_of(data, line.path), dict):
                assert found == number
        number += line.text.count("\n")
