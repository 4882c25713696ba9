"""What is chosen before a test: the prompt, in what the test departs from OpenHands, and what may be rehearsed."""

from collections.abc import Iterator
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.base.translation import _
from tui.trial.plan import PROMPT
from tui.trial.runner import TrialOptions
from tui.trial.scenes import SCENES, Scene
from tui.widgets.choice import Choice, Segments
from tui.widgets.choice_list import PlaceRow, Places
from tui.widgets.headings import Section
from tui.widgets.row import Row
from tui.widgets.text_input import TextInput

NO: Final = ""
OBEY: Final = "obey"
_LIMITS: Final = {"60": _("1 min"), "300": _("5 min"), "900": _("15 min")}


class TrialChoices(Vertical):
    """Send above, the rehearsal below; by default nothing departs from OpenHands."""

    DEFAULT_CLASSES = "grid row"

    def __init__(self, prompt: str) -> None:
        super().__init__(id="choices")
        self._prompt = prompt

    def compose(self) -> ComposeResult:
        """Prompt and Send, Retry-After, time limit, and the scenes."""
        send = Button(_("Send"), id="send", variant="primary", compact=True)
        yield Row(_("Prompt"), TextInput(self._prompt or PROMPT, id="prompt"), send, cells=0)
        names = [_("shown only"), _("heeded")]
        yield Row(_("Retry-After"), Segments([NO, OBEY], NO, id="obey", names=names), cells=0)
        names = [_("none"), *_LIMITS.values()]
        yield Row(_("Time limit"), Segments([NO, *_LIMITS], NO, id="time-limit", names=names), cells=0)
        yield Static("", classes="gap")
        yield Section(_("Or rehearse it here"), (_("no key, no network, no cost"), "faint"))
        yield Scenes()

    @property
    def scene(self) -> Scene:
        """What is rehearsed."""
        return self.query_one(Scenes).scene

    @property
    def trial_options(self) -> TrialOptions:
        """In what the test departs from OpenHands."""
        limit = self.query_one("#time-limit", Choice).value
        return TrialOptions(self.query_one("#obey", Choice).value == OBEY, float(limit) if limit else None)


class Scenes(Places):
    """What our own provider can play."""

    LABEL = 22

    def __init__(self) -> None:
        super().__init__(id="scene")
        self.show([PlaceRow(each.key, each.name, ((each.about, "muted"),)) for each in SCENES], SCENES[0].key)

    @property
    def scene(self) -> Scene:
        """The chosen one."""
        return next(scene for scene in SCENES if scene.key == self.value)

    def on_places_chosen(self) -> None:
        """Keep it in sight, on a page that is too short for all."""
        index = next(number for number, scene in enumerate(SCENES) if scene.key == self.value)
        for page in self._pages():
            page.scroll_to_region(Region(0, self.virtual_region.y + index, 1, 1), animate=False)

    def _pages(self) -> Iterator[Widget]:
        return (part for part in self.ancestors if isinstance(part, Widget) and part.allow_vertical_scroll)
