"""What Ctrl+P offers: every step and action; and what is chosen there for the next start."""

import contextlib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.theme import Theme

from tui.base.errors import SetupError
from tui.base.language import PREFERENCE, languages
from tui.base.translation import _, listed, name_of
from tui.screens.messages import Move
from tui.screens.overview_words import summary
from tui.screens.palette import Command
from tui.widgets.steps import ORDER, Step, title

if TYPE_CHECKING:
    from tui.drafts.own_settings import OwnSettings
    from tui.screens.desk import Desk
    from tui.wizard.finish import Finish
    from tui.wizard.host import Host
    from tui.wizard.model_lists import CatalogueRefresh
    from tui.wizard.undo import Undo

_KEYS = {Step.REVIEW: "^s", Step.TEST: "^t"}


class Parts(Protocol):
    """The app, as far as a command needs it."""

    desk: "Desk"
    host: "Host"
    catalogue: "CatalogueRefresh"
    finish: "Finish"
    undo: "Undo"

    def on_move(self, move: Move) -> None: ...
    def action_choose_programs(self) -> None: ...
    def action_make_alike(self) -> None: ...
    def action_change_theme(self) -> None: ...
    def action_choose_language(self) -> None: ...
    def action_explain(self) -> None: ...
    def action_paint_anew(self) -> None: ...
    def action_quit(self) -> None: ...


def commands(app: Parts) -> Iterator[Command]:
    """All that can be done now, in the order in which it is offered."""
    journey = app.desk.journey
    for step in (Step.OVERVIEW, *ORDER):
        if journey.is_open(step):
            words = summary(step, app.desk).value if step in ORDER else _("All settings at a glance")
            move = partial(app.on_move, Move(step))
            yield Command(_("Go to {step}").format(step=title(step)), words, move, _KEYS.get(step, ""))
    if journey.is_open(Step.TEST):
        yield Command(_("Finish"), _("How to start OpenHands"), app.finish.open)
    programs, undo = app.action_choose_programs, partial(app.host.begin, app.undo.undo, "undo")
    yield Command(_("For which OpenHands"), _("The programs that are set up"), programs, "^o")
    if len(app.desk.programs) > 1:
        alike = _("Settings of one for all of them")
        yield Command(_("The same for all programs"), alike, app.action_make_alike)
    yield Command(_("Undo the last save"), _("The file as it was"), undo)
    yield Command(_("Doctor"), _("Look at everything"), partial(_ask_doctor, app))
    yield Command(_("Report"), _("The set-up in words, to share"), partial(_ask_doctor, app, report=True))
    refresh = partial(
        app.host.begin, app.catalogue.refresh, "refresh", exclusive=True
    )  # asked now, and never by itself
    yield Command(_("Refresh the catalogue"), _("Newer models and prices"), refresh)
    yield Command(_("Colours"), _("Another theme"), app.action_change_theme)
    yield Command(_("Language"), listed(map(name_of, languages())), app.action_choose_language)
    yield Command(_("Help"), _("Explain this page"), app.action_explain, "f1")
    yield Command(_("Redraw"), _("Paint the screen anew"), app.action_paint_anew, "^l")
    yield Command(_("Quit"), _("Leave llm-setup"), app.action_quit, "^q")


def _ask_doctor(app: Parts, *, report: bool = False) -> None:
    """One at a time: a report begins with the doctor's look."""
    from tui.wizard.doctor import Doctor  # most who are well never ask

    doctor = Doctor(app.desk, app.host)
    app.host.begin(doctor.report if report else doctor.look, "doctor", exclusive=True)


def remember_theme(own: "OwnSettings", theme: Theme) -> None:
    """The next start looks the same."""
    with contextlib.suppress(SetupError):  # it is a preference: not worth a word
        own.save({("preferences",): {"theme": theme.name}})


def remember_language(own: "OwnSettings", host: "Host", language: str | None) -> None:
    """The next start speaks it; None for that of the locale."""
    try:
        own.save({("preferences",): {PREFERENCE: language}})
    except SetupError as error:
        host.notify(str(error), severity="error")
        return
    said = _("From the next start on the language is that of the locale.")
    if language:
        said = _("From the next start on the language is {name}.").format(name=name_of(language))
    host.notify(said)
