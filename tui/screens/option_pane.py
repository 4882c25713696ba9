"""What the pane of the Options step says of the field at hand."""

from collections.abc import Iterator, Mapping

from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.mask import mask
from tui.openhands.field import NO, YES, Field, Kind
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.tone import Piece, left

_NAME = 12


def detail(field: Field, own: Mapping[str, str]) -> Iterator[PaneRow]:
    """What it does, what it may hold, how it stands in the file, and all that is one's own so far, by key."""
    yield [(field.help, "muted")]
    yield []
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
