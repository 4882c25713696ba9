"""Lines that stand outside of any table, where OpenHands reads nothing: the layout of 2024, and slips."""

from collections.abc import Iterator
from typing import Final

from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.checks.finding import Code, Finding, Severity
from tui.config_file.document import ConfigText
from tui.config_file.mask import mask
from tui.drafts.repairs import dead_settings
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import DEFAULT, own_keys
from tui.openhands.tables import recorded_tables

_CALLED: Final = {"AGENT": ("core", "default_agent"), "SANDBOX_TYPE": ("core", "runtime")}
"""Names of then that have others today."""


def check_root(config: ConfigText) -> Iterator[Finding]:
    """The lines outside of any table, each with what they were probably meant to be."""
    dead, own = dead_settings(config), own_keys(config, DEFAULT)
    for name, value in config.data.items():
        if (
            isinstance(value, dict | list)
            or name in recorded_tables().tables
            or name in ("llm", "condenser", "extended")
        ):
            continue  # said of the table that should be there
        lost = name in dead and dead[name].key not in own
        secret = mask(f'{name} = "x"') != f'{name} = "x"'  # all of its value, whatever parts that
        text = Secret(str(value)).masked() if secret else mask(clean(str(value), limit=120))
        shown = f"{mask(clean(name, limit=60))} = {text}"
        yield Finding(
            severity=Severity.ERROR if lost else Severity.WARNING,
            code=Code.OUTSIDE_TABLES,
            key=name,
            line=config.line(name),
            sentence=_("OpenHands ignores {line}: it is outside of any table, as in 2024.").format(line=shown),
            hint=_remedy(name, dead.get(name)),
        )


def _remedy(name: str, field: Field | None) -> str:
    if field and field.ours:
        return _("Remove the line.")
    if field and field.kind is Kind.SECRET:
        return _("Remove the line, and keep the key with llm-setup key set; or write {key} in [llm].").format(
            key=field.key
        )
    if field:
        return _("Write it as {key} in [llm], and remove this line.").format(key=field.key)
    table, key = _CALLED.get(name) or _place_of(name.lower())
    if not table:
        return _("Remove the line.")
    return _("Write it as {key} in [{table}], and remove this line.").format(key=key, table=table)


def _place_of(name: str) -> tuple[str, str]:
    """The table and name of a setting that stands outside of its table, "" for none."""
    if name in BY_KEY and not BY_KEY[name].ours:
        return DEFAULT, name
    for table, types in recorded_tables().tables.items():
        for key in (name, name.removeprefix(f"{table}_")):
            if key in types:
                return table, key
    return "", ""
