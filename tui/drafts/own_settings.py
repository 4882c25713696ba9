"""Our own settings: what `[llm]` may not hold, since one foreign key there voids the whole section."""

import os
from collections.abc import Mapping
from pathlib import Path

from tui.base.errors import SetupError
from tui.base.folders import config_folder, private_folder
from tui.config_file.document import ConfigText, read_config
from tui.credentials.store import Store

Edits = Mapping[tuple[str, ...], Mapping[str, str | None]]


class OwnSettings:
    """`settings.toml` in our config folder: which store holds which key, the embedding settings, preferences.

    Readable by a person, and harmless when deleted. A file that cannot be read counts as empty and is not overwritten:
    `problem` says what is wrong with it, and `save` raises it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "settings.toml"
        self.problem: SetupError | None = None
        try:
            self._file = read_config(self.path)
        except SetupError as error:
            self.problem = error
            self._file = ConfigText(path=self.path, text="", exists=False, data={})

    def store_of(self, service: str) -> Store | None:
        """Where the key of a credential's service was put; None when we never kept it."""
        name = self._file.table("stores").get(service)
        return Store(name) if name in set(Store) else None

    def variable_of(self, service: str) -> str:
        """The environment variable that the user chose for a credential's service; "" for none."""
        return str(self._file.table("variables").get(service, ""))

    def commands_of(self, service: str) -> dict[str, str]:
        """The commands that give the secrets of a credential's service, by the secrets' names."""
        return {name: str(command) for name, command in self._file.table("commands", service).items()}

    def beside(self, config: Path) -> dict[str, str]:
        """The settings that we keep for one config.toml, by field key."""
        return {key: str(value) for key, value in self._file.table("beside", _name(config)).items()}

    def written(self, path: Path) -> dict[str, str]:
        """What we wrote last to a file that its program rewrites itself, by field key."""
        return {key: str(value) for key, value in self._file.table("written", _name(path)).items()}

    def is_confirmed(self, risk: str, service: str) -> bool:
        """Whether the user said yes once to a risk for a credential's service."""
        return bool(self._file.table("confirmed", risk).get(service))

    def preference(self, name: str) -> str:
        """What the user chose last time, "" for nothing yet."""
        return str(self._file.table("preferences").get(name, ""))

    def present(self, edits: Edits) -> Edits:
        """The edits that bring back what stands now where `edits` would write."""
        return {path: {name: self._file.table(*path).get(name) for name in names} for path, names in edits.items()}

    def save(self, edits: Edits) -> None:
        """Write the edits, by table; a value of None removes the key. Raises SetupError.

        What another part of the program, or another llm-setup, saved meanwhile stays; Conflict where it is the same.
        """
        if self.problem:
            raise self.problem
        from tui.config_file.locks import Conflict
        from tui.config_file.save import failures_said

        with failures_said(self.path):
            private_folder(self.path.parent)
        try:
            self._file = self._saved(self._file, edits)
        except Conflict:
            before, now = self.present(edits), OwnSettings(self.path)
            if now.problem or now.present(edits) != before:
                raise
            self._file = self._saved(now._file, edits)

    def _saved(self, file: ConfigText, edits: Edits) -> ConfigText:
        from tui.config_file.rewrite import rewrite  # tomlkit: loaded when it is needed
        from tui.config_file.save import save

        return save(file, rewrite(file.text, edits), private=True, backup=False)


def beside_table(config: Path) -> tuple[str, str]:
    """The table of `settings.toml` that holds what belongs to one config.toml."""
    return "beside", _name(config)


def written_table(path: Path) -> tuple[str, str]:
    """The table of `settings.toml` that holds what we wrote last to a file that its program rewrites itself."""
    return "written", _name(path)


def _name(config: Path) -> str:
    return os.path.abspath(config)  # noqa: PTH100 - a symlink's own name is the one the user knows
