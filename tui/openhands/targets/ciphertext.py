"""Whether the agent server can read a key that it encrypted: its token is signed with the key that it was made with.

Nothing is decrypted here. A token is Fernet's: version, time, IV, ciphertext, and an HMAC-SHA256 of these; the key
to sign is the first half of the SHA-256 of OH_SECRET_KEY, which Agent Canvas keeps in agent-canvas/secret-key.txt.
"""

import base64
import hashlib
import hmac
import os
from enum import Enum, auto
from pathlib import Path
from typing import Final

KEY_FILE: Final = "agent-canvas/secret-key.txt"
_SIGNATURE: Final = 32
"""Bytes at the end."""


class Decryption(Enum):
    """Whether a key can be read again."""

    POSSIBLE = auto()
    OTHER_KEY = auto()
    """It was encrypted with another key than the one that is there."""
    NO_KEY = auto()
    """None is there that we know of: the server may be started with one in its environment."""


def can_be_read(token: str, folder: Path) -> Decryption:
    """Whether the key of that folder, or of this environment, is the one with which `token` was made."""
    keys = [os.environ.get("OH_SECRET_KEY", ""), _text(folder / KEY_FILE)]
    keys = [key for key in keys if key]
    if not keys:
        return Decryption.NO_KEY
    return Decryption.POSSIBLE if any(_made_with(token, key) for key in keys) else Decryption.OTHER_KEY


def _made_with(token: str, key: str) -> bool:
    try:
        data = base64.urlsafe_b64decode(token)
    except ValueError:
        return False
    signing = hashlib.sha256(key.encode()).digest()[:16]
    return hmac.compare_digest(hmac.digest(signing, data[:-_SIGNATURE], "sha256"), data[-_SIGNATURE:])


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")[:1000].strip()
    except (OSError, UnicodeDecodeError):
        return ""
