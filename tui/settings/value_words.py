"""Words for values and types, as they stand in sentences."""

from datetime import date, time
from typing import Any

from tui.base.translation import _
from tui.openhands.types import plain


def found_words(value: Any) -> str:
    """What a value of the file is, such as "a number"."""
    names = (
        (bool, _("true or false")), (int, _("a number")), (float, _("a number with a fraction")), (str, _("a text")),
        (list, _("a list")), (dict, _("a table")), (date, _("a date")), (time, _("a time")),
    )  # fmt: skip
    return next((name for kind, name in names if isinstance(value, kind)), _("something else"))


def wanted_words(kind: str) -> str:
    """What a type of OpenHands wants, such as "a whole number"."""
    name, *limits = kind.split()
    least = next((limit.removeprefix(">=") for limit in limits if limit.startswith(">=")), "")
    if least:
        return _("a whole number of {least} or more").format(least=least)
    words = {
        "int": _("a whole number"), "float": _("a number"), "bool": _("true or false"), "str": _("a text"),
        "secret": _("a text"), "list[str]": _("a list of texts"), "dict[str,str]": _("a table of texts"),
    }  # fmt: skip
    return words.get(plain(name), _("a list of tables") if name.startswith("list") else _("a table"))
