"""The README's table of settings, made from the Field table: `python tests/tools/field_table.py` writes it."""

from pathlib import Path

from tui.settings.field import Field, Kind
from tui.settings.fields import FIELDS

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- fields: made by tests/tools/field_table.py -->\n", "<!-- end of fields -->"


def table() -> str:
    """Markdown, one row a field."""
    rows = [_row(field) for field in FIELDS]
    return (
        "\n".join(["| name | value | OpenHands 0.51–1.6 without it | what it is for |", "|---|---|---|---|", *rows])
        + "\n"
    )


def written(readme: str) -> str:
    """`readme` with the present table in its place."""
    before, _begin, rest = readme.partition(BEGIN)
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
    README.write_text(written(README.read_text()))
