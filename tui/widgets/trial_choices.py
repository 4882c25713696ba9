"""What may be chosen before a test: the scene of a rehearsal, and in what the test departs from OpenHands."""

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.base.translation import _
from tui.trial.runner import TrialOptions
from tui.trial.scenes import SCENES, Scene
from tui.widgets.choice import Choice
from tui.widgets.row import Row
from tui.widgets.tone import line

NO: Final = ""
OBEY: Final = "obey"
_LIMITS: Final = {"60": _("1 min"), "300": _("5 min"), "900": _("15 min")}


class TrialChoices(Vertical):
    """Three rows; by default nothing departs."""

    DEFAULT_CLASSES = "grid row"

    def compose(self) -> ComposeResult:
        """The scene and what it is; Retry-After and the time limit."""
        scenes = [scene.key for scene in SCENES]
        scene = Choice(scenes, SCENES[0].key, id="scene", names=[scene.name for scene in SCENES])
        yield Row(_("Rehearsal"), scene, Static(id="about", markup=False, classes="one-line"), cells=22)
        heeded = Choice([NO, OBEY], NO, id="obey", names=["", _("obeyed")], empty=_("shown only"))
        yield Row(_("Retry-After"), heeded, cells=22)
        limit = Choice([NO, *_LIMITS], NO, id="time-limit", names=["", *_LIMITS.values()], empty=_("none"))
        yield Row(_("Time limit"), limit, cells=22)

    def on_mount(self) -> None:
        """Say what the scene is."""
        self._say_about()

    @on(Choice.Chosen)
    def _take(self, event: Choice.Chosen) -> None:
        event.stop()
        self._say_about()

    def _say_about(self) -> None:
        self.query_one("#about", Static).update(line((self.scene.about, "muted")), layout=False)

    @property
    def scene(self) -> Scene:
        """What is rehearsed."""
        key = self.query_one("#scene", Choice).value
        return next(scene for scene in SCENES if scene.key == key)

    @property
    def trial_options(self) -> TrialOptions:
        """In what the test departs from OpenHands."""
        limit = self.query_one("#time-limit", Choice).value
        return TrialOptions(self.query_one("#obey", Choice).value == OBEY, float(limit) if limit else None)
