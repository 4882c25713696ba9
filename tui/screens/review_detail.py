"""The pane of the review: what OpenHands will have of the group, what stays, who else saves."""

from collections.abc import Iterator

from tui.base.errors import SetupError
from tui.base.translation import _, many
from tui.config_file.document import parse_config
from tui.drafts.draft import Draft
from tui.drafts.policy import policy_of
from tui.openhands.effective import Source, effective, fit_to_show
from tui.retry.schedule import in_words
from tui.screens.values import text_of
from tui.widgets.bars import sparkline
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.tone import apart, cut_middle


def what_openhands_will_have(draft: Draft) -> list[PaneRow]:
    """The rows of the pane; keys are masked."""
    return [*_settings(draft), *_retries(draft), *_promises()]


def _settings(draft: Draft) -> Iterator[PaneRow]:
    try:
        after = parse_config(draft.config.path, draft.preview())
    except SetupError:
        return
    found = fit_to_show(effective(after, draft.environ, draft.group))
    changed = {change.field.key for change in draft.changes()}
    own = {key: setting for key, setting in found.items() if setting.source is not Source.DEFAULT}
    for key, setting in own.items():
        if setting.value is not None:
            text = cut_middle(text_of(setting), 24)
            yield pair(key, text, tone="good" if key in changed else "plain")
    if typed := draft.typed_secret("api_key"):
        yield pair("api_key", typed.masked(), tone="good")
    rest = len(found) - len(own)
    yield pair(many("{count} more", "{count} more", rest), _("OpenHands' own"), tone="muted")


def _retries(draft: Draft) -> Iterator[PaneRow]:
    try:
        policy = policy_of(draft)
    except SetupError:
        return
    bars, words = sparkline(policy.waits()[:12]), _("gives up after {total}").format(total=in_words(policy.total()))
    yield []
    yield Heading(_("Retries"))
    yield lambda width: apart([(bars, "bar")], [(words, "muted")], width)


def _promises() -> Iterator[PaneRow]:
    yield []
    yield Heading(_("What stays"))
    yield [(_("Comments, order and all other sections, byte for byte. The file is replaced in one step."), "muted")]
    yield []
    yield Heading(_("Who else saves it meanwhile"))
    yield [(_("Changes to other settings are kept; about the same setting you are asked."), "muted")]
