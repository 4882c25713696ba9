"""Step 2: the endpoint, where the provider needs one, the key, and where it is kept."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.base.translation import _
from tui.credentials.keyring_state import KeyringStatus
from tui.credentials.store import Store
from tui.drafts.key_place import is_open, is_openable, is_settled
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY
from tui.screens import key_pane, key_words
from tui.screens.desk import Desk
from tui.screens.key_fields import KeyFields
from tui.screens.key_places import KeyPlaces
from tui.screens.messages import CommandGiven, KeyringStatusRequested, UnlockRequested
from tui.widgets.checks import Checks
from tui.widgets.details import Details
from tui.widgets.field_row import FieldRow
from tui.widgets.headings import Question, Section
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.remark import Remark
from tui.widgets.steps import Step
from tui.widgets.tone import line, lines

TALL: Final = 30
"""Rows of a terminal from which on keys that were found stand on the page."""


class GoesOn(Enum):
    """What the step waits for before it goes on."""

    ON_ENTER = auto()
    ON_AN_ANSWER = auto()
    WHEN_OPEN = auto()


class KeyScreen(KeyFields):
    """Fields from the provider's needs, and the places where the key may be kept."""

    STEP: ClassVar[Step] = Step.KEY
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "look_again", _("Look again"), show=False)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._goes_on = GoesOn.ON_ENTER

    def body(self) -> Iterable[Widget]:
        """Who it is for, the fields, the places."""
        page = self._provider.key_page
        question = key_words.question(self.draft, self._provider)
        yield Question(question, *([(page, "key")] if page else []), id="question")
        yield Static(id="page", classes="gap", markup=False)
        for need in self._provider.needs:
            yield self.row_of(need)
            if BY_KEY[need.key].kind is Kind.SECRET:
                yield Checks(id=f"about-{need.key}", classes="about")
        yield Remark(id="problem", tone="wrong")
        if self._has_secret:
            yield KeyPlaces(self.draft, self._provider)
            yield Details(id="found")
        yield Section(_("Its way to OpenHands"), id="way")
        yield Static(id="delivery", markup=False)

    @property
    def _has_secret(self) -> bool:
        return bool(self.draft.secret_keys())

    def on_mount(self) -> None:
        """The first field that is needed next has the focus."""
        if self._look:
            self.post_message(KeyringStatusRequested())
        self._show_places()
        for key in self.draft.secret_keys():
            self._describe(key)
        self._say_delivery()
        self.say_problem("base_url")
        self._follow_desk()
        (self.first_missing() or self.first_field() or self).focus()

    def _follow_desk(self) -> None:
        self.follow(self._desk.keyring_status_came, self.show_keyring)
        self.follow(self._desk.asking_changed, lambda _host: self.describe_answer())
        self.follow(self._desk.list_came, lambda _live: self._show_answer())
        self.follow(self._desk.command_tried, self._take_command)
        if self._desk.keyring_status and self._desk.keyring_status is not self._look:
            self.show_keyring(self._desk.keyring_status)  # it came while the page was made

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Write through."""
        event.stop()
        self.write_through(event)
        self._show_places()
        self._say_delivery()
        self._explain(event.field.key)
        self.refresh_frame()

    def on_resize(self) -> None:
        """The pane may be there now; an address that has no room beside the question stands below it."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.is_attached:
            return
        page = self._provider.key_page
        needed = cell_len(key_words.question(self.draft, self._provider)) + 2 + cell_len(page)
        self._show_found()
        fits = needed <= self.query_one("#question").size.width
        self.query_one("#page", Static).update(line(("" if fits else page, "key")), layout=False)
        self.on_descendant_focus()

    @property
    def _is_tall(self) -> bool:
        return self.app.size.height >= TALL

    def _show_found(self) -> None:
        """Keys that are there already, where a tall page has room for them; a wide one has them in the pane else."""
        for part in self.query("#found").results(Details):
            key = self.draft.secret_keys()[0]
            part.show([*key_pane.found(self.draft, self._provider, BY_KEY[key])] if self._is_tall else ())

    def on_descendant_focus(self) -> None:
        """Explain the field at hand."""
        if self.focused and self.focused.id in BY_KEY:
            self._explain(self.focused.id)

    # -- the places

    def show_keyring(self, look: KeyringStatus) -> None:
        """The keyring was looked at."""
        self._look = look
        if not self._has_secret:
            return
        self._show_places()
        for key in self.draft.secret_keys():
            self._describe(key)
        self._say_delivery()
        self.query_one(KeyBar).show(self.hints())
        if self.is_current and self._may_go_on(look):
            self._goes_on = GoesOn.ON_ENTER
            self.query_one("#problem", Remark).say("")
            self.action_next()

    def _may_go_on(self, look: KeyringStatus) -> bool:
        return self._goes_on is GoesOn.ON_AN_ANSWER or (
            self._goes_on is GoesOn.WHEN_OPEN and not is_openable(self.draft, look)
        )

    def _show_places(self) -> None:
        if self._has_secret:
            self.query_one(KeyPlaces).show(self._look)

    @on(KeyPlaces.Changed)
    def _keep_elsewhere(self) -> None:
        self.query_one("#problem", Remark).say("")
        self._say_delivery()
        self.refresh_frame()

    def _show_answer(self) -> None:
        """The provider answered: what concerns the address stands below the address."""
        self.describe_answer()
        self.say_problem("base_url")

    # -- what is said

    def _say_delivery(self) -> None:
        way = key_words.delivery(self.draft, self._provider)
        self.query_one("#way").display = bool(way) and self._has_secret
        self.query_one("#delivery", Static).update(lines(way))

    def _explain(self, key: str) -> None:
        field = BY_KEY[key]
        if self.explanation.display:
            rows = key_pane.detail(self.draft, self._provider, field, with_found=not self._is_tall)
            self.explanation.explain(field.label, rows, (field.variable, "key"))

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "The key is masked, and stored only when you save. The system keyring keeps it encrypted; OpenHands does "
            "not read the keyring, so it is started through “llm-setup exec”, which hands the key over in the "
            "environment of that one program. A key is used for the address that it was given for, and no other: when "
            "you leave the field, the provider's own address is asked whether it takes it, which costs nothing. "
            "Ctrl+O does what is offered below the field."
        )

    def hints(self) -> Sequence[Hint]:
        """A keyring that cannot be used may be opened or started elsewhere."""
        shown = super().hints()
        if not self._has_secret or self._look is None or is_open(self._look):
            return shown
        again = ("^r", _("Look again"), "screen.look_again")
        return (*shown[:2], again, *shown[2:])

    def action_look_again(self) -> None:
        """Look at the keyring anew."""
        self._look = None
        self._show_places()
        self.post_message(KeyringStatusRequested())

    # -- going on

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        """The next field that is needed; the choice of a place; else the next step."""
        if self.goes_to_a_field():
            return
        self._show_places()  # a key that was just filled in has a place now
        if not self._has_secret:
            self.done()
        elif not is_settled(self.draft, self._look):
            self._settle()
        elif self.draft.store is Store.COMMAND and self.draft.new_commands():
            self.query_one("#problem", Remark).say(_("Running the command …"), "good")
            self.post_message(CommandGiven())
        else:
            self.done()

    def _settle(self) -> None:
        """What is still open about the place."""
        keeping = self.query_one(KeyPlaces)
        if self.draft.store is Store.COMMAND:
            keeping.ask_for_command()
            self.query_one("#problem", Remark).say(_("Type the command whose output is the key."))
        elif self._look is None:
            self.query_one("#problem", Remark).say(_("The keyring has not answered yet; then it goes on."), "good")
            self._goes_on = GoesOn.ON_AN_ANSWER  # the keyring answers or its limit passes, whichever comes first
        elif not keeping.places.has_focus:
            keeping.places.focus()
        elif self.draft.store is None:
            words = _("No place is chosen yet. ↓ chooses: Enter alone never takes one where the key is readable.")
            self.query_one("#problem", Remark).say(words)
        elif self.draft.store is Store.KEYRING and is_openable(self.draft, self._look):
            self._goes_on = GoesOn.WHEN_OPEN
            self.post_message(UnlockRequested())

    def _take_command(self, problem: str) -> None:
        """The command was run: it gave a key, or there is a problem."""
        self.query_one("#problem", Remark).say(problem, "wrong")
        if not problem and self.is_current:
            self.done()
