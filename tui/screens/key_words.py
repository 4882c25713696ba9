"""What the Key step says."""

from typing import Final

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.key_shapes import provider_by_key
from tui.base.secret import Secret
from tui.base.translation import _, listed, many
from tui.catalog.live_list import NoList
from tui.catalog.providers import Need, Provider
from tui.credentials.environment_keys import Found
from tui.credentials.identity import origin_of
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.credentials.pasted_key import ACCESS_KEY, PAIR, SECRET_KEY, TEMPORARY, half_of
from tui.credentials.private_file import key_file_path
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import is_open, is_openable, relies_on_role
from tui.drafts.live_lists import Answer
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY
from tui.saving.key_stores import key_from_environment
from tui.widgets.checks import Check
from tui.widgets.choice_list import PlaceRow
from tui.widgets.tone import Piece

_ARROW: Final = "  ──▶  ", "faint"
_OF_THE_KEY: Final = ("taken", "refused", "no-key")
"""Answers that concern the key, and not the address."""


def standing(draft: Draft, key: str) -> str:
    """What an empty key field means."""
    match draft.store or draft.remembered_store:
        case Store.KEYRING if draft.remembered_store is Store.KEYRING:
            return _("kept in the keyring; type to replace it")
        case Store.FILE if draft.remembered_store is Store.FILE:
            return _("kept in its private file; type to replace it")
        case Store.COMMAND:
            return _("comes from a command")
        case Store.CONFIG if secret := draft.secret_in_file(key):
            return _("in {file}, {masked}").format(file=draft.file_name, masked=secret.masked())
    return ""


def hint(draft: Draft, need: Need) -> str:
    """What an empty field shows: that it may stay so, what Enter takes, or an example that looks like none of them."""
    kept = standing(draft, need.key) if BY_KEY[need.key].kind is Kind.SECRET else draft.inherited[need.key]
    if kept or not need.example:
        return kept
    if need.works:
        return _("enter takes {example}").format(example=need.example)
    return need.example if " " in need.example else _("e.g. {example}").format(example=need.example)


def missing(draft: Draft, key: str) -> str:
    """That a field is needed, and what it takes."""
    provider = draft.provider
    need = next((need for need in provider.needs if need.key == key), None) if provider else None
    if provider is None or need is None:
        return ""
    said = (
        _("{name} needs {label}: type it here, such as {example}.")
        if need.example
        else _("{name} needs {label}: type it here.")
    )
    return said.format(name=provider.name, label=BY_KEY[key].label, example=need.example)


def question(draft: Draft, provider: Provider) -> str:
    """What the page asks."""
    if not draft.secret_keys():
        return _("What {name} takes").format(name=provider.name)
    if len(provider.needs) > 1:
        return _("How is {name} reached?").format(name=provider.name)
    return _("Paste the key for {name}").format(name=provider.name)


def looks(provider: Provider, key: str, typed: Secret) -> Check:
    """Whether a typed key begins like the provider's; its last four and length."""
    size = many("{count} character", "{count} characters", len(typed))
    size = f"{typed.masked()}  {size}"
    if key in PAIR:
        return _half(typed, key, size)
    prefix = provider.key_prefix if key == "api_key" else ""
    if prefix and not typed.reveal().startswith(prefix):
        return Check(
            _("a key of {name} begins with {prefix}").format(name=provider.name, prefix=prefix), "look-out", size
        )
    if prefix and provider_by_key(typed.reveal()) in (None, provider.id):
        return Check(_("begins like a key of {name}").format(name=provider.name), "good", size)
    return Check(_("stored when you save"), "muted", size)


def _half(typed: Secret, key: str, size: str) -> Check:
    """One half of an AWS key."""
    if half_of(typed.reveal()) != key:
        forms = {
            ACCESS_KEY: _("an access key is AKIA or ASIA and 16 capitals or digits"),
            SECRET_KEY: _("a secret key has 40 letters, digits, / and +"),
        }
        return Check(forms[key], "look-out", size)
    if key == ACCESS_KEY and typed.reveal().startswith(TEMPORARY):
        said = _("temporary: set AWS_SESSION_TOKEN as well where OpenHands starts")
        return Check(said, "look-out", size)
    return Check(_("has the form of one"), "good", size)


def answered(answer: Answer | None, asked: str, draft: Draft, typed: Secret | None) -> Check | None:
    """Whether the provider takes the key, as far as it was asked; None for nothing to say."""
    if asked:
        return Check(_("Asking {host} whether it accepts it …").format(host=clean(asked, limit=40)), "muted")
    if isinstance(answer, NoList):
        tone = "good" if answer.code == "taken" else "wrong"
        return Check(answer.message, tone) if answer.code in _OF_THE_KEY else None
    if answer is None or typed is None:
        return None
    url = draft.base_url or (draft.provider.default_base_url if draft.provider else "")
    models = many("it lists {count} model, no cost", "it lists {count} models, no cost", len(answer))
    host = clean((origin_of(url) or url).partition("://")[2], limit=40)
    return Check(_("{host} accepts it").format(host=host), "good", models)


def unreached(answer: Answer | None) -> str:
    """What is wrong with the address, as far as it was asked; "" for nothing."""
    if isinstance(answer, NoList) and answer.code not in (*_OF_THE_KEY, "no-list"):
        return answer.message
    return ""


def keyring_row(draft: Draft, look: KeyringStatus | None) -> PlaceRow:
    """The system keyring as a place."""
    label = _("System keyring")
    if look is None:
        return PlaceRow(Store.KEYRING, label, ((_("checking …"), "muted"),), _("encrypted"))
    short = _in_short(look)
    if look.asks_itself and not is_openable(draft, look):
        short = _("{state}: opens on its own desktop only").format(state=short)
    words: Piece = (short, "good" if is_open(look) else "look-out")
    does = _("   Enter makes one here") if look.creatable else _("   Enter unlocks it here")
    if look.asks_itself:
        does = _("   Enter asks it to open its window")
    openable = is_openable(draft, look)
    more: Piece = (does, "muted") if openable else ("", "muted")
    note = _("encrypted") if is_open(look) else ""
    return PlaceRow(Store.KEYRING, label, (words, more), note, possible=is_open(look) or openable)


def place_rows(draft: Draft, look: KeyringStatus | None, found: Found | None) -> list[PlaceRow]:
    """All places, the safest first; `found` is a key that the environment has."""
    own, kept = environment_row(draft, found), [keyring_row(draft, look), file_row(draft), config_row(draft)]
    command = command_row(draft.provider.id if draft.provider else "key")
    return [own, *kept, command] if found else [*kept, own, command]


def environment_row(draft: Draft, found: Found | None) -> PlaceRow:
    """The user's own environment as a place, with what is there; a key that was typed would be lost there."""
    typed = bool(draft.typed_secrets())
    if found is None:
        names = [BY_KEY[key].variable for key in draft.secret_keys()]
        words, note = _("I set {name} myself").format(name=names[0] + " …" * (len(names) > 1)), _("nothing is kept")
    else:
        words = _("{name} is set, {masked}").format(name=found.name, masked=found.secret.masked())
        where = origin_of(draft.base_url)
        words = _("{what}, for {where}").format(what=words, where=clean(where, limit=60)) if where else words
        note = _("leave it there")
    return PlaceRow(Store.ENVIRONMENT, _("Environment"), ((words, "muted"),), note, deliberate=typed)


def file_row(draft: Draft) -> PlaceRow:
    """The private file of this key."""
    path = clean(tilde(key_file_path(draft.credential())))
    return PlaceRow(Store.FILE, _("Private file"), ((_("readable text"), "look-out"),), path, deliberate=True)


def command_row(provider: str) -> PlaceRow:
    """A command of the user's."""
    words = ((_("its output is the key"), "muted"),)
    return PlaceRow(
        Store.COMMAND, _("Command"), words, _("such as pass show {name}").format(name=provider), deliberate=True
    )


def config_row(draft: Draft) -> PlaceRow:
    """config.toml itself."""
    note = _("it stands there now") if draft.secret_in_file() else _("beside the settings")
    return PlaceRow(Store.CONFIG, draft.file_name, ((_("readable text"), "look-out"),), note, deliberate=True)


def delivery(draft: Draft, provider: Provider) -> list[list[Piece]]:
    """How the key will reach OpenHands."""
    if provider.needs_environment:
        head: list[Piece] = [(_("litellm takes these from the environment, here and where OpenHands starts:"), "muted")]
        return [head, *(_variable_row(draft, name) for name in provider.needs_environment)]
    by_exec = {
        Store.KEYRING: _(
            "OpenHands does not look into keyrings: exec puts the key into the environment of that one program."
        ),
        Store.FILE: _("Anybody who can read your files can read it. OpenHands does not: exec hands it over."),
    }
    if draft.store in by_exec:
        place = _("System keyring") if draft.store is Store.KEYRING else _("Private file")
        exec_: Piece = (" llm-setup exec -- COMMAND ", "badge")
        return [[(place, "plain"), _ARROW, exec_, _ARROW, ("OpenHands", "plain")], [(by_exec[draft.store], "muted")]]
    if draft.store is Store.CONFIG and draft.is_default:
        said = _("Anybody who can read your files can read it. OpenHands up to 1.6 reads it there itself.")
        program = "OpenHands"
        if draft.config.private:
            said = _("Anybody who can read your files can read it. The program whose file it is reads it there itself.")
            program = _("its program")
        return [[(draft.file_name, "plain"), _ARROW, (program, "plain")], [(said, "muted")]]
    if draft.store in (Store.ENVIRONMENT, Store.COMMAND) and draft.typed_secrets():
        return [[(_("What you typed is not kept: it is there for a test before you save."), "muted")]]
    return _without_key(draft)


def _variable_row(draft: Draft, name: str) -> list[Piece]:
    there = bool(draft.environ.get(name))
    said: Piece = (_("✓ is set here"), "good") if there else (_("! is not set here"), "look-out")
    return [(f"{name:<32}", "plain"), said]


def _without_key(draft: Draft) -> list[list[Piece]]:
    """What it means that none was typed."""
    if relies_on_role(draft) and draft.store is None:
        said = _("No keys: OpenHands has those of its machine's role, or AWS_… of its environment. enter goes on so.")
        return [[(said, "look-out")]]
    if draft.store is Store.ENVIRONMENT and not any(key_from_environment(draft, key) for key in draft.secret_keys()):
        name = draft.variable or BY_KEY[draft.secret_keys()[0]].variable
        said = _("No key is typed. enter goes on without one: set {name} where OpenHands starts.")
        return [[(said.format(name=name), "look-out")]]
    return []


def _in_short(look: KeyringStatus) -> str:
    """The state of the keyring in half a row."""
    name = clean(look.backend, limit=24)
    if look.state is KeyringState.REFUSED:  # the end of a class's name tells most
        return _("refused, no safe place: {name}").format(name=clean(".".join(look.backend.split(".")[-2:]), limit=40))
    no_bus = not (look.bus or look.foreign)
    states = {
        KeyringState.OPEN: _("open"),
        KeyringState.LOCKED: _("locked"),
        KeyringState.NO_DEFAULT: _("not made yet"),
        KeyringState.NONE: _("none answers here, as usual over SSH") if no_bus else _("none answers here"),
        KeyringState.UNRESPONSIVE: _("does not answer"),
    }
    return listed([name, states[look.state]])
