"""The forms in which a server, or a library, sends a key back."""

import base64
import html
import json
from textwrap import wrap
from urllib.parse import quote

from tui.base.decoding import letters, readings

ENCODERS = {
    "as it is": str, "in capitals": str.upper, "in small letters": str.lower, "with cases swapped": str.swapcase,
    "as repr": lambda text: repr(text)[1:-1], "in JSON": lambda text: json.dumps(text)[1:-1],
    "in JSON throughout": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "in Python's hex escapes": lambda text: "".join(f"\\x{ord(c):02x}" for c in text if ord(c) < 256),
    "percent-encoded": lambda text: quote(text, safe=""),
    "percent-encoded throughout": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "in HTML": html.escape, "in decimal entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "in hexadecimal entities": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "in base64 behind a user": lambda text: base64.b64encode(f"me:{text}".encode()).decode(),
    "in base64 of many lines": lambda text: base64.encodebytes(text.encode()).decode(),
    "in hex": lambda text: text.encode().hex(), "in hex with colons": lambda text: text.encode().hex(":").upper(),
    "as a list of bytes": lambda text: ", ".join(f"0x{byte:02x}" for byte in text.encode()),
    "as a list of numbers": lambda text: str([*text.encode()]),
    "as octal numbers": lambda text: " ".join(map(oct, text.encode())),
    "spaced by tags": lambda text: "".join(f"<b>{c}</b>" for c in text), "spaced by newlines": "\n".join,
    "spaced by zero width": "\u200b".join, "spaced by NUL": "\0".join, "spaced by soft hyphens": "\xad".join,
    "spaced by blanks": "  ".join, "spaced by dots": ".".join, "wrapped": lambda text: "\n".join(wrap(text, 9)),
    "its middle": lambda text: text[4:-4], "in brackets": lambda text: f"b'Bearer {text}'\n",
}  # fmt: skip


def pieces_left(text: str, key: str) -> list[str]:
    """What of the key can be read in `text`, however it is turned."""
    key = "".join(c for c in key.lower() if c.isalnum())
    pieces = [key[at : at + 8] for at in range(len(key) - 7)]
    read = [letters(view).text for view in readings(text)]
    return [piece for piece in pieces if any(piece in each for each in read)]
