"""Writes the table of settings in tui/openhands/SETTINGS.md from the Field table."""

from pathlib import Path

from tui.openhands.field import Field, Kind
from tui.openhands.fields import FIELDS

PAGE = Path(__file__).parents[2] / "tui/openhands/SETTINGS.md"
BEGIN, END = "<!-- fields: made by tests/tools/field_table.py -->\n", "<!-- end of fields -->"


def table() -> str:
    """Markdown, one row a field."""
    rows = [_row(field) for field in FIELDS]
    return (
        "\n".join(["| name | value | OpenHands 0.51–1.6 without it | what it is for |", "|---|---|---|---|", *rows])
        + "\n"
    )


def written(page: str) -> str:
    """`page` with the present table in its place."""
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return before + BEGIN + table() + END + after


def _row(field: Field) -> str:
    mark = "¹" if field.ours else "²" if field.kind is Kind.TABLES else ""
    return f"| `{field.key}`{mark} | {field.takes} | {_default(field)} | {field.help} |"


def _default(field: Field) -> str:
    if field.default is None:
        return ""
    text = field.text(field.default)
    return f"{text} (documented: {field.text(field.documented)})" if field.documented is not None else text


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
