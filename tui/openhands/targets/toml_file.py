"""config.toml, which openhands-ai reads up to 1.6."""

from collections.abc import Mapping
from pathlib import Path

from tui.base.translation import _
from tui.config_file.document import ConfigText, parse_config, read_config
from tui.config_file.location import locate
from tui.openhands.fields import BY_KEY
from tui.openhands.targets.target import TOML, requests_of_client


class TomlFile:
    """The target that the rest of the program was made for: every field, every variable."""

    name = TOML
    program = _("openhands-ai up to 1.6")
    label = _("openhands-ai ≤ 1.6")
    short = "config.toml"

    def locate(self, given: Path | None = None, group: str | None = None) -> Path:  # noqa: ARG002 - all in one file
        """As `--config` says, else LLM_SETUP_CONFIG, else where OpenHands looks."""
        return locate(given)

    def groups(self) -> tuple[str, ...]:
        """None: they stand in the file."""
        return ()

    def read(self, path: Path) -> ConfigText:
        """See `read_config`."""
        return read_config(path)

    def parse(self, path: Path, text: str, *, exists: bool) -> ConfigText:
        """See `parse_config`."""
        return parse_config(path, text, exists=exists)

    def has(self, key: str) -> bool:
        """All of them."""
        return key in BY_KEY

    def environment(self, environ: Mapping[str, str]) -> Mapping[str, str]:
        """All of it: each field has its `LLM_*`."""
        return environ

    def requests(self, values: Mapping[str, object]) -> int:
        """Three where litellm takes the OpenAI client."""
        return requests_of_client(values)

    def asks_also(self) -> str:
        """Nothing that we know of."""
        return ""
