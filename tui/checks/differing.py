"""Whether several programs would use the same LLM, and what each of them would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _, many
from tui.config_file.document import ConfigText
from tui.openhands.effective import Setting, Source, effective, fit_to_show
from tui.openhands.field import Kind
from tui.openhands.groups import DEFAULT, KNOWN
from tui.openhands.targets.target import Target

Table = Mapping[str, Setting]
"""What a program would use, by key: those settings that it has."""


@dataclass(frozen=True, slots=True)
class Use:
    """One program with what its file, and the environment that it heeds, come to."""

    target: Target
    table: Table
    present: bool
    """Whether it has a file with a model in it."""

    @property
    def words(self) -> str:
        """Model and attempts, or that there is nothing yet."""
        if not self.present:
            return _("nothing yet")
        model, attempts = (self.table[key].value for key in ("model", "num_retries"))
        shown = model.masked() if isinstance(model, Secret) else clean(str(model), limit=60)
        number = attempts if isinstance(attempts, int) else 0
        return f"{shown}, {many('{count} attempt', '{count} attempts', number)}"


def use_of(target: Target, config: ConfigText, environ: Mapping[str, str]) -> Use:
    """What the program would use of a file that was read."""
    found = fit_to_show(effective(config, target.environment(environ), DEFAULT))
    table = {key: setting for key, setting in found.items() if target.has(key)}
    return Use(target, table, config.exists and table["model"].source is not Source.DEFAULT)


def uses_of(targets: Sequence[Target], environ: Mapping[str, str], config: Path | None = None) -> list[Use]:
    """What each would use, without those whose file cannot be read: of that `check` says why. `config` is a config.toml
    that was named."""
    found = []
    for target in targets:
        try:
            found.append(use_of(target, target.read(target.locate(config)), environ))
        except SetupError:
            continue
    return found


def differing(tables: Sequence[Table], *, secrets: bool = False) -> list[str]:
    """The settings that all of them have, and do not hold alike; those that nobody set apart."""
    first, *others = tables
    shared = [key for key in first if all(key in other for other in others)] if others else []
    plain = [key for key in shared if secrets or (key in KNOWN and KNOWN[key].kind is not Kind.SECRET)]
    return [
        key
        for key in plain
        if any(first[key].value != other[key].value for other in others)
        and not all(table[key].source is Source.DEFAULT for table in tables)
    ]


def in_words(uses: Sequence[Use]) -> str:
    """Who would use what, in a line; "" where it is the same for all. A program without a file differs."""
    alike = len(uses) < 2 or not (
        any(use.present for use in uses)
        and (not all(use.present for use in uses) or differing([use.table for use in uses]))
    )
    return "" if alike else " · ".join(f"{use.target.short}: {use.words}" for use in uses)
