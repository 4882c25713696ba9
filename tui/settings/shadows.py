"""Settings of the file that the environment overrules."""

from tui.base.foreign import clean
from tui.base.translation import _
from tui.settings.draft import Draft
from tui.settings.field import Kind
from tui.settings.fields import FIELDS


def shadows(draft: Draft) -> list[str]:
    """One sentence for each variable that OpenHands would take instead of what is saved, if started from this shell."""
    said: list[str] = []
    for field in FIELDS:
        value = draft.environ.get(field.variable, "")
        if not value or field.ours or not draft.is_default:
            continue
        if field.kind is Kind.SECRET:
            if draft.variable != field.variable:
                said.append(_("{name} is set here and wins over any key that is kept.").format(name=field.variable))
        elif value != draft.texts[field.key].strip():
            shown = f"{field.variable}={clean(value, limit=30)}"
            said.append(_("{setting} is set here and wins over the file.").format(setting=shown))
    return said
