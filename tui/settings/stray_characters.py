"""Characters in a text that nobody meant, and that OpenHands does not strip."""

import unicodedata
from typing import Final

from tui.base.translation import _
from tui.settings.field import Field

_WITHOUT_SPACES: Final = ("api_version", "aws_region_name", "custom_llm_provider", "ollama_base_url")


def stray_character(field: Field, text: str) -> str:
    """What `text` has too much for a plain setting, as a sentence; "" for nothing, or for one that is all blank."""
    if not text.strip():
        return ""
    if text[-1] in "\r\n":
        sentence = _("{key} ends with a line break, which OpenHands does not strip.")
    elif text[0] in "\r\n":
        sentence = _("{key} begins with a line break, which OpenHands does not strip.")
    elif text[-1].isspace():
        sentence = _("{key} ends with a space, which OpenHands does not strip.")
    elif text[0].isspace():
        sentence = _("{key} begins with a space, which OpenHands does not strip.")
    elif any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in text):
        sentence = _("{key} has a character in it that cannot be seen.")
    elif field.key in _WITHOUT_SPACES and any(c.isspace() for c in text):
        sentence = _("{key} has a space inside.")
    else:
        return ""
    return sentence.format(key=field.key)


def without_stray(text: str) -> str:
    """`text` as it was probably meant."""
    return "".join(c for c in text.strip() if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp"))
