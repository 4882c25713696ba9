"""Settings that only the programs with JSON files have. They are not in the Field table: in `[llm]` each of them would
make OpenHands drop the section, and no variable sets them.

Source: the class LLM of SDK 1.8 to 1.58, as recorded in `*_schema.json`.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _, listed
from tui.openhands.field import Field, Kind, Place

HEADERS: Final = "extra_headers"
BODY: Final = "litellm_extra_body"
SESSION: Final = "aws_session_token"
FURTHER: Final[Mapping[str, Field]] = {
    field.key: field
    for field in (
        Field(
            key=HEADERS,
            kind=Kind.OBJECT,
            label=_("Extra headers"),
            help=_("HTTP headers of each request, as a JSON object; their values count as secrets."),
        ),
        Field(
            key=BODY,
            kind=Kind.OBJECT,
            label=_("Extra body"),
            help=_("What is added to the body of each request, as a JSON object."),
        ),
        Field(
            key=SESSION, kind=Kind.SECRET, place=Place.KEY, label=_("AWS session"),
            help=_("Of temporary AWS keys, and valid as long as they are."),
        ),
    )
}  # fmt: skip
CONFIDENTIAL: Final = frozenset({HEADERS, SESSION})
"""Those that may hold keys."""


def covered(key: str, value: Any) -> Any:
    """A value of one of them, with each text of it that may be a key as a `Secret`."""
    if key == HEADERS and isinstance(value, dict):
        return {name: Secret(text) if isinstance(text, str) else text for name, text in value.items()}
    return Secret(value) if key in CONFIDENTIAL and isinstance(value, str) else value


def may_hold_key(key: str, value: object) -> bool:
    """Whether a text in an object may be a key, by its name or by what it looks like."""
    if isinstance(value, dict):
        return any(may_hold_key(str(name), part) for name, part in value.items())
    if isinstance(value, list):
        return any(may_hold_key(key, part) for part in value)
    if not isinstance(value, str) or not value:
        return False
    from tui.base.key_shapes import may_be_key  # few set one
    from tui.base.secrets_in_text import keys_in
    from tui.config_file.mask import is_secret_name

    return is_secret_name(key) or next(iter(keys_in(value, may_be_key)), None) is not None


def wrong_object(key: str, value: object) -> str:
    """What is wrong with an object that was given for one of these settings; "" for nothing."""
    if key != HEADERS or not isinstance(value, dict):
        return ""
    for name, text in value.items():
        if not _HEADER.fullmatch(name):
            return _("“{name}” cannot be the name of a header.").format(name=clean(name, limit=30))
        if not isinstance(text, str) or not text.isprintable():
            return _("the value of {name} must be one line of text.").format(name=name)
    return ""


_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}")
"""A token, as RFC 9110 has it."""


def unsent(further: Mapping[str, object]) -> str:
    """What a test of ours leaves out of the request, in a sentence; "" for nothing."""
    names = listed(key for key in (HEADERS, BODY) if further.get(key))
    return _("This test sends no {names}: the provider may ask for it.").format(names=names) if names else ""


def names_in(value: object) -> str:
    """The names in an object, without their values: `X-Org, X-Team`."""
    return ", ".join(map(str, value)) if isinstance(value, dict) else ""
