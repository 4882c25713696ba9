"""Reading a file of settings: its text as it is on disk, and what it says."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.key_shapes import is_drawn
from tui.base.secrets_in_text import without_keys_in
from tui.base.translation import _
from tui.config_file.content import Broken, decode, read_bytes, require_size

_POSITION: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_PYTHON: Final = re.compile(r"=\s*(?:None|True|False)\s*(?:#.*)?$")


@dataclass(frozen=True)
class ConfigText:
    """A file as it was when it was read: TOML; the kinds for JSON stand in `openhands.targets`.

    Its text may hold keys: neither it nor its data is in the repr.
    """

    path: Path
    text: str = field(repr=False)
    """As on disk, newlines untouched; empty when there is no file."""
    exists: bool
    data: dict[str, Any] = field(repr=False)
    backup: Path | None = field(default=None, compare=False)
    """Where the version before is kept, if this is what a save made."""

    kind: ClassVar[str] = "toml"
    """The name of what reads such a file."""
    private: ClassVar[bool] = False
    """Whether nobody else is to read it, whatever stands in it."""
    defaults: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False, kw_only=True)
    """What the program that reads the file takes for settings that are missing, where that is not the usual."""
    refused: frozenset[str] = field(default=frozenset(), repr=False, compare=False, kw_only=True)
    """Settings whose values that program refuses though their type is right."""
    encrypted: frozenset[str] = field(default=frozenset(), repr=False, compare=False, kw_only=True)
    """Secret settings that stand there, and that only that program can read."""

    def reread(self) -> Self:
        """The file as it is now. Raises what reading it raises."""
        return read_config(self.path)  # type: ignore[return-value]  # other kinds have their own

    def revised(self, text: str, *, exists: bool = True) -> Self:
        """The same file with another text. Raises Broken."""
        return parse_config(self.path, text, exists=exists)  # type: ignore[return-value]  # see above

    def rewritten(
        self,
        edits: Mapping[tuple[str, ...], Mapping[str, Any]],
        *,
        ensure: Sequence[tuple[str, ...]] = (),
        together: Sequence[tuple[str, ...]] = (),
    ) -> str:
        """The text with `edits` in it, as `rewrite` makes it. Raises SetupError."""
        from tui.config_file.rewrite import rewrite  # tomlkit: only for a change

        return rewrite(self.text, edits, ensure=ensure, together=together)

    @property
    def locks(self) -> Sequence[Path]:
        """The lock files that other programs take while they change this file, in the order to take them in."""
        return ()

    def along(self, text: str) -> "Sequence[tuple[ConfigText, str]]":  # noqa: ARG002 - other kinds need it
        """Other files that change when this one gets `text`, each with its text then. Raises SetupError."""
        return ()

    @property
    def everything(self) -> Mapping[str, Any]:
        """All that the file says, where `data` is only what is ours."""
        return self.data

    @property
    def further(self) -> Mapping[str, Any]:
        """What it says of settings that a config.toml may not have; keys in them are secrets."""
        return {}

    @property
    def shown(self) -> str:
        """The text of which a difference is shown."""
        return self.text

    def table(self, *names: str) -> dict[str, Any]:
        """The table of that path; empty when it is missing or no table."""
        found: Any = self.data
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}

    def has(self, *names: str) -> bool:
        """Whether there is a key or table of that path."""
        return not names or names[-1] in self.table(*names[:-1])

    def groups(self) -> tuple[str, ...]:
        """The names of the `[llm.NAME]` tables, in the order of the file."""
        return self._groups

    def line(self, *names: str) -> int | None:
        """The line, from 1, on which the key or table of that path stands; None when it is missing."""
        return self._lines.get(names)

    @cached_property
    def without_groups(self) -> dict[str, Any]:
        """What `[llm]` says for itself, without its sub-tables; not to be changed. Asked for once for every group."""
        return {name: value for name, value in self.table("llm").items() if not isinstance(value, dict)}

    @cached_property
    def _groups(self) -> tuple[str, ...]:
        return tuple(name for name, value in self.table("llm").items() if isinstance(value, dict))

    @cached_property
    def _lines(self) -> dict[tuple[str, ...], int]:
        from tui.config_file.positions import line_numbers  # only asked for when something is shown or wrong

        return line_numbers(self.text)


def read_config(path: Path) -> ConfigText:
    """The file at `path`; a missing one is an empty one.

    Raises Broken when its content is no TOML that OpenHands could load, and SetupError when it cannot be read at all.
    """
    data = read_bytes(path)
    return parse_config(path, decode(path, data or b""), exists=data is not None)


def parse_config(path: Path, text: str, *, exists: bool = True) -> ConfigText:
    """What `text`, of the file at `path`, says. Raises Broken."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(clean(tilde(path)), text, error) from None
    require_size(path, data)
    if not isinstance(data.get("llm", {}), dict):
        config = ConfigText(path, text, exists, data)
        raise Broken(
            "wrong-type",
            _("“llm” is not a table in {path}, line {line}.").format(path=clean(tilde(path)), line=config.line("llm")),
            _("OpenHands does not start with it. Settings of the LLM stand below a line [llm]."),
            line=config.line("llm"),
        )
    return ConfigText(path, text, exists, data)


def _not_toml(shown: str, text: str, error: Exception) -> Broken:
    reason = _("nested too deeply") if isinstance(error, RecursionError) else str(error)
    position = _POSITION.search(reason)
    reason = clean(without_keys_in(_POSITION.sub("", reason), is_drawn))  # it may repeat the name of a table
    line = int(position[1]) if position and position[1] else text.count("\n") + 1
    column = int(position[2]) if position and position[2] else None
    hint = _("Fix that line in an editor.")
    if _PYTHON.search(text.split("\n")[line - 1]):
        hint = _("TOML writes true and false in small letters, and has no None: leave such a line out.")
    if column is None:
        where = _("{path} is not TOML: line {line}: {reason}.")
    else:
        where = _("{path} is not TOML: line {line}, column {column}: {reason}.")
    return Broken(
        "not-toml", where.format(path=shown, line=line, column=column, reason=reason), hint, line=line, column=column
    )
