"""Whatever the file looks like and whatever is changed: only that changes.

Files are put together from lines as people write them; any that would break the file is left out. EXAMPLES=5000 in the
environment tries that many instead of some hundred.
"""

import copy
import os
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import toml
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from tui.config_file.places import line_of
from tui.config_file.rewriting import rewrite, same

many = settings(
    max_examples=int(os.environ.get("EXAMPLES", "200")), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
some = settings(many, max_examples=many.max_examples // 3)

NAMES = {
    **{name: name for name in ["llm", "core", "a", "b", "c", "d", "x-y", "model", "api_key", "1", "-"]},
    '"gpt-4.1"': "gpt-4.1", "'a b'": "a b", '"é#="': "é#=", "'say \"x\"'": 'say "x"', '"\\u0041"': "A", '"a]"': "a]",
}  # fmt: skip
SPACE = st.sampled_from(["", " ", "  ", "\t", " "])
COMMENT = st.sampled_from(["", "", "", " # why", "# [llm]", "\t# a = 1", ' # "', " # it's"])
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


def lists(values):
    items = st.lists(values, max_size=3)
    flat = items.map(lambda parts: f"[{', '.join(parts)}]")
    tall = items.map(lambda parts: "[\n" + "".join(f"  {part}, # ]\n" for part in parts) + "]")
    return st.one_of(flat, tall)


def inline_tables(values):
    pair = st.tuples(st.sampled_from(list(NAMES)), values)
    return st.builds(braced, st.lists(pair, max_size=3, unique_by=lambda pair: pair[0]), SPACE, SPACE)


def braced(pairs: list[tuple[str, str]], space: str, gap: str) -> str:
    return f"{{{space}{f' ,{gap}'.join(f'{name}{gap}={value}' for name, value in pairs)}{space}}}"


@cache
def values(scalars):
    return st.recursive(
        st.sampled_from(scalars), lambda inner: st.one_of(lists(inner), inline_tables(inner)), max_leaves=5
    )


LAYOUTS = st.tuples(SPACE, SPACE, SPACE, COMMENT, st.sampled_from([".", ".", " . ", ".\t"]))
KINDS = st.sampled_from(["pair"] * 8 + ["header"] * 3 + ["array", "comment", "blank"])


@cache
def statements(names, scalars):
    path = st.one_of(*[st.lists(st.sampled_from(names), min_size=1, max_size=most) for most in (1, 1, 1, 2, 3)])
    return st.tuples(KINDS, LAYOUTS, path, values(scalars)).map(written)


def written(parts) -> tuple[str, str, tuple[str, ...] | None]:
    """What kind of statement it is, how it is written, and the path of its key."""
    kind, (indent, gap, space, comment, dot), names, value = parts
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


TEXTS = st.one_of(
    st.sampled_from(["x", '"', '""', "it's", "a, b", "\\u", "#", ""]), st.text("\"'\\,#[]{}= \n\x00u0aé", max_size=6)
)
PLAIN = st.one_of(
    TEXTS, st.integers(-(10**20), 10**20), st.floats(allow_nan=False).map(lambda number: number + 0.0), st.booleans()
)
NEW = st.one_of(
    PLAIN,
    st.lists(TEXTS, max_size=3),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.sampled_from(["a", "b", "model"]), PLAIN, max_size=2),
    st.lists(st.dictionaries(st.sampled_from(["a", "b"]), TEXTS, min_size=1), max_size=2),
)


@st.composite
def edits(draw, data: dict[str, Any], names: list[str]):
    names = st.sampled_from([*sorted(NAMES[name] for name in names), "new", "new.er"])
    present = st.sampled_from(list(tables(data)))
    paths = st.one_of(present, present, st.lists(names, max_size=3).map(tuple))
    chosen: dict[tuple[str, ...], dict[str, Any]] = {}
    for path in draw(st.lists(paths.filter(lambda path: reachable(data, path)), min_size=1, max_size=3, unique=True)):
        if not any(path[: len(other)] == other or other[: len(path)] == path for other in chosen):
            table = data
            for name in path:
                table = table.get(name, {})
            known = st.sampled_from(sorted(table)) if table else names
            values = st.one_of(NEW, st.none(), st.just(copy.deepcopy(next(iter(table.values()), 1))))
            chosen[path] = draw(st.dictionaries(st.one_of(known, names), values, min_size=1, max_size=3))
    return chosen


@st.composite
def cases(draw, names=tuple(NAMES), **kinds):
    lines = draw(files(names, **kinds))
    return lines, draw(edits(tomllib.loads("".join(line.text for line in lines)), names))


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
