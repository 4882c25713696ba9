r"""Values and keys as TOML source that both readers understand: TOML 1.0, and `toml` 0.10.2, OpenHands' own.

`toml` 0.10.2 takes a string that is one `"` or begins with `""` for an empty one, takes `\\u` for a code point when a
real one came before, and tears strings in arrays and inline tables apart at some of their commas, quotes and brackets.
Each has another form that it reads well. It refuses arrays of mixed types in any form.
"""

import re
from typing import Any, Final

_PLAIN: Final = re.compile(r"[^'\x00-\x08\x0a-\x1f\x7f]*")
"""What can stand between single quotes."""
_CODE_POINT: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u")
_BACKSLASH: Final = re.compile(r"\\(?:\\(u)|.)")
_COMMA_AT_RISK: Final = re.compile(r"(?:^|\")\s*,")
_NESTED_NUMBERS: Final = {"inf": "1e999", "nan": "-nan"}
"""In an inline table a number must begin with a digit or a minus there."""
_MARK: Final = re.compile(r"\\(?:\"|.)|['\[\]{},=#]")


def render_value(value: Any, *, like: str = "", depth: int = 0) -> str:
    """The source of `value`; a string keeps the single quotes of `like`, the source that it replaces.

    `depth` counts the arrays and inline tables around it. Raises ValueError for what TOML cannot hold.
    """
    from tomlkit import item  # takes 30 ms, which a start without a change need not pay

    if isinstance(value, str):
        if like[:1] == "'" and like[:3] != "'''" and not depth and _PLAIN.fullmatch(value):
            return f"'{value}'"
        return _string(value, item(value).as_string()[1:-1], depth)
    if isinstance(value, dict):
        pairs = [f"{render_key(name)} = {render_value(part, depth=depth + 1)}" for name, part in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(render_value(part, depth=depth + 1) for part in value)}]"
    source = str(item(value).as_string())
    return _NESTED_NUMBERS.get(source, source) if depth else source


def render_key(*names: str) -> str:
    """The source of a key or of the path in a header, quoted where needed."""
    from tomlkit import key  # see above

    return ".".join(
        f"'{name}'" if ('"' in name or "\\" in name) and _PLAIN.fullmatch(name) else key(name).as_string()
        for name in names
    )


def _string(value: str, body: str, depth: int) -> str:
    misread = value == '"' or value.startswith('""')
    if misread and not depth and _PLAIN.fullmatch(value):
        return f"'{value}'"
    if depth == 1 and _COMMA_AT_RISK.search(value):
        body = body.replace(",", r"\u002c")
    elif depth > 1:
        body = _MARK.sub(_as_code_point, body)
    if _CODE_POINT.search(body):
        body = _BACKSLASH.sub(lambda found: r"\u005cu" if found[1] else found[0], body)
    return f'"""{body}"""' if misread else f'"{body}"'


def _as_code_point(found: re.Match[str]) -> str:
    mark = found[0]
    if mark == r"\"":
        mark = '"'
    return mark if mark.startswith("\\") else f"\\u{ord(mark):04x}"
