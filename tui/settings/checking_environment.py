"""Settings of the file that the environment overrules."""

from collections.abc import Mapping
from typing import Any

from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.masking import mask
from tui.settings.coercion import from_variable
from tui.settings.field import Field, Kind
from tui.settings.finding import Code, Finding
from tui.settings.groups import DEFAULT, KNOWN
from tui.settings.places import Subject


def overruled(field: Field, environ: Mapping[str, str], value: Any) -> bool:
    """Whether OpenHands would take another value from `environ` than `value`, that of the file or None."""
    taken = from_variable(field, environ.get(field.variable, ""))
    return taken is not None and taken != value


def shown(field: Field, environ: Mapping[str, str]) -> str:
    """The variable with its value, as it may be shown; of a secret, the name alone."""
    if field.kind is Kind.SECRET:
        return field.variable
    return mask(f"{field.variable}={clean(environ.get(field.variable, ''), limit=60)}")


def check_environment(subject: Subject) -> list[Finding]:
    """The lines of the default group that have no effect, because a variable wins over them."""
    if subject.group != DEFAULT:
        return []
    return [
        subject.found(
            Code.SHADOWED_BY_ENVIRONMENT,
            _("{setting} is set here and wins over this line.").format(setting=shown(KNOWN[key], subject.environ)),
            _("Unset the variable, or start OpenHands where it is not set."),
            key=key,
        )
        for key, value in subject.base.items()
        if overruled(KNOWN[key], subject.environ, value)
    ]
