"""The settings that `set` knows, as its help lists them: a loop over the Field table."""

import shutil
import textwrap
from typing import Final

from tui.base.translation import _
from tui.settings.field import Field, Kind
from tui.settings.fields import FIELDS

_INDENT: Final = 4 + max(len(field.key) for field in FIELDS)


def setting_names() -> str:
    """A paragraph a setting, as wide as the rest of the help: its name, what it takes, what it is for."""
    width = max(min(shutil.get_terminal_size().columns, 80) - 2, 2 * _INDENT)
    return "\n".join(["", _("settings:"), *(_paragraph(field, width) for field in FIELDS), ""])


def _paragraph(field: Field, width: int) -> str:
    return textwrap.fill(
        _words(field), width, initial_indent=f"  {field.key}".ljust(_INDENT), subsequent_indent=" " * _INDENT,
        break_on_hyphens=False,
    )  # fmt: skip


def _words(field: Field) -> str:
    if field.kind is Kind.SECRET:
        return _("never as an argument: llm-setup key set --name {variable}").format(variable=field.variable)
    return f"{field.takes}. {field.help}"
