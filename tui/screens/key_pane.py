"""What the pane of the Key step says: where the key goes, where one was found, and who can read each place."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.credentials.environment_keys import found_in
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.offers import kept_by_openhands
from tui.openhands.field import Field, Kind
from tui.widgets.explanation import Heading, PaneRow
from tui.widgets.tone import Piece, left

_NAME, _FOUND = 16, 28


def detail(draft: Draft, provider: Provider, field: Field, *, with_found: bool) -> list[PaneRow]:
    """The field at hand; of a key all that decides where it is kept; what was `found` may stand elsewhere."""
    rows: list[PaneRow] = [[(field.help, "muted")], []]
    if field.kind is Kind.SECRET:
        where = clean(draft.base_url) or provider.default_base_url or provider.name
        rows += [
            Heading(_("Where it goes")),
            [(where, "key")],
            [(_("and nowhere else: to see whether it is taken, and in the test."), "muted")],
            [],
            *([*found(draft, provider, field), []] if with_found else []),
            Heading(_("Who can read it")),
            *_readers(draft.file_name),
            [],
            Heading(_("To remove it again")),
            [(" llm-setup key delete ", "badge")],
            [],
        ]
    return [*rows, [(provider.note, "muted")]]


def found(draft: Draft, provider: Provider, field: Field) -> Iterator[Heading | Sequence[Piece]]:
    """Keys that are there already, each by its last four characters."""
    yield Heading(_("Found on this machine"))
    here = found_in(draft.environ, provider.key_variable)
    at_openhands, in_file = kept_by_openhands(draft), draft.secret_in_file(field.key)
    for each in here:
        yield _pair(each.name, each.secret.masked(), "key")
    if at_openhands:
        yield _pair(clean(tilde(at_openhands.path)), at_openhands.secret.masked(), "key")
    if in_file:
        yield _pair(draft.file_name, in_file.masked(), "key")
    if draft.remembered_store in (Store.KEYRING, Store.FILE):
        place = _("System keyring") if draft.remembered_store is Store.KEYRING else _("Private file")
        yield _pair(place, _("kept there"), "plain")
    if not (here or at_openhands or in_file or draft.remembered_store):
        yield [(_("no key for {name} yet").format(name=provider.name), "muted")]


def _pair(name: str, said: str, tone: str) -> Sequence[Piece]:
    return [(left(name, max(_FOUND, cell_len(name) + 2)), "muted"), (said, tone)]


def _readers(file_name: str) -> Iterator[list[Piece]]:
    readers = (
        (_("System keyring"), _("you, when unlocked"), "good"),
        (_("Private file"), _("who reads your files"), "look-out"),
        (file_name, _("who reads the file"), "look-out"),
        (_("Environment"), _("programs you start"), "plain"),
        (_("Command"), _("as that program says"), "plain"),
    )
    for place, who, tone in readers:
        yield [(left(place, _NAME), "muted"), (who, tone)]
