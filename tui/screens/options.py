"""Step 4: everything else that OpenHands reads, all of it optional."""

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.base.translation import _
from tui.openhands.field import Field, Kind, Place, Value
from tui.openhands.fields import BY_KEY, FIELDS, at
from tui.screens.form import FormScreen
from tui.widgets.field_row import FieldRow
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, line

FIRST_SEEN = 17
"""Rows that go into the first frame; the others follow it."""


class OptionsScreen(FormScreen):
    """One row a field. An empty one is not written, and OpenHands takes its own default, which is shown in it."""

    STEP: ClassVar[Step] = Step.OPTIONS
    LISTS: ClassVar[bool] = True
    AUTO_FOCUS = "FieldRow Choice, FieldRow Input"

    def body(self) -> Iterable[Widget]:
        """The rows, and what the one at hand is for."""
        with Vertical(id="rows", classes="grid row"):  # not a VerticalScroll: that one takes the arrow keys for itself
            for field in editable()[:FIRST_SEEN]:
                yield self._row(field)
        yield Static(id="brief", markup=False)

    def on_mount(self) -> None:
        """The rest of the rows, once the first are painted."""
        self.call_after_refresh(self._mount_rest)

    async def _mount_rest(self) -> None:
        if self.is_attached:
            await self.query_one("#rows").mount_all([self._row(field) for field in editable()[FIRST_SEEN:]])
            self.focus_aim()

    def _row(self, field: Field) -> FieldRow:
        return self.row(field, placeholder=_default(field.default), cells=18)

    def explain_field(self, field: Field) -> None:
        """Its help below the rows, and more in the pane."""
        self.query_one("#brief", Static).update(line((field.help, "muted")), layout=False)
        rows: list[list[Piece]] = [[(field.help, "muted")], [("", "plain")], [(field.variable, "key")]]
        if field.default is not None:
            rows.append([(_("Without it: {value}").format(value=_default(field.default)), "faint")])
        if field.since:
            rows.append([(_("OpenHands {release} and later").format(release=field.since), "faint")])
        self.explanation.explain(field.label, rows)

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "All of these may stay empty: OpenHands then takes the default that is shown. Left and right, or the space "
            "bar, change a switch. The two embedding settings may not stand in [llm], where they would make OpenHands "
            "drop the whole section; llm-setup keeps them itself and hands them over in the environment."
        )


def editable() -> list[Field]:
    """Those of OpenHands' LLM page first, but for what few providers or old releases take; tables are not edited."""
    rare = [BY_KEY["api_version"], *(field for field in FIELDS if field.ours)]
    return [*(field for field in at(Place.OPTIONS) if field.kind is not Kind.TABLES and field not in rare), *rare]


def _default(value: Value | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
