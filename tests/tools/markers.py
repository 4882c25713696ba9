"""What a test needs, told by what it uses, so that nobody has to write it down at each of them."""

from typing import Final

import pytest

FIXTURES: Final = {
    "keyring": {"secret_service", "new_keyring", "keyring"},
    "terminal": {"wizard", "program", "unwarmed", "terminal"},
    "slow": {"probe", "told"},
}
CLASSES: Final = {
    "ssh": {"SshServer"}, "terminal": {"Terminal", "Tmux"}, "keyring": {"SecretService"},
    "slow": {"subprocess", "LlmServer", "certificate"},
}  # fmt: skip
"""Names that a module imports where its tests need a server, a terminal or other processes."""
SLOW: Final = {"attack", "e2e", "locale", "screens", "trial", "upstream"}
"""Rooms in which each test opens the program, a page of it, or litellm."""

_TURN: Final = ("e2e", "attack", "trial", "screens", "commands")
"""The rooms whose tests take long, the longest first; each test of the others is soon done."""


def turn(item: pytest.Item) -> int:
    """When its room comes."""
    return next((turn for turn, room in enumerate(_TURN) if room in item.path.parts), len(_TURN))


def mark(item: pytest.Item) -> None:
    """Give a test the markers of what it needs; `quick` where that is Python alone, and no time to speak of."""
    fixtures, names = set(getattr(item, "fixturenames", ())), set(vars(getattr(item, "module", None) or object))
    found = {name for name, used in FIXTURES.items() if used & fixtures}
    found |= {name for name, used in CLASSES.items() if used & names}
    if SLOW & set(item.path.parts):
        found.add("slow")
    found |= {marker.name for marker in item.iter_markers() if marker.name in (*FIXTURES, *CLASSES)}
    for name in found or {"quick"}:
        item.add_marker(name)
