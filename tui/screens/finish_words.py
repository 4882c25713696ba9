"""What the last page says: what was set up, who reads what, and which commands are good to know."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, listed
from tui.retry.schedule import in_words
from tui.screens.desk import Desk
from tui.screens.overview_words import Summary, summary
from tui.widgets.details import DetailRow
from tui.widgets.explanation import Heading, PaneRow
from tui.widgets.row import LABEL
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, apart, column, cut_middle, left


class SetUpRow(NamedTuple):
    """A line of what was set up: what it is called, what it is, and a fact for the right edge."""

    label: str
    value: str
    fact: str
    tone: str = "muted"
    """Of the fact."""


def set_up(desk: Desk, *, passed: bool) -> list[SetUpRow]:
    """Model, key, file and retries, in a line each."""
    model, key, retries = (summary(step, desk) for step in (Step.MODEL, Step.KEY, Step.RETRIES))
    answered = ""
    if passed and desk.last_trial:
        answered = _("answered in {time}").format(time=in_words(desk.last_trial.outcome.seconds))
    path = clean(tilde(desk.draft.config.path))
    undo = _("llm-setup undo takes it back") if desk.last_save else ""
    return [
        SetUpRow(_("Model"), model.value, answered or model.fact),
        SetUpRow(_("Key"), key.value, key.fact),
        SetUpRow(_("Settings"), path, undo),
        _retries(retries),
    ]


def _retries(retries: Summary) -> SetUpRow:
    return SetUpRow(_("Retries"), listed([retries.value, retries.fact]), retries.bars, "bar")


def set_up_row(row: SetUpRow, width: int) -> Sequence[Piece]:
    """A line of it in `width` cells; a fact without room is left out, that of a model but for its prices first."""
    room = width - LABEL
    shorter = row.fact, row.fact.partition("   ")[2], ""
    fact = next(text for text in shorter if not text or cell_len(row.value) + 2 + cell_len(text) <= room)
    return [
        (column(row.label, LABEL), "muted"),
        *apart([(cut_middle(row.value, room), "plain")], [(fact, row.tone)], room),
    ]


def who_reads_what() -> list[PaneRow]:
    """For the pane."""
    return [
        [(_("up to 1.6"), "strong")],
        [(_("[llm] of config.toml, and LLM_… of the environment on top"), "muted")],
        [],
        [(_("1.7 and later"), "strong")],
        [(_("only the environment: exec sets LLM_MODEL, LLM_API_KEY and LLM_BASE_URL"), "muted")],
        [],
        [(_("the keyring"), "strong")],
        [(_("no OpenHands reads it: exec does"), "muted")],
        [],
        [(_("groups"), "strong")],
        [(_("[llm.NAME] by exec --group NAME"), "muted")],
        [],
        Heading(_("Without a person")),
        [(without_a_person(), "muted")],
    ]


def without_a_person() -> str:
    """Where the key is kept for a machine that starts by itself."""
    return _(
        "A keyring cannot serve a machine that starts by itself. There, keep the key in a private file and name it in "
        "the unit, or with --env-file."
    )


def good_to_know() -> list[DetailRow]:
    """Commands, and what each does."""
    commands = {
        "llm-setup": _("opens this file again, on Overview"),
        "llm-setup test": _("sends the prompt again, without the wizard"),
        "llm-setup show": _("the settings in effect, and where each comes from"),
        "llm-setup undo": _("the file as it was before the last save"),
        "llm-setup key delete": _("deletes the key from where it is kept"),
    }
    width = max(map(len, commands)) + 2
    return [
        [],
        Heading(_("Also good to know")),
        *([(left(command, width), "key"), (said, "muted")] for command, said in commands.items()),
    ]
