"""What is said of what was left unfinished."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tui.base.foreign import clean
from tui.base.translation import _, listed, many
from tui.config_file.mask import mask
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.drafts.unfinished import ChangedSetting, UnfinishedDraft
from tui.openhands.groups import DEFAULT, header
from tui.widgets.steps import Step, title
from tui.widgets.tone import Piece, left

NAME: Final = 20


def headline(stopped: UnfinishedDraft) -> str:
    """The question: where it was, and when."""
    step = stopped.where.step
    words = _("Continue where you stopped? That was on {step}, {when}.")
    return words.format(step=title(Step(step)) if step in set(Step) else step, when=_when(stopped.at))


def typed(stopped: UnfinishedDraft, drafts: Drafts) -> Iterator[list[Piece]]:
    """What was typed and not saved."""
    for draft in drafts.opened:
        if draft.provider and draft.provider_is_new:
            yield [(left(_("Provider"), NAME), "key"), (draft.provider.name, "plain")]
        for key, text in draft.texts.items():
            if text != draft.loaded[key]:
                yield [(left(_name(draft, key), NAME), "key"), *_from_to(draft.loaded[key], text)]
        for text in draft.new_commands().values():
            yield [(left(_("Command"), NAME), "key"), *_from_to("", text)]
        for key in sorted(draft.dropped):
            yield [(left(clean(_name(draft, key), limit=NAME), NAME), "key"), (_("removed"), "plain")]
    if stopped.where.begun:
        yield [(left(_("In the box"), NAME), "key"), (clean(stopped.where.begun, limit=50), "plain")]


def not_kept(stopped: UnfinishedDraft) -> Iterator[str]:
    """What has to be typed again."""
    if stopped.key:
        yield _("The API key that was typed is not kept: type it again on Key.")
    if stopped.not_kept:
        names = listed(clean(label) for label in stopped.not_kept)
        yield _("Not kept either, as it may hold a secret: {names}.").format(names=names)


def _name(draft: Draft, key: str) -> str:
    return key if draft.group == DEFAULT else f"{key} {clean(header(draft.group), limit=30)}"


def _from_to(before: str, after: str) -> list[Piece]:
    old, new = (mask(clean(text, limit=40)) for text in (before, after))
    return [(old, "muted"), (" → " if old else "", "faint"), (new or _("emptied"), "plain")]


def changed(found: ChangedSetting) -> list[Piece]:
    """What somebody else changed in the file, and what becomes of what was typed."""
    said = _("   yours stays: {text}").format(text=clean(found.mine, limit=30)) if found.mine is not None else ""
    name = found.field.key if found.group == DEFAULT else f"{found.field.key} {clean(header(found.group), limit=30)}"
    return [("  " + left(name, NAME - 2), "key"), *_from_to(found.before, found.now), (said, "look-out")]


def _when(at: datetime, now: datetime | None = None) -> str:
    """`12 minutes ago`, `5 hours ago`, then the day."""
    minutes = int(((now or datetime.now().astimezone()) - at).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return many("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < 24 * 60:
        return many("{count} hour ago", "{count} hours ago", minutes // 60)
    return at.strftime("%Y-%m-%d")
