"""Whether llm-setup was installed into OpenHands' own environment, which does neither of them good."""

import os
import re
import sys
from contextlib import suppress
from typing import Final

from tui.base.translation import _

_DISTRIBUTION: Final = re.compile(r"openhands(?:_ai)?-\d.*\.dist-info")
"""Of the packages openhands-ai and openhands; its SDK and tools come with either."""


def shared_environment() -> str:
    """A sentence where OpenHands is installed in the environment of this program, else "". It lists a folder or two."""
    folders = [folder for folder in sys.path if folder.endswith("-packages")]
    if not any(_DISTRIBUTION.fullmatch(name) for folder in folders for name in _names(folder)):
        return ""
    return _(
        "llm-setup is installed in OpenHands' own environment; both need litellm, and not always the same release. "
        "Give it one of its own: uv tool install llm-setup"
    )


def _names(folder: str) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208 - names are enough
    return []
