"""The part of the Key step that gets a key into its field: typed, pasted anywhere, or offered."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.pasted_key import PAIR, half_of
from tui.drafts.key_place import is_open
from tui.drafts.live_lists import Answer
from tui.drafts.offers import Offer, offer, take
from tui.openhands.fields import BY_KEY
from tui.openhands.misplaced_keys import is_misplaced_key
from tui.screens import key_words
from tui.screens.desk import Desk
from tui.screens.messages import KeyEntered, RenewRequested
from tui.screens.step import StepScreen
from tui.widgets.checks import Check, Checks
from tui.widgets.remark import Remark
from tui.widgets.steps import Step
from tui.widgets.text_input import KeyInput, TextInput
from tui.widgets.tone import Piece


class KeyEntry(StepScreen):
    """What was typed is said by length and last four; what may be done about it is one key away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "accept", _("Do what is offered"), show=False)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.draft, desk.journey)
        self._desk = desk
        self._look = desk.keyring_status
        assert desk.draft.provider  # noqa: S101 - the step is closed until one is chosen
        self._provider = desk.draft.provider
        self._offer: Offer | None = None
        self._before: dict[str, Secret | None] = {}
        """What was typed for a key when its field got the focus: what comes then may belong to another field."""

    def on_descendant_focus(self) -> None:
        """Remember what is there. A subclass's own handler runs as well, before this one."""
        key = self.focused.id if isinstance(self.focused, KeyInput) else None
        if key:
            self._before[key] = self.draft.typed_secret(key)

    def _take(self, key: str) -> None:
        """Take what stands in a key's field, for the field that it belongs to."""
        text = self.query_one(f"#{key}", KeyInput).key()
        half = half_of(text) if key in PAIR else ""
        if half and half != key:
            self._put(key, self._before.get(key))
            self._put(half, Secret(text), _("Put here, since by its form it is the {label}."))
        else:
            self.draft.edit_secret(key, Secret(text) if text else None)
            self._describe(key)

    def on_key_input_pair_pasted(self, event: KeyInput.PairPasted) -> None:
        """Each half to its own field."""
        event.stop()
        for key, half in event.halves.items():
            self._put(key, Secret(half), _("Taken out of what was pasted: it held both halves."))

    def _put(self, key: str, secret: Secret | None, remark: str = "") -> None:
        """Put a key, or none, into its field, and go on there if there is something to say of it."""
        control = self.query_one(f"#{key}", KeyInput)
        self.draft.edit_secret(key, secret)
        with self.prevent(Input.Changed):
            control.value = secret.reveal() if secret else ""
        control.key()  # as it stands there, before its own remark is replaced
        control.remark = remark.format(label=BY_KEY[key].label)
        self._describe(key)
        if remark:
            control.focus()

    def _describe(self, key: str) -> None:
        """Length and last four of a typed key, or why a paste was refused."""
        control = self.query_one(f"#{key}", KeyInput)
        about = self.query_one(f"#about-{key}", Checks)
        typed = self.draft.typed_secret(key)
        if control.refused:
            about.show([Check(str(control.refused), "wrong")])
            return
        said: list[Check | Sequence[Piece]] = [key_words.looks(self._provider, key, typed)] if typed else []
        said += [[(f"  {control.remark}", "muted")]] if typed and control.remark else []
        said += self._say_answer(key, typed)
        said += self._say_offer(key) or ([] if typed else [[(BY_KEY[key].help, "muted")]])
        about.show(said)

    def _answer(self) -> Answer | None:
        """What the provider said to the key when it was asked for its models."""
        return self._desk.lists.answer(self.draft)

    def _say_answer(self, key: str, typed: Secret | None) -> list[Check]:
        if key != "api_key":
            return []
        said = key_words.answered(self._answer(), self._desk.asked_host, self.draft, typed)
        return [said] if said else []

    def _say_offer(self, key: str) -> list[Check | Sequence[Piece]]:
        self._offer = offer(self.draft, keyring_open=is_open(self._look)) if key == "api_key" else None
        if self._offer is None:
            return []
        sentence = [] if self._offer.plain else [Check(self._offer.sentence, "look-out")]
        return [*sentence, [("^o", "press"), (f" {self._offer.does}", "muted")]]

    # -- whether the provider takes it

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The provider may be asked. A subclass's own handler runs as well, before this one."""
        if event.widget.id == "api_key" and self.draft.typed_secret() and not self._refused:
            self.post_message(KeyEntered())

    def describe_answer(self) -> None:
        """The provider is being asked, or answered: what concerns the key stands below the key."""
        if self.query("#api_key"):
            self._describe("api_key")

    # -- what may be done about it

    @property
    def _refused(self) -> KeyInput | None:
        """A field in which something stands that is no key."""
        return next((control for control in self.query(KeyInput) if control.value and not control.key()), None)

    def action_accept(self) -> None:
        """Do what is offered; a key that was typed into another field goes where it belongs."""
        if key := self.misplaced():
            text, control = self.draft.texts[key], self.query_one(f"#{key}", Input)
            self.draft.edit(key, "")  # at once: another address would make it forget the key that comes now
            with control.prevent(Input.Changed):
                control.value = ""
            self.query_one("#problem", Remark).say("")
            self._take_elsewhere(text)
        elif self._offer:
            take(self.draft, self._offer)
            self.post_message(RenewRequested(Step.KEY))

    # -- a key that comes to where no field takes it

    def misplaced(self) -> str:
        """The field in which a key stands that belongs into the key's own; "" for none."""
        if not self.draft.secret_keys():
            return ""
        keys = (need.key for need in self._provider.needs)
        return next((key for key in keys if is_misplaced_key(BY_KEY[key], self.draft.texts.get(key, ""))), "")

    def on_text_input_key_pasted(self, event: TextInput.KeyPasted) -> None:
        """A key pasted into the base URL, say."""
        event.stop()
        event.prevent_default()  # what other steps say of it
        self._take_elsewhere(event.text)

    def on_paste(self, event: events.Paste) -> None:
        """A key pasted while the places have the focus."""
        self._take_elsewhere(event.text)

    def on_key(self, event: events.Key) -> None:
        """A key typed there: where pastes come as typing, the line break before one has led away from the field."""
        key = self._place_for("")
        if key and event.is_printable and event.character and not isinstance(self.focused, Input):
            event.stop()
            event.prevent_default()
            self._go_back_to(key)
            key.post_message(events.Key(event.key, event.character))  # behind the focus, which selects all

    def _take_elsewhere(self, text: str) -> None:
        key = self._place_for(text)
        if key:
            self._go_back_to(key)
            key.take(text)

    def _go_back_to(self, key: KeyInput) -> None:
        """A place that was chosen while there was no key is not chosen for this one."""
        if not self.draft.typed_secrets():
            self.draft.store = None
        self.set_focus(key)

    def _place_for(self, text: str) -> KeyInput | None:
        """The field that `text` belongs to by its form, else the first that is empty, else the first."""
        fields = [*self.query(KeyInput)]
        half = half_of(text.strip())
        own = [field for field in fields if field.id == half] or [field for field in fields if not field.value]
        return next(iter(own or fields), None)
