"""Step 4: everything else that OpenHands reads, all of it optional."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.mask import mask
from tui.drafts.further_texts import objects_of, present
from tui.openhands.field import NO, YES, Field, Kind, Value
from tui.openhands.fields import option_fields
from tui.screens.form import FormScreen
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.field_row import FieldRow
from tui.widgets.headings import Question, Section
from tui.widgets.key_bar import Hint
from tui.widgets.option_row import OptionRow
from tui.widgets.remark import Brief
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, left, line

FIRST_SEEN = 17
"""Rows that go into the first frame; the others follow it."""
SHORT, LONG = 18, 31
"""Cells of an input for a number or a word, and for a text."""
SECTIONS: Final = {
    "drop_params": _("What is sent"),
    "temperature": _("Sampling"),
    "max_output_tokens": _("Limits"),
    "native_tool_calling": _("How the model is used"),
    "custom_llm_provider": _("Provider and prices"),
    "log_completions": _("Logging"),
    "api_version": _("Rarely needed"),
}
"""By the field that stands first in it."""
UNSET: Final = {
    "disable_vision": _("the model decides"),
    "native_tool_calling": _("the model decides"),
    "max_output_tokens": _("the model's own"),
    "max_input_tokens": _("the model's own"),
    "input_cost_per_token": _("the catalogue's"),
    "output_cost_per_token": _("the catalogue's"),
    "top_k": _("not sent"),
    "seed": _("not sent"),
}
"""What it means that a field without a default is left empty; of the others it is not set."""


class OptionsScreen(FormScreen):
    """One row a field. An empty one is not written, and OpenHands takes its own default, which is shown in it."""

    STEP: ClassVar[Step] = Step.OPTIONS
    LISTS: ClassVar[bool] = True
    ROW: ClassVar[type[FieldRow]] = OptionRow
    AUTO_FOCUS = "FieldRow Choice, FieldRow Input"

    def body(self) -> Iterable[Widget]:
        """The question, the rows in sections, and what the one at hand is for."""
        yield Question(_("Change what OpenHands does by default?"), id="question")
        with Vertical(id="rows", classes="grid row"):  # not a VerticalScroll: that one takes the arrow keys for itself
            yield from self._rows(option_fields()[:FIRST_SEEN])
        yield Brief(id="brief", markup=False)

    def on_mount(self) -> None:
        """The rest of the rows, once the first are painted."""
        self._count()
        self.call_after_refresh(self._mount_rest)

    async def _mount_rest(self) -> None:
        if self.is_attached:
            await self.query_one("#rows").mount_all([*self._rows(option_fields()[FIRST_SEEN:]), *self._objects()])
            self.focus_aim()

    def _rows(self, fields: Iterable[Field]) -> Iterable[Widget]:
        for field in fields:
            if field.key in SECTIONS:
                yield Section(SECTIONS[field.key], tone="muted")
            shown = _default(field.default) or UNSET.get(field.key, _("not set"))
            yield self.row(field, placeholder=shown, cells=LONG if field.kind is Kind.TEXT else SHORT)

    def _objects(self) -> Iterable[Widget]:
        """Rows for what only other programs than that of config.toml have. What is typed replaces what is there."""
        fields = objects_of(self.draft.config)
        if fields:
            yield Section(_("Of this program alone"), tone="muted")
        for field in fields:
            shown = present(self.draft.config, field.key) or _("not set")
            row = self.ROW(field, self.draft.further.typed(field.key), placeholder=shown, cells=LONG)
            row.say(*self._said(field) or ("", "muted"))
            yield row

    def hints(self) -> Sequence[Hint]:
        """A choice is changed without opening it."""
        first, rest = super().hints()[:2], super().hints()[2:]
        return (*first, ("← →", _("Change"), ""), *rest)

    def edited(self, field: Field) -> None:
        """What is wrong with it, and how many are changed."""
        super().edited(field)
        self._count()
        self._explain_in_pane(field)

    def _count(self) -> None:
        words = _("{count} of {all} are yours").format(count=len(self._own()), all=len(option_fields()))
        self.query_one(Question).note((words, "muted"))

    def _own(self) -> list[Field]:
        return [field for field in option_fields() if self.draft.texts[field.key].strip()]

    def on_resize(self) -> None:
        """The pane may be there now."""
        self.call_after_refresh(self.on_descendant_focus)

    def explain_field(self, field: Field) -> None:
        """Its help below the rows, and more in the pane."""
        self.query_one("#brief", Static).update(line((field.help, "muted"), (f"  {field.key}", "key")), layout=False)
        self._explain_in_pane(field)

    def _explain_in_pane(self, field: Field) -> None:
        if self.explanation.display:
            own = {each.key: self.draft.texts[each.key].strip() for each in self._own()}
            note = (_("yours"), "own") if field.key in own else (_("default"), "muted")
            self.explanation.explain(field.label, [*detail(field, own)], note)

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "All of these may stay empty: OpenHands then takes the default that is shown. Left and right, or the space "
            "bar, change a switch. The two embedding settings may not stand in [llm], where they would make OpenHands "
            "drop the whole section; llm-setup keeps them itself and hands them over in the environment."
        )


def _default(value: Value | None) -> str:
    """What an empty field comes to; of a switch beside its two values, so it says which of them it is."""
    if value is None:
        return ""
    return _("{value} by default").format(value=str(value).lower()) if isinstance(value, bool) else str(value)


_NAME = 12


def detail(field: Field, own: Mapping[str, str]) -> Iterator[PaneRow]:
    """What it does, what it may hold, how it stands in the file, and all that is one's own so far, by key."""
    yield [(field.help, "muted")]
    yield []
    if field.kind is Kind.OBJECT:
        yield _fact(_("Takes"), '{"X-Org": "a"}', "plain")
        yield _fact(_("Remove it"), "{}", "plain")
        return
    yield from _values(field, own.get(field.key, ""))
    if field.key in own and not field.ours:
        yield Heading(_("In the file"))
        yield [(f" {field.key} = {_in_toml(field, own[field.key])} ", "badge")]
        yield []
    yield _fact(_("Variable"), field.variable, "key")
    if field.default is not None:
        yield _fact(_("Without it"), field.text(field.default), "plain")
    if field.since:
        yield _fact(_("Since"), _("OpenHands {release}").format(release=field.since), "plain")
    if own:
        yield []
        yield Heading(_("Yours so far"))
        for key, text in own.items():
            yield pair(key, mask(clean(text, limit=40)), tone="strong", name_tone="key")


def _values(field: Field, chosen: str) -> Iterator[PaneRow]:
    """The values of a choice, or what may be typed."""
    choices = field.choices if field.kind is Kind.CHOICE else (YES, NO) if field.kind is Kind.SWITCH else ()
    if not choices:
        yield _fact(_("Takes"), field.takes, "plain")
        return
    yield Heading(_("Values"))
    for value in ("", *choices):
        mark: Piece = ("● ", "here") if value == chosen else ("○ ", "faint")
        yield [mark, (value or _("not set"), "strong" if value == chosen else "plain")]
    yield []


def _in_toml(field: Field, text: str) -> str:
    text = mask(clean(text, limit=40))
    return f'"{text}"' if field.kind in (Kind.TEXT, Kind.CHOICE) else text


def _fact(name: str, said: str, tone: str) -> list[Piece]:
    return [(left(name, _NAME), "muted"), (said, tone)]
