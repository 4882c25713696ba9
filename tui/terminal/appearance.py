"""How every page of ours looks: theme, plain characters where the terminal wants them, nothing that moves."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from rich.segment import Segment, Segments
from rich.style import Style
from textual import events, work
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size
from textual.notifications import Notification, Notify
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widgets import Static

from tui.base.language import ENGLISH
from tui.base.translation import _, spoken
from tui.terminal import gate
from tui.terminal.escape_delay import EscapeDelay
from tui.terminal.keyboard import InputDropped, attended
from tui.terminal.shown_cells import ShownCells, lean
from tui.terminal.suspension import resumable
from tui.terminal.terminal_kind import TerminalKind, use_textures
from tui.terminal.theme import ANSI, DARK, DARK_256, own_variables

# -- what is shown where a terminal is too small for a page

LEAST: Final = Size(60, 20)


class TooSmall(Static):
    """Covers the page, which keeps its focus and its text below it."""

    def __init__(self, size: Size) -> None:
        super().__init__(markup=False)
        self.say(size)

    def say(self, size: Size) -> None:
        """How large the terminal is, and would have to be."""
        words = _("This needs {width} x {height} characters, and there are {columns} x {rows}. Ctrl+Q twice leaves.")
        self.update(words.format(width=LEAST.width, height=LEAST.height, columns=size.width, rows=size.height))


def is_too_small(size: Size) -> bool:
    """Whether no page of ours is of use in a terminal of this size."""
    return size.width < LEAST.width or size.height < LEAST.height


class WholeCells(ScrollBarRender):
    """A scroll bar that takes few bytes.

    It moves by cells and not by eighths of one, so that most moves of a long list leave it as it is; and it is ink, not
    a ground of its own: what is written behind it needs no change of that. It is thin, and has no track: what is at the
    edge of every row should not be louder than what stands in the rows.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "]

    @classmethod
    def render_bar(cls, *words: Any, **settings: Any) -> Segments:
        """Textual's own, with the ground turned into ink. Takes what that takes."""
        bar = super().render_bar(*words, **settings)
        inked = [_inked(*segment) for segment in bar.segments]
        return Segments(inked, new_lines=bar.new_lines)


def _inked(text: str, style: Style | None, control: Any) -> Segment:
    if style is None or not style.reverse:
        return Segment(text, style, control)
    return Segment("┃" * len(text), style + Style(reverse=False), control)


class TerminalApp(App[str]):
    """Its theme and characters are those that its terminal can show."""

    CSS_PATH = Path(__file__).parents[1] / "app.tcss"
    _plain: Sequence[LineFilter] = ()
    _notified: Sequence[Notification] = ()

    def fit(self, kind: TerminalKind) -> None:
        """Look as `kind` wants it. To be called before anything is styled: later all of it would be painted again."""
        self.kind = kind
        self.animation_level = "none"
        self.escape_delay = EscapeDelay(self)
        ScrollBar.renderer = WholeCells
        if spoken() != ENGLISH:
            from tui.terminal import line_breaks  # words and spaces are enough for English

            line_breaks.install()
        for theme in (DARK if kind.colours > 256 else DARK_256, ANSI):
            self.register_theme(theme)
        usual = DARK.name if kind.colours > 16 else ANSI.name
        named = ANSI.name if self.no_color else kind.theme
        self.set_reactive(App.theme, named if named in self.available_themes else usual)
        self.stylesheet.set_variables(self.get_css_variables())
        use_textures(wanted=kind.ascii or self.no_color)
        if kind.ascii or self.no_color:
            from tui.terminal.plain_text import AsciiOnly, InkOnly  # few terminals want them

            self._plain = [*([InkOnly()] if self.no_color else []), *([AsciiOnly()] if kind.ascii else [])]

    def get_driver_class(self) -> type[Driver]:
        """The usual one, which nothing that comes from the terminal ends, and which sends less to it."""
        gate.install_filter()
        self._shown = ShownCells()
        return lean(resumable(attended(super().get_driver_class())), self._shown)

    async def on_event(self, event: events.Event) -> None:
        """Stay, where Esc was only the beginning of a key."""
        self.escape_delay.heed(event)
        await super().on_event(event)

    def on_input_dropped(self, event: InputDropped) -> None:
        """Say why nothing came of so much."""
        if event.pasted:
            words = _("What was pasted is longer than 64 KB: nothing of it was taken.")
        else:
            words = _("Too much was typed at once: nothing of it was taken.")
        self.notify(words, severity="warning", markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy `text`, which must hold no key. Textual sends it to the terminal; tmux is told besides."""
        super().copy_to_clipboard(text)
        if os.environ.get("TMUX"):
            self._tell_tmux(text)

    @work(group="clipboard", exclusive=True, exit_on_error=False, description="give the line to tmux")
    async def _tell_tmux(self, text: str) -> None:
        from tui.handover.clipboard import give_to_tmux

        await give_to_tmux(text, os.environ)

    def action_suspend(self) -> None:
        """Ctrl+Z: to the shell, if there is one that can bring us back."""
        if os.getpgrp() == os.getsid(0):  # nobody started us as a job
            self.notify(_("There is no shell here to come back from."))
        else:
            self.action_suspend_process()

    def trust_nothing(self) -> None:
        """The terminal may show something else than what was sent: the next picture is sent whole."""
        self._shown.forget()

    def action_paint_anew(self) -> None:
        """Ctrl+L, as in every program of the terminal: somebody else has written across the page."""
        self.trust_nothing()
        self.screen.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that became too small says so, one that is large enough again shows what was there."""
        self.trust_nothing()
        self.cover(event.size)

    def cover(self, size: Size) -> None:
        """Lay a sentence over the present page, if the terminal is too small for it; else take it away."""
        for cover in self.screen.query(TooSmall):
            if is_too_small(size):
                cover.say(size)
                return
            cover.remove()
        if is_too_small(size):
            self.screen.mount(TooSmall(size))

    @property
    def is_covered(self) -> bool:
        """Whether the page cannot be seen."""
        return bool(self.screen.query(TooSmall))

    def on_notify(self, event: Notify) -> None:
        """The same words stand there once, however often their key is pressed."""
        self._notified = [shown for shown in self._notified if not shown.has_expired]
        if any(shown.message == event.notification.message for shown in self._notified):
            event.prevent_default()
        else:
            self._notified = [*self._notified, event.notification]

    def turn_to(self, page: Screen[None]) -> None:
        """Show another page. What was said in a corner of the last one goes with it, but for what was given more time
        than usual: that is meant for the next ones.
        """
        meant = [shown for shown in self._notified if shown.timeout > self.NOTIFICATION_TIMEOUT]
        if self._notified:
            self._notified = ()
            self.clear_notifications()
        for each in meant:
            if not each.has_expired:
                self.notify(each.message, severity=each.severity, timeout=each.time_left, markup=each.markup)
        self.switch_screen(page)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Our own, where there are no colours or plain characters are wanted.

        Not Textual's, which would copy each painted line to replace colours of the terminal: our pages have none.
        """
        return self._plain

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our two tones between text and background, derived from whatever theme is chosen."""
        return own_variables(self.current_theme)
