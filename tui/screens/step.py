"""What all steps have in common: the frame, the row of keys, and how one asks to go elsewhere."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.screens.desk import Signal
from tui.screens.messages import Move, PageShown
from tui.widgets.explanation import Explanation
from tui.widgets.frame import StepBar, TopBar
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.steps import Journey, Step, title
from tui.widgets.text_input import TextInput

MOST_TURNS: Final = 100
"""A page that does not come to rest is painted all the same."""
T = TypeVar("T")


class StepScreen(Screen[None]):
    """One step of the wizard. Rebuilt from the draft each time it is opened; nothing else outlives it."""

    STEP: ClassVar[Step]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-usual"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    LISTS: ClassVar[bool] = False
    """Whether what scrolls is a list on the page, and not the page."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("Back"), show=False),
        Binding("enter", "next", _("Next"), show=False),
        Binding("up", "up", show=False),
        Binding("down", "down", show=False),
        Binding("ctrl+s", "go('review')", _("Review and save"), show=False),
        Binding("ctrl+t", "go('test')", _("Test"), show=False),
        Binding("f1,question_mark", "app.explain", _("Help"), show=False),
    ]

    def __init__(self, draft: Draft, journey: Journey) -> None:
        super().__init__(name=self.STEP.value)
        self.draft = draft
        self.journey = journey
        self.begun = ""
        """What stood in the step's box when one was cut off."""
        self._laid_out = False
        self._turns = 0
        self.aim = ""
        """The field to begin with."""
        self._subscriptions: list[Callable[[], None]] = []

    def follow(self, signal: Signal[T], heard: Callable[[T], object]) -> None:
        """Call `heard` with what `signal` tells, for as long as the page is open. To be called when it is mounted."""

        def hear(value: T) -> bool:
            is_open = self in self.app.screen_stack  # else it is on its way out
            if is_open:
                heard(value)
            return is_open

        self._subscriptions.append(signal.subscribe(hear))

    def on_unmount(self) -> None:
        """Nothing is shown here any more."""
        for end in self._subscriptions:
            end()

    def on_mount(self) -> None:
        """Paint it when its layout is settled. A subclass's own handler runs as well, before this one."""
        self.call_later(self._paint_first)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """A page that was just made has the styles it needs."""
        if not self._laid_out:
            event.refresh_styles = False

    async def _paint_first(self) -> None:
        """Lay out until every part has heard of its size, and paint. Textual would wait a frame for each layout."""
        await asyncio.sleep(0)
        busy = self.message_queue_size or any(part.message_queue_size for part in self.walk_children())
        if (busy or self._layout_required) and self._turns < MOST_TURNS:
            self._turns += 1
            if self._layout_required:
                self._on_timer_update()
            self.call_later(self._paint_first)
            return
        self._laid_out = True
        if isinstance(self.focused, Input):  # an input method puts its window where the terminal's own cursor is
            self.app.cursor_position = self.focused.cursor_screen_offset
        self._repaint_required = False
        self._compositor_refresh()
        self.post_message(PageShown())
        self.focus_aim()

    def focus_aim(self) -> None:
        """Give the focus to the field that one came for, once it is there."""
        for control in self.query(f"#{self.aim}") if self.aim else ():
            control.focus()

    def _compositor_refresh(self) -> None:
        """Textual lays a new screen out three times, and would send each of them over the line: 18 KB for one page."""
        if self._laid_out:
            super()._compositor_refresh()

    def compose(self) -> ComposeResult:
        """Frame, body with the explaining pane beside it, keys."""
        # Textual would set it after the first layout, and style everything a second time
        width, height = self.app.size
        self.add_class(
            next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if width >= least),
            next(name for least, name in reversed(self.VERTICAL_BREAKPOINTS) if height >= least),
            update=False,
        )
        yield TopBar(self.draft)
        yield self.title_bar()
        with Horizontal(id="middle"):
            with Vertical(id="body", classes="grid -lists" if self.LISTS else "grid"):
                yield from self.body()
            yield Explanation(id="explanation")
        yield KeyBar(self.hints())

    def title_bar(self) -> Widget:
        """Where we are."""
        return StepBar(self.journey, self.STEP, self._unfinished())

    def _unfinished(self) -> Collection[str]:
        """The steps that need something yet, though they may be behind us."""
        if not self.journey.passed:
            return ()
        from tui.checks.problems import unfinished  # the first page of a first run has no use for it

        return unfinished(self.draft)

    def body(self) -> Iterable[Widget]:
        """What the step itself consists of."""
        raise NotImplementedError

    def hints(self) -> Sequence[Hint]:
        """The keys shown below."""
        back = _("Quit") if self.journey.before(self.STEP) is None else _("Back")
        jumps = (("^s", _("Save"), Step.REVIEW), ("^t", _("Test"), Step.TEST))
        return (
            ("esc", back, "screen.back"), ("enter", self.enter_does(), "screen.next"),
            *((("↑ ↓", arrows, ""),) if (arrows := self.arrows_do()) else ()),
            *((key, word, f"screen.go('{step}')") for key, word, step in jumps if self.journey.is_open(step)),
            ("f1", _("Help"), "app.explain"), ("^p", _("Commands"), "app.command_palette"),
            ("^q", _("Quit"), "app.quit"),
        )  # fmt: skip

    def enter_does(self) -> str:
        """What Enter is called in the row of keys."""
        return _("Next")

    def arrows_do(self) -> str:
        """What up and down are called there; "" where they do nothing."""
        return _("Move")

    def begun_text(self) -> str:
        """What stands in a box of the step's that belongs to no setting."""
        return ""

    @property
    def heading(self) -> str:
        """What the page is called."""
        return title(self.STEP)

    def help_text(self) -> str:
        """What F1 says about this step, in a few sentences."""
        raise NotImplementedError

    @property
    def explanation(self) -> Explanation:
        """The pane at the right."""
        return self.query_one(Explanation)

    def refresh_frame(self) -> None:
        """Show the changes of the draft in the frame."""
        self.query_one(TopBar).renew()

    def done(self) -> None:
        """Go on to the next step; this one is behind us."""
        self.post_message(Move(self.journey.after(self.STEP), passed=self.STEP))

    def on_text_input_key_pasted(self, event: TextInput.KeyPasted) -> None:
        """A key is not to stand readable on the screen."""
        event.stop()
        words = _("That looks like an API key, so it was not put into this field. Its place is the Key step.")
        self.notify(words, severity="warning", markup=False)

    def action_next(self) -> None:
        """Enter, where no field takes it."""
        self.done()

    def action_back(self) -> None:
        """The step before, or the quit question where there is none."""
        before = self.journey.before(self.STEP)
        if before:
            self.post_message(Move(before))
        else:
            self.app.call_later(self.app.run_action, "leave_by_escape")

    def action_go(self, step: str) -> None:
        """Jump."""
        self.post_message(Move(Step(step)))

    def action_up(self) -> None:
        """The field above."""
        self.focus_previous()

    def action_down(self) -> None:
        """The field below."""
        self.focus_next()
