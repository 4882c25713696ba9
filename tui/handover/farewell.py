"""The one line that stays on the normal screen when the wizard is left."""

from collections.abc import Sequence
from pathlib import Path

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, listed, many
from tui.credentials.store import WORDS, Store
from tui.drafts.draft import Draft
from tui.handover.start import Launcher, Release, last_start, program_line, start_line
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import header
from tui.openhands.targets.target import TOML
from tui.saving.key_stores import key_from_environment


def farewell(
    draft: Draft,
    store: Store | None,
    groups: Sequence[str],
    unsaved: int = 0,
    *,
    start: tuple[Launcher, Release] | None = None,
    along: Sequence[Path] = (),
) -> str:
    """What was saved where, where the key of `draft` is, and how to start OpenHands; `groups` are those saved, `along`
    the further files that the last save changed.

    With `unsaved` changes, only that: how to start it would speak of what is not in the file. `start` is what the last
    page showed; without, that of the last time.
    """
    what = ", ".join(header(group) for group in groups)
    where = listed(clean(tilde(path)) for path in (draft.config.path, *along))
    if unsaved:
        but = many(
            "but for {count} change since then. llm-setup goes on with it.",
            "but for {count} changes since then. llm-setup goes on with them.",
            unsaved,
        )
        return _("Saved {what} in {where}, {but}").format(what=what, where=where, but=but)
    if draft.config.kind != TOML:
        line, said = program_line(draft, draft.config.kind)
        words = _("Saved {what} in {where}{key}. {said} {line}").format(
            what=what, where=where, key=_key_words(draft, store, several=bool(along)), said=said, line=line
        )
        return words.rstrip()
    line = start_line(draft, *(start or last_start(draft.own)))
    words = _("Saved {what} in {where}{key}. Start OpenHands with: {line}")
    return words.format(what=what, where=where, key=_key_words(draft, store, several=bool(along)), line=line)


def saved_words(draft: Draft, store: Store | None, groups: Sequence[str], along: Sequence[Path] = ()) -> str:
    """What was saved where, `along` in further files, and where the key of `draft` is."""
    what = ", ".join(header(group) for group in groups)
    where = ", ".join(clean(tilde(path)) for path in (draft.config.path, *along))
    return _("Saved {what} in {where}{key}.").format(
        what=what, where=where, key=_key_words(draft, store, several=bool(along))
    )


def _key_words(draft: Draft, store: Store | None, *, several: bool) -> str:
    name = draft.variable or BY_KEY["api_key"].variable
    if store is Store.ENVIRONMENT and not any(key_from_environment(draft, key) for key in draft.secret_keys()):
        return _("; {name} is not set here, set it where OpenHands starts").format(name=name)
    if store is None:
        return _("; no key is kept") if draft.secret_keys() else ""
    if store is Store.CONFIG and several:
        return _(", key in these files")
    return WORDS[store].ending.format(name=name)
