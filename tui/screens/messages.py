"""What screens ask of the app, or tell it. Here and not in the screens, so that it knows them before one is loaded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.widgets.steps import Step

if TYPE_CHECKING:
    from tui.drafts.draft_set import Drafts
    from tui.handover.start import Launcher, Release
    from tui.trial.plan import TrialResult


@dataclass
class Move(Message):
    """Go to a step. The target is absolute, so that a key pressed twice cannot skip one."""

    to: Step
    passed: Step | None = None
    """The step that is done by this."""
    aim: str = ""
    """The field to begin with, by its TOML key; "" for the step's own."""


class PageShown(Message):
    """A whole page was painted for the first time."""


@dataclass
class GroupRequested(Message):
    """Something is to be done with a group: open, add, copy, rename or remove."""

    what: str
    group: str


class KeyringStatusRequested(Message):
    """The keyring is to be looked at anew."""


class UnlockRequested(Message):
    """A keyring was chosen for the key that has to be opened, or made, first."""


class CommandGiven(Message):
    """A command was typed that is to give the key."""


class KeyEntered(Message):
    """A key was typed or pasted, and the field was left."""


class ListRequested(Message):
    """The provider itself is to be asked for its models."""


class SaveRequested(Message):
    """The user wants all of it saved."""


@dataclass
class RenewRequested(Message):
    """The draft was changed so that a step is to be shown anew."""

    step: Step


@dataclass
class TrialConcluded(Message):
    """A real test came to its end; it is kept, to be shown when one comes back."""

    result: "TrialResult"


class TrialPassed(Message):
    """The test passed and the user goes on."""


@dataclass
class LauncherChosen(Message):
    """How OpenHands is started, to be remembered."""

    launcher: "Launcher"
    release: "Release"


class FinishLeft(Message):
    """The user is done."""


@dataclass
class ResumeAnswered(Message):
    """What to do with what was left unfinished."""

    drafts: "Drafts"
    go_on: bool
