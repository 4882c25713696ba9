"""Reading a JSON file: its text as it is on disk, and what it says."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.content import Broken, decode, read_bytes, require_size
from tui.config_file.document import ConfigText
from tui.config_file.json_source import line_numbers
from tui.config_file.mask import is_secret_name, mask

_HALF: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class JsonText(ConfigText):
    """A JSON file as it was when it was read. Its top is an object."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file at `path`; a missing one is an empty one. Raises Broken and SetupError as `read_config` does."""
        data = read_bytes(path)
        return cls.of(path, decode(path, data or b""), exists=data is not None)

    @classmethod
    def of(cls, path: Path, text: str, *, exists: bool = True) -> Self:
        """What `text`, of the file at `path`, says. Raises Broken."""
        return cls(path, text, exists, _parsed(path, text) if exists else {})

    def reread(self) -> Self:
        """The file as it is now. Raises SetupError."""
        return self.read(self.path)

    def revised(self, text: str, *, exists: bool = True) -> Self:
        """The same file with another text. Raises Broken."""
        return self.of(self.path, text, exists=exists)

    @property
    def shown(self) -> str:
        """What it says, one value a line whatever the layout, with dots for its secrets: to be looked at."""
        everything = _parsed(self.path, self.text) if self.exists else {}
        return mask(json.dumps(_masked(everything), indent=2, ensure_ascii=False)) + "\n" if self.exists else ""

    @cached_property
    def _lines(self) -> dict[tuple[str, ...], int]:
        return line_numbers(self.text) if self.text else {}  # what is only planned has no lines


def without_secrets(text: str, secrets: Sequence[Secret]) -> str | None:
    """JSON `text` with null for each value that is one of `secrets`; None where one is left in another form."""
    values = {secret.reveal() for secret in secrets if secret}
    for value in values:
        for source in {json.dumps(value), json.dumps(value, ensure_ascii=False)}:
            text = re.sub(rf"(:\s*){re.escape(source)}", r"\g<1>null", text)
    return None if any(value in text for value in values if len(value) >= 8) else text


def _parsed(path: Path, text: str) -> dict[str, Any]:
    shown = clean(tilde(path))
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_json(shown, error.msg, error.lineno, error.colno) from None
    except (ValueError, RecursionError) as error:
        raise _not_json(shown, str(error), 1, 1) from None
    if not isinstance(data, dict):
        message = _("{path} does not hold a JSON object, line 1.").format(path=shown)
        raise Broken("wrong-type", message, corrupt_hint(), line=1)
    require_size(path, data)
    if _HALF.search(json.dumps(data, ensure_ascii=False)):
        raise _not_json(shown, _("half of a character, such as \\ud800"), 1, 1)
    return data


def corrupt_hint() -> str:
    """What to do about a file that its program does not take."""
    return _("OpenHands calls it corrupted, and asks for all settings anew. Fix it in an editor, or move it away.")


def _not_json(shown: str, reason: str, line: int, column: int) -> Broken:
    where = _("{path} is not JSON: line {line}, column {column}: {reason}.")
    message = where.format(path=shown, line=line, column=column, reason=clean(reason))
    return Broken("not-json", message, corrupt_hint(), line=line, column=column)


def _masked(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _masked(part, name if _holds_keys(name) else key) for key, part in value.items()}
    if isinstance(value, list):
        return [_masked(part, name) for part in value]
    if isinstance(value, str) and value and _holds_keys(name):
        return Secret(value).masked()
    return value


def _holds_keys(name: str) -> bool:
    """Headers may be called anything, and have a key in them."""
    return is_secret_name(name) or name.endswith("headers")
