"""The one sentence about a group that OpenHands drops, with the key that makes it do so."""

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.settings.draft import Draft
from tui.settings.groups import DEFAULT, culprits, header


def insist_on_taken(draft: Draft) -> None:
    """Raise SetupError where OpenHands drops the group, or the `[llm]` that it inherits from.

    It would start with its default model and no key, or with another group's: what is tried and what is handed over
    would be something else than what it does. Of a draft counts what will be saved.
    """
    planned = draft.outlook()
    for group in dict.fromkeys((DEFAULT, draft.group)):
        if culprits(planned, group):
            raise _dropped(draft, group)


def dropped(draft: Draft) -> str:
    """What is said beside the policy of a group that OpenHands will drop, "" where it takes it."""
    keys = culprits(draft.outlook(), draft.group)
    if not keys:
        return ""
    words = _("OpenHands drops all of {group} because of {key}, and goes by these numbers instead.")
    return words.format(group=header(draft.group), key=clean(keys[0], limit=60))


def _dropped(draft: Draft, group: str) -> SetupError:
    """What `check` says of the first key for which it is dropped, with the place in front."""
    from tui.settings.check import findings  # where all is well nobody asks

    found = next(f for f in findings(draft.config, draft.environ) if f.voids and f.group == group)
    place = f"{clean(tilde(draft.config.path))}:{found.line}"
    message = _("{place}: {group}: {sentence} [{code}]")
    return SetupError(
        message.format(place=place, group=found.where, sentence=found.sentence, code=found.code), found.hint
    )
