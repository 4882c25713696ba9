"""The one door for texts that a person reads.

Much is translated as it is imported: `begin` comes before that, or the first text asks the environment.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.base.language import ENGLISH, PASSED, catalogue, of_environment

if TYPE_CHECKING:
    from gettext import GNUTranslations

_language = ""
"""The one that is spoken; "" before it is known."""
_messages: "GNUTranslations | None" = None
"""None for English."""


def begin(language: str) -> None:
    """Speak `language` from now on; English where its catalogue cannot be read."""
    global _language, _messages  # noqa: PLW0603 - there is one person, who speaks one language
    _language, _messages = language, None
    if language != ENGLISH:
        from gettext import GNUTranslations  # English has no use for it

        try:
            with catalogue(language).open("rb") as file:
                _messages = GNUTranslations(file)
        except (OSError, ValueError):
            _language = ENGLISH


def spoken() -> str:
    """The language that is spoken."""
    if not _language:
        begin(os.environ.get(PASSED) or of_environment(os.environ))
    return _language


def _(text: str) -> str:
    """`text` in the user's language."""
    return text if spoken() == ENGLISH or _messages is None else _messages.gettext(text)


def name_of(language: str) -> str:
    """What those who speak a language call it."""
    # Translators: the name of your language, in your language
    own = _("English")
    if language == spoken():
        return own
    if language == ENGLISH:
        return "English"
    from gettext import GNUTranslations  # for one that is not spoken now

    with catalogue(language).open("rb") as file:
        return GNUTranslations(file).gettext("English")


def many(one: str, more: str, count: int) -> str:
    """`one` or `more`, by `count`, with `{count}` filled in."""
    if spoken() == ENGLISH or _messages is None:
        return (one if count == 1 else more).format(count=count)
    return _messages.ngettext(one, more, count).format(count=count)


def listed(parts: Iterable[str]) -> str:
    """Words or phrases with commas between; those that are empty are left out."""
    return _(", ").join(part for part in parts if part)


def sentence(words: str) -> str:
    """`words` with a capital in front and a full stop behind."""
    return words[:1].upper() + words[1:] + _(".")


def together(*sentences: str) -> str:
    """Sentences one after the other; those that are empty are left out. Chinese has no space between."""
    text = ""
    for each in sentences:
        text = _("{text} {sentence}").format(text=text, sentence=each) if text and each else text or each
    return text
