"""What the rehearsal's provider does: scripts of answers and faults, and ready-made ones with a name."""

import math
from dataclasses import dataclass
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _

FAULTS: Final = ("quota", "reset", "hang", "slow", "garbage", "login", "truncated", "empty", "refused")
"""Beside statuses: a used-up quota (429), a connection that is cut, no answer, a late one, text that is no JSON, a
login page, half an answer, an answer without choices, and nobody who listens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gets: an HTTP status, or a fault. `after`: seconds that a Retry-After header asks for."""

    status: int = 200
    fault: str = ""
    after: float | None = None


Script = tuple[Answer, ...]
"""One answer a request; the last one is kept for ever."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A script with a name; `key` never changes and is never translated."""

    key: str
    name: str
    words: str
    """The script, as it may be typed."""
    about: str


SCENES: Final = (
    Scene("busy-minute", _("A busy minute"), "429:20,429,200", _("Two rate limits, then an answer.")),
    Scene("overloaded", _("An overloaded server"), "503,500,503,200", _("Three failures, then the answer.")),
    Scene("shaky-line", _("A shaky line"), "reset,truncated,200", _("Cut off twice, then the answer.")),
    Scene("slow-start", _("A slow start"), "hang,slow,200", _("One comes too late, one in time.")),
    Scene("wrong-key", _("A wrong key"), "401", _("Final at the first attempt.")),
    Scene("unknown-model", _("An unknown model"), "404", _("Final at the first attempt.")),
    Scene("used-up-quota", _("A used-up quota"), "quota", _("All attempts fail.")),
    Scene("dead-host", _("A dead host"), "refused", _("As after a typo in the address.")),
    Scene("login-page", _("A login page"), "login", _("A network that wants a login.")),
    Scene("silent-model", _("A silent model"), "empty,200", _("No choices, then the answer.")),
)


def script_of(words: str) -> Script:
    """The script that `words` name: a scene's key, or `429:20,429,200`. Raises SetupError (status 2)."""
    scene = next((scene for scene in SCENES if scene.key == words.strip()), None)
    script = tuple(_answer(word.strip().lower()) for word in (scene.words if scene else words).split(","))
    if len(script) > 1 and any(answer.fault == "refused" for answer in script):
        raise _wrong(_("“refused” stands alone: nothing listens, so nothing else can follow."))
    return script


def _answer(word: str) -> Answer:
    if word in FAULTS:
        return Answer(429 if word == "quota" else 200, word)
    status, colon, after = word.partition(":")
    if not (status.isascii() and status.isdigit() and (status == "200" or 400 <= int(status) <= 599)):
        sentence = _("The rehearsal knows no answer “{word}”.")
        raise _wrong(sentence.format(word=clean(word, limit=20)))
    return Answer(int(status), after=_seconds(after) if colon else None)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise _wrong(_("After the colon stand the seconds of Retry-After, as in 429:20."))
    return seconds


def _wrong(message: str) -> SetupError:
    hint = _("Give statuses (200, 400 to 599) and faults ({faults}) with commas between, or a scene: {scenes}.")
    words = {"faults": ", ".join(FAULTS), "scenes": ", ".join(scene.key for scene in SCENES)}
    return SetupError(message, hint.format(**words), status=Status.USAGE)
