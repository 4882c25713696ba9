"""A key in a field that wants something else: told by what the field can hold, for not every key has a beginning."""

import re
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.key_shapes import SHORTEST, has_fixed_form, is_drawn, is_id, may_be_key, without_keys
from tui.base.secret import Secret
from tui.base.secrets_in_text import DIGEST, without_keys_in, without_userinfo
from tui.base.translation import _
from tui.openhands.base_url import no_address
from tui.openhands.field import Field, Kind

_VERSION: Final = re.compile(r"\d{4}-\d\d-\d\d(?:-preview)?|latest|preview|v\d")
"""What litellm passes on to Azure as API version."""
_REGION: Final = re.compile(r"[a-z]{2,}(?:-[a-z]+)+-\d+")
_PARTS: Final = re.compile(r"[\s/?&=#@:,;]+")
_ADDRESSES: Final = frozenset({"base_url", "ollama_base_url", "openrouter_site_url"})
_WRITTEN: Final = {"api_version": _VERSION, "aws_region_name": _REGION}


def is_misplaced_key(field: Field, text: str) -> bool:
    """Whether `text` cannot be what `field` wants, and may be a key."""
    bare = text.strip()
    if field.kind is not Kind.TEXT or not bare:
        return False
    if without_keys(bare) != bare:
        return True
    if field.key in _WRITTEN:
        return not _WRITTEN[field.key].fullmatch(bare) and len(bare) >= SHORTEST and " " not in bare
    if field.key == "model" and "/" in bare:  # deployments have names that look random as well
        return has_fixed_form(bare) or _is_aws_secret(bare.partition("/")[2])
    if field.key in _ADDRESSES:
        rest = re.sub(r"^\w+://", "", bare).removesuffix("/v1")  # accounts have ids in their paths
        return may_be_key(re.split(r"[/?#]", rest, maxsplit=1)[0]) or has_fixed_form(rest)
    return may_be_key(bare)


def _is_aws_secret(text: str) -> bool:
    """Whether it has the signs that these have, with letters of both sizes and digits between them."""
    mixed = all(re.search(letters, text) for letters in ("[a-z]", "[A-Z]", "[0-9]"))
    return mixed and has_fixed_form(text) and ("/" in text or "+" in text)


# -- where a name may be a key as well: it is taken, saved and handed over as it is, and shown as dots

_HEX: Final = re.compile(r"[0-9a-f]+|[0-9a-f-]{36}", re.IGNORECASE)


def parts_like_keys(field: Field, text: str) -> list[str]:
    """Parts of a model's name, or of an address behind its host, that look drawn by lot: a key, or a name after all.

    A deployment may be called by 32 hex digits: that they name nothing else cannot be known, so they are given here.
    UUIDs are not, nor are hex digits in an address: there they are accounts.
    """
    bare = text.strip()
    if field.key == "model":
        parts = re.split(r"[/@]", DIGEST.sub("", bare))
        return [part for part in parts if is_drawn(part) and not is_id(part)]
    if field.key not in _ADDRESSES:
        return []
    path = re.sub(r"^(?:\w+://)?[^/?#]*/?", "", bare).removesuffix("/").removesuffix("/v1")
    parts = [path] if _is_aws_secret(path) else re.split(r"[/?#&=]", path)
    return [part for part in parts if is_drawn(part) and not _HEX.fullmatch(part)]


def without_parts_like_keys(field: Field, text: str) -> str:
    """`text` with dots for them, and for what was drawn by lot in another text."""
    if field.kind is Kind.TEXT and field.key != "model" and field.key not in _ADDRESSES:
        return without_keys_in(text, is_drawn)
    for part in parts_like_keys(field, text):
        text = text.replace(part, Secret(part).masked())
    return text


def is_address_field(field: Field) -> bool:
    """Whether the setting is a URL: accounts have ids in it that are no secrets."""
    return field.key in _ADDRESSES


def misplaced_key(field: Field, text: str) -> str:
    """That `text` is probably a key in the wrong field, as a sentence without it; "" where it is none."""
    if not is_misplaced_key(field, text):
        return ""
    if field.key == "api_version":
        return _("An API version is a date such as 2024-10-21; this looks like an API key.")
    return _("{label}: this looks like an API key.").format(label=field.label)


def require_its_place(field: Field, text: str) -> None:
    """Raise SetupError for a key that was given as another setting."""
    if message := misplaced_key(field, text):
        hint = _("If it is one: llm-setup key set keeps it, and never in an argument.")
        raise SetupError(message, hint, status=Status.USAGE, field=field.key)


def may_be_value(field: Field, text: str) -> bool:
    """Whether `text` can be what `field` wants, and hardly a secret: only such a text goes to the disk unsaved."""
    bare = text.strip()
    if not bare:
        return True
    if field.kind is not Kind.TEXT:
        return _can_be_read(field, bare)
    if field.key in _WRITTEN:
        return _WRITTEN[field.key].fullmatch(bare) is not None
    if field.key in _ADDRESSES and no_address(bare):
        return False
    return holds_no_key(bare)


def holds_no_key(text: str) -> bool:
    """Whether no word of `text`, and no part of an address or a name in it, may be a key or a password."""
    return (
        without_userinfo(without_keys(text)) == text
        and not any(may_be_key(word) for word in text.split())
        and not any(may_be_key(part) for part in _PARTS.split(text))
    )


def _can_be_read(field: Field, text: str) -> bool:
    if field.kind in (Kind.SECRET, Kind.TABLES):
        return False
    try:
        field.parse(text)
    except SetupError:
        return False
    return True
