"""What the pane of the Key step says: where the key goes, where one was found, and who can read each place."""

from collections.abc import Iterator

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.credentials.environment_keys import found_in
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.offers import kept_by_openhands
from tui.openhands.field import Field, Kind
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.tone import Piece, left

_NAME = 16


def detail(draft: Draft, provider: Provider, field: Field) -> list[PaneRow]:
    """The field at hand; of a key all that decides where it is kept."""
    rows: list[PaneRow] = [[(field.help, "muted")], []]
    if field.kind is Kind.SECRET:
        where = clean(draft.base_url) or provider.default_base_url or provider.name
        rows += [
            Heading(_("Where it goes")),
            [(where, "key")],
            [(_("and nowhere else: to see whether it is taken, and in the test."), "muted")],
            [],
            Heading(_("Found on this machine")),
            *_found(draft, provider, field),
            [],
            Heading(_("Who can read it")),
            *_readers(draft.file_name),
            [],
            Heading(_("To remove it again")),
            [(" llm-setup key delete ", "badge")],
            [],
        ]
    return [*rows, [(provider.note, "muted")]]


def _found(draft: Draft, provider: Provider, field: Field) -> Iterator[PaneRow]:
    """Keys that are there already, each by its last four characters."""
    here = found_in(draft.environ, provider.key_variable)
    at_openhands, in_file = kept_by_openhands(draft), draft.secret_in_file(field.key)
    for found in here:
        yield pair(found.name, found.secret.masked(), tone="key")
    if at_openhands:
        yield pair(clean(tilde(at_openhands.path)), at_openhands.secret.masked(), tone="key")
    if in_file:
        yield pair(draft.file_name, in_file.masked(), tone="key")
    if draft.remembered_store in (Store.KEYRING, Store.FILE):
        place = _("System keyring") if draft.remembered_store is Store.KEYRING else _("Private file")
        yield pair(place, _("kept there"))
    if not (here or at_openhands or in_file or draft.remembered_store):
        yield [(_("no key for {name} yet").format(name=provider.name), "muted")]


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
