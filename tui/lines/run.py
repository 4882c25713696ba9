"""What the questions of all steps share: the desk, the conversation, and the parts of the wizard."""

from collections.abc import Callable, Iterable
from functools import partial

from tui.drafts.draft import Draft
from tui.lines.host import LineHost
from tui.lines.talk import Talk
from tui.screens.desk import Desk
from tui.screens.messages import Move
from tui.widgets.steps import Step
from tui.widgets.tone import Piece
from tui.wizard.finish import Finish
from tui.wizard.groups import Groups
from tui.wizard.key_access import KeyCommandCheck, KeyringUnlock
from tui.wizard.model_lists import ModelLists
from tui.wizard.programs import Programs
from tui.wizard.resume import Resume
from tui.wizard.save import Save
from tui.wizard.undo import Undo


class LinePage:
    """The step that is being asked about, where the app has a page."""

    def __init__(self, step: Step) -> None:
        self.STEP = step

    def begun_text(self) -> str:
        """A line is typed whole, or not at all."""
        return ""


class LineNavigation:
    """Stands where the app's Navigation does for whoever wants to know where the user is."""

    page: LinePage | None = None


class Run:
    """One run of the wizard, composed of the same parts as the app."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self.desk = desk
        self.talk = talk
        self.host = host = LineHost(desk, talk)
        self.groups = Groups(desk, host)  # type: ignore[arg-type]  # it has what they need of the app's
        self.unlock = KeyringUnlock(desk, host)  # type: ignore[arg-type]
        self.key_command = KeyCommandCheck(desk)
        self.lists = ModelLists(desk, host)  # type: ignore[arg-type]
        self.save = Save(desk, host)  # type: ignore[arg-type]
        self.undo = Undo(desk, host)  # type: ignore[arg-type]
        self.programs = Programs(desk, host)  # type: ignore[arg-type]
        self.finish = Finish(desk, host)  # type: ignore[arg-type]
        self.navigation = LineNavigation()
        self.resume = Resume(desk, host, self.navigation, lambda _seconds, _call: None)  # type: ignore[arg-type]
        self._over = False
        self.failed = ""
        """Why the last save did not work; `field_to_blame` says whose value it was, if it was one."""
        self.field_to_blame: str | None = None
        desk.save_failed.subscribe(self._note_failure)

    @property
    def draft(self) -> Draft:
        """The draft of the group at hand."""
        return self.desk.draft

    @property
    def is_over(self) -> bool:
        """Whether the user has left."""
        return self._over

    def leave(self) -> None:
        """Ask nothing more."""
        self._over = True

    def done(self, step: Step) -> None:
        """Go on to the next step; this one is behind us."""
        self.host.go(Move(self.desk.journey.after(step), passed=step))

    def show(self, step: Step) -> None:
        """Ask about a step next."""
        self.host.show(step)

    def explaining(self, *sentences: str) -> Callable[[], Iterable[str]]:
        """What `?` says."""
        return partial(filter, None, sentences)

    def _note_failure(self, problem: Exception) -> None:
        self.failed, self.field_to_blame = str(problem), getattr(problem, "field", None)


def text_of(row: Iterable[Piece]) -> str:
    """A row of toned text, without its tones."""
    return "".join(text for text, _tone in row).strip()
