"""Which languages the program speaks, and which of them a person wants."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

CATALOGUES: Final = Path(__file__).parent.parent / "locale"
DOMAIN: Final = "llm-setup"
ENGLISH: Final = "en"
"""The language of the code; it has no catalogue."""
PASSED: Final = "LLM_SETUP_LANGUAGE"
"""By which a child process is told."""
CONSOLE: Final = "linux"
"""TERM of the Linux console: it has no letters but Latin ones and their like."""
PREFERENCE: Final = "language"
"""What our own settings call the one that was chosen in the wizard."""
_LOCALE: Final = "LC_ALL", "LC_MESSAGES", "LANG"
_PLAIN: Final = "", "C", "POSIX"


def catalogue(language: str) -> Path:
    """The compiled catalogue of a language."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def languages() -> list[str]:
    """All that the program speaks, English first."""
    return [ENGLISH, *_in(CATALOGUES)]


@cache
def _in(folder: Path) -> list[str]:
    """Each command has the option, and asks which there are."""
    return sorted(path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


def known(wish: str) -> str:
    """The language that a name means, such as `zh_CN.UTF-8`, `zh-Hans-CN` or `zh`; "" for one that has no catalogue."""
    language, *places = re.split("[_-]", re.split("[.@]", wish, maxsplit=1)[0])
    if language in _PLAIN[1:] or language.lower() == ENGLISH:
        return ENGLISH
    name = "_".join([language, *(place for place in places if len(place) != 4)]).lower()  # a script has four letters
    spoken = {each.lower(): each for each in languages()}
    by_language = [each for each in spoken if each.startswith(f"{name}_")]
    return spoken.get(name) or spoken.get(language.lower()) or (spoken[by_language[0]] if by_language else "")


def of_environment(environ: Mapping[str, str]) -> str:
    """What LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for, as gettext looks for it.

    English where they ask for what the terminal cannot show: on the Linux console, and in another encoding than UTF-8.
    """
    locale = next((value for name in _LOCALE if (value := environ.get(name))), "")
    if locale in _PLAIN[1:] or environ.get("TERM") == CONSOLE or not _may_be_utf8(environ):
        return ENGLISH
    wishes = (environ.get("LANGUAGE") or locale).split(":")
    return next(filter(None, (known(wish) for wish in wishes if wish)), ENGLISH)


def _may_be_utf8(environ: Mapping[str, str]) -> bool:
    """Whether no other encoding is named."""
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    encoding = locale.partition("@")[0].partition(".")[2]
    return locale not in _PLAIN[1:] and encoding.lower().replace("-", "") in ("", "utf8")
