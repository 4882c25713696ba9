"""What is to be done when somebody else saved the file while it was edited here."""

from dataclasses import dataclass

from tui.config_file.reading import ConfigText
from tui.settings.drafts import Drafts
from tui.settings.field import Field


@dataclass(frozen=True, slots=True)
class Clash:
    """One setting that both changed; texts as shown, empty for none."""

    group: str
    field: Field
    before: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What came of it: settings that only the others changed, by name, and those that both did."""

    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]


def meet(drafts: Drafts, theirs: ConfigText) -> Meeting:
    """Go on from the file as it is now, with all that was typed here; nothing of either side is lost.

    Changes to different settings stand together. Where both changed one setting what was typed stays in the draft, and
    the clash is reported; `yield_to` takes the other's.
    """
    before = {draft.group: dict(draft.loaded) for draft in drafts.opened}
    mine = {draft.group: {c.field.key: c for c in draft.own_changes()} for draft in drafts.opened}
    drafts.rebase(theirs)
    taken: list[str] = []
    clashes: list[Clash] = []
    for draft in drafts.opened:
        for key, old in before[draft.group].items():
            if draft.loaded[key] == old:
                continue
            change = mine[draft.group].get(key)
            if change is None:
                taken.append(key)
            elif change.after != draft.loaded[key]:
                clashes.append(Clash(draft.group, change.field, old, change.after, draft.loaded[key]))
    return Meeting(tuple(taken), tuple(clashes))


def yield_to(clash: Clash, drafts: Drafts) -> None:
    """Take what the other side saved."""
    for draft in drafts.opened:
        if draft.group == clash.group:
            draft.edit(clash.field.key, draft.loaded[clash.field.key])
