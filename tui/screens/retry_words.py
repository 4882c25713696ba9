"""What the pane of the Retries step says of the field at hand."""

from tui.base.foreign import clean
from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.openhands.field import Field
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import rows
from tui.widgets.explanation import Heading, PaneRow
from tui.widgets.tone import Piece, left


def explained(field: Field, draft: Draft, policy: RetryPolicy | None) -> list[PaneRow]:
    """What the field does, and what the releases take without it; `policy` is the one that OpenHands follows."""
    said: list[PaneRow] = [[(field.help, "muted")], [], Heading(_("By itself OpenHands takes"))]
    defaults = {
        _("documented"): field.documented,
        "0.51–1.6": field.default,
        **dict(reversed([*(field.earlier or {}).items()])),
    }
    said += [[(left(release, 16), "muted"), (str(value), "plain")] for release, value in defaults.items()]
    written = _("It changed from release to release, so all four are written.")
    if field.key not in draft.absent and not draft.is_default:
        written = _("What a group leaves empty it has from [llm].")
    said += [[], [(written, "muted")], [], Heading(_("In the file")), _in_file(field, draft)]
    said += [[(_("or "), "muted"), (field.variable, "key")], [], Heading(_("A limit per minute"))]
    said.append([(_("Most providers count requests by the minute."), "muted")])
    return [*said, _passes(policy)]


def _in_file(field: Field, draft: Draft) -> list[Piece]:
    text = clean(draft.texts[field.key].strip(), limit=20)
    return [(f"{field.key} = ", "plain"), (text, "key")] if text else [(_("not set: OpenHands decides"), "muted")]


def _passes(policy: RetryPolicy | None) -> list[Piece]:
    """Which attempt comes after the minute is over."""
    row = next((row for row in rows(policy) if row.minutes_passed), None) if policy else None
    if row is None:
        return [(_("With these values all attempts are made within one."), "look-out")]
    return [(_("With these values attempt {number} is made after one.").format(number=row.attempt), "good")]
