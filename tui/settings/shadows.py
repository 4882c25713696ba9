"""Settings of the file that the environment overrules."""

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.credentials.identity import origin_of
from tui.settings.checking_environment import overruled, shown
from tui.settings.draft import Draft
from tui.settings.field import Field, Kind
from tui.settings.fields import FIELDS


def shadows(draft: Draft) -> list[str]:
    """One sentence for each variable that OpenHands would take instead of what is saved, if started from this shell."""
    found = [sentence for field in FIELDS if (sentence := shadow(draft, field))] if draft.is_default else []
    return [*found, *filter(None, [led_elsewhere(draft)])]


def led_elsewhere(draft: Draft) -> str:
    """What is said when a variable of litellm's own names the address, "" where none does."""
    if not draft.address_variable:
        return ""
    words = _("{name} is set here: litellm sends the requests, and the key, to {where}.")
    return words.format(name=draft.address_variable, where=clean(origin_of(draft.base_url) or "", limit=120))


def shadow(draft: Draft, field: Field) -> str:
    """The sentence of one field, "" when its value holds."""
    if field.ours or not draft.is_default or not draft.environ.get(field.variable):
        return ""
    if field.kind is Kind.SECRET:
        if draft.variable == field.variable:
            return ""
        return _("{name} is set here and wins over any key that is kept.").format(name=field.variable)
    if not overruled(field, draft.environ, _typed(draft, field)):
        return ""
    return _("{setting} is set here and wins over the file.").format(setting=shown(field, draft.environ))


def _typed(draft: Draft, field: Field) -> object:
    try:
        return draft.value(field.key)
    except SetupError:  # said of the field itself
        return draft.texts[field.key]
