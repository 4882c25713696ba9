"""The first page when the last time was cut off: what was left, and what changed meanwhile."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.config_file.mask import mask
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.drafts.unfinished import ChangedSetting, UnfinishedDraft
from tui.openhands.groups import DEFAULT, header
from tui.screens.messages import ResumeAnswered
from tui.widgets.frame import TitleBar, TopBar
from tui.widgets.key_bar import KeyBar
from tui.widgets.remark import Remark
from tui.widgets.steps import Step, title
from tui.widgets.tone import Piece, left, line, lines

NAME = 20


class ResumeScreen(Screen[None]):
    """Continue, which has the focus, or start over. Leaving the program here changes nothing."""

    AUTO_FOCUS = "#continue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.leave_by_escape", _("Quit"), show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, stopped: UnfinishedDraft, drafts: Drafts, meanwhile: Iterable[ChangedSetting]) -> None:
        super().__init__(name="stopped")
        self._stopped = stopped
        self._drafts = drafts
        self._meanwhile = [*meanwhile]

    def compose(self) -> ComposeResult:
        """What was left, what changed, two answers."""
        yield TopBar(self._drafts.current)
        yield TitleBar(_("Left unfinished"))
        with Vertical(id="body", classes="grid"):
            yield Static(line((self._headline(), "strong")), classes="title")
            with VerticalScroll(id="left", can_focus=False):
                yield from self._rows()
            with Horizontal(id="answers"):
                yield Button(_("Continue"), id="continue", variant="primary", compact=True)
                yield Button(_("Start over"), id="over", compact=True)
        yield KeyBar(
            (
                ("enter", _("Take it"), ""), ("← →", _("Choose"), ""),
                ("esc", _("Quit, and decide later"), "app.quit"),
            )
        )  # fmt: skip

    def _headline(self) -> str:
        step = self._stopped.where.step
        words = _("Continue where you stopped? That was on {step}, {when}.")
        return words.format(step=title(Step(step)) if step in set(Step) else step, when=_when(self._stopped.at))

    def _rows(self) -> Iterator[Widget]:
        yield Static(lines(list(self._typed())), classes="block")
        if self._meanwhile:
            yield Remark(_("The file was changed meanwhile:"), id="meanwhile")
            yield Static(lines(map(_changed, self._meanwhile)), classes="block")
        if self._stopped.key:
            yield Remark(_("The API key that was typed is not kept: type it again on Key."))
        if self._stopped.not_kept:
            names = ", ".join(clean(label) for label in self._stopped.not_kept)
            yield Remark(_("Not kept either, as it may hold a secret: {names}.").format(names=names))

    def _typed(self) -> Iterator[list[Piece]]:
        for draft in self._drafts.opened:
            if draft.provider and draft.provider_is_new:
                yield [(left(_("Provider"), NAME), "key"), (draft.provider.name, "plain")]
            for key, text in draft.texts.items():
                if text != draft.loaded[key]:
                    yield [(left(_name(draft, key), NAME), "key"), *_from_to(draft.loaded[key], text)]
        if self._stopped.where.begun:
            yield [(left(_("In the box"), NAME), "key"), (clean(self._stopped.where.begun, limit=50), "plain")]

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(ResumeAnswered(self._drafts, go_on=event.button.id == "continue"))

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "What you typed is kept on the disk until it is saved, but for keys. Continue opens the step on which you "
            "were. Start over forgets it, and shows the file as it is."
        )


def _name(draft: Draft, key: str) -> str:
    return key if draft.group == DEFAULT else f"{key} {clean(header(draft.group), limit=30)}"


def _from_to(before: str, after: str) -> list[Piece]:
    old, new = (mask(clean(text, limit=40)) for text in (before, after))
    return [(old, "muted"), (" → " if old else "", "faint"), (new or _("emptied"), "plain")]


def _changed(found: ChangedSetting) -> list[Piece]:
    said = _("   yours stays: {text}").format(text=clean(found.mine, limit=30)) if found.mine is not None else ""
    name = found.field.key if found.group == DEFAULT else f"{found.field.key} {clean(header(found.group), limit=30)}"
    return [("  " + left(name, NAME), "key"), *_from_to(found.before, found.now), (said, "look-out")]


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
