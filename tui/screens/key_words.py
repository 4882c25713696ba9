"""What the Key step says."""

from typing import Final

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.key_shapes import provider_by_key
from tui.base.secret import Secret
from tui.base.translation import _, many
from tui.catalog.live_list import NoList
from tui.catalog.providers import Need, Provider
from tui.credentials.environment_keys import Found
from tui.credentials.identity import origin_of
from tui.credentials.keyring_state import KeyringLook, KeyringState
from tui.credentials.pasted_key import ACCESS_KEY, PAIR, SECRET_KEY, TEMPORARY, half_of
from tui.credentials.private_file import path_of
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import is_open, is_openable, relies_on_role
from tui.drafts.live_lists import Answer
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY
from tui.saving.key_stores import from_environment
from tui.widgets.choice_list import PlaceRow
from tui.widgets.tone import Piece

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
    return need.example if " " in need.example else _("such as {example}").format(example=need.example)


def missing(draft: Draft, key: str) -> str:
    """That a field is needed, and what it takes."""
    provider = draft.provider
    need = next((need for need in provider.needs if need.key == key), None) if provider else None
    if provider is None or need is None:
        return ""
    said = _("{name} needs {label}: type it here").format(name=provider.name, label=BY_KEY[key].label)
    return f"{said}{_(', such as {example}').format(example=need.example) if need.example else ''}."


def looks(provider: Provider, key: str, typed: Secret) -> list[Piece]:
    """Length and last four of a typed key, and whether it begins like the provider's."""
    size = many("{count} character", "{count} characters", len(typed))
    if key in PAIR:
        return _half(typed, key, size)
    prefix = provider.key_prefix if key == "api_key" else ""
    if prefix and not typed.reveal().startswith(prefix):
        begins = _("a key of {name} begins with {prefix}. ").format(name=provider.name, prefix=prefix)
        return [(f"{typed.masked()}  {size}; {begins} ", "look-out")]
    if prefix and provider_by_key(typed.reveal()) in (None, provider.id):
        begins = _("begins like a key of {name}. ").format(name=provider.name)
        return [(f"{typed.masked()}  {size}, {begins} ", "good")]
    return [(f"{typed.masked()}  {size}.  ", "good")]


def _half(typed: Secret, key: str, size: str) -> list[Piece]:
    """One half of an AWS key."""
    odd = half_of(typed.reveal()) != key
    forms = {
        ACCESS_KEY: _("an access key is AKIA or ASIA and 16 capitals or digits."),
        SECRET_KEY: _("a secret key has 40 letters, digits, / and +."),
    }
    said = forms[key] if odd else ""
    if key == ACCESS_KEY and typed.reveal().startswith(TEMPORARY) and not odd:
        said = _("temporary: set AWS_SESSION_TOKEN as well where OpenHands starts.")
    return [
        (f"{typed.masked()}  {size}; {said}" if said else f"{typed.masked()}  {size}.", "look-out" if said else "good")
    ]


def answered(answer: Answer | None, asked: str, draft: Draft, typed: Secret | None) -> Piece | None:
    """Whether the provider takes the key, as far as it was asked; None for nothing to say."""
    if asked:
        return _("Asking {host} whether it accepts it …").format(host=clean(asked, limit=40)), "muted"
    if isinstance(answer, NoList):
        return (answer.message, "good" if answer.code == "taken" else "wrong") if answer.code in _OF_THE_KEY else None
    if answer is None or typed is None:
        return None
    url = draft.base_url or (draft.provider.default_base_url if draft.provider else "")
    models = many("{count} model", "{count} models", len(answer))
    host = clean((origin_of(url) or url).partition("://")[2], limit=40)
    return _("{host} accepts it, and lists {models}.").format(host=host, models=models), "good"


def unreached(answer: Answer | None) -> str:
    """What is wrong with the address, as far as it was asked; "" for nothing."""
    if isinstance(answer, NoList) and answer.code not in (*_OF_THE_KEY, "no-list"):
        return answer.message
    return ""


def keyring_row(draft: Draft, look: KeyringLook | None) -> PlaceRow:
    """The system keyring as a place."""
    label = _("System keyring")
    if look is None:
        return PlaceRow(Store.KEYRING, label, ((_("checking …"), "muted"),))
    short = _in_short(look)
    if look.asks_itself and not is_openable(draft, look):
        short = _("{state}: opens on its own desktop only").format(state=short)
    words: Piece = (short, "good" if is_open(look) else "look-out")
    does = _("   Enter makes one here") if look.creatable else _("   Enter unlocks it here")
    if look.asks_itself:
        does = _("   Enter asks it to open its window")
    openable = is_openable(draft, look)
    more: Piece = (does, "muted") if openable else ("", "muted")
    return PlaceRow(Store.KEYRING, label, (words, more), possible=is_open(look) or openable)


def place_rows(draft: Draft, look: KeyringLook | None, found: Found | None) -> list[PlaceRow]:
    """All places, the safest first; `found` is a key that the environment has."""
    own, kept = environment_row(draft, found), [keyring_row(draft, look), file_row(draft), config_row(draft)]
    return [own, *kept, command_row()] if found else [*kept, own, command_row()]


def environment_row(draft: Draft, found: Found | None) -> PlaceRow:
    """The user's own environment as a place, with what is there; a key that was typed would be lost there."""
    typed = bool(draft.typed_secrets())
    if found is None:
        names = [BY_KEY[key].variable for key in draft.secret_keys()]
        words = _("I set {name} myself, where OpenHands starts").format(name=names[0] + " …" * (len(names) > 1))
    else:
        words = _("{name} is set, {masked}; leave it there").format(name=found.name, masked=found.secret.masked())
        where = origin_of(draft.base_url)
        words = _("{what}, for {where}").format(what=words, where=clean(where, limit=60)) if where else words
    return PlaceRow(Store.ENVIRONMENT, _("Environment"), ((words, "muted"),), deliberate=typed)


def file_row(draft: Draft) -> PlaceRow:
    """The private file of this key."""
    path = clean(tilde(path_of(draft.credential())))
    words = ((_("readable text"), "look-out"), (_(", 0600: {path}").format(path=path), "muted"))
    return PlaceRow(Store.FILE, _("Private file"), words, deliberate=True)


def command_row() -> PlaceRow:
    """A command of the user's."""
    words = _("its output is the key, such as: pass show openai")
    return PlaceRow(Store.COMMAND, _("Command"), ((words, "muted"),), deliberate=True)


def config_row(draft: Draft) -> PlaceRow:
    """config.toml itself."""
    more = _("; it stands there now") if draft.secret_in_file() else _(", 0600, beside the settings")
    words = ((_("readable text"), "look-out"), (more, "muted"))
    return PlaceRow(Store.CONFIG, draft.file_name, words, deliberate=True)


def delivery(draft: Draft, provider: Provider) -> list[list[Piece]]:
    """How the key will reach OpenHands."""
    if provider.needs_environment:
        head: list[Piece] = [(_("litellm takes these from the environment, here and where OpenHands starts:"), "muted")]
        return [head, *(_variable_row(draft, name) for name in provider.needs_environment)]
    by_exec = {
        Store.KEYRING: _("OpenHands does not read the keyring. It will get the key from"),
        Store.FILE: _("Anybody who can read your files can read it. OpenHands gets it from"),
    }
    if draft.store in by_exec:
        return [[(by_exec[draft.store], "muted")], [(" llm-setup exec -- COMMAND ", "badge")]]
    if draft.store is Store.CONFIG and draft.is_default:
        said = _("Anybody who can read your files can read it. OpenHands up to 1.6 reads it there itself.")
        if draft.config.private:
            said = _("Anybody who can read your files can read it. The program whose file it is reads it there itself.")
        return [[(said, "muted")]]
    if draft.store in (Store.ENVIRONMENT, Store.COMMAND) and draft.typed_secrets():
        return [[(_("What you typed is not kept: it is there for a test before you save."), "muted")]]
    return _without_key(draft)


def _variable_row(draft: Draft, name: str) -> list[Piece]:
    there = bool(draft.environ.get(name))
    said: Piece = (_("is set here"), "good") if there else (_("is not set here"), "look-out")
    return [(f"{name:<32}", "plain"), said]


def _without_key(draft: Draft) -> list[list[Piece]]:
    """What it means that none was typed."""
    if relies_on_role(draft) and draft.store is None:
        said = _("No keys: OpenHands has those of its machine's role, or AWS_… of its environment. enter goes on so.")
        return [[(said, "look-out")]]
    if draft.store is Store.ENVIRONMENT and not any(from_environment(draft, key) for key in draft.secret_keys()):
        name = draft.variable or BY_KEY[draft.secret_keys()[0]].variable
        said = _("No key is typed. enter goes on without one: set {name} where OpenHands starts.")
        return [[(said.format(name=name), "look-out")]]
    return []


def explanation(draft: Draft, provider: Provider, field: Field) -> list[list[Piece]]:
    """The field at hand, and where a key is sent."""
    rows: list[list[Piece]] = [[(field.help, "muted")], [("", "plain")], [(field.variable, "key")], [("", "plain")]]
    if field.kind is Kind.SECRET:
        where = clean(draft.base_url) or provider.default_base_url or provider.name
        rows.append([(_("It is sent to "), "muted"), (where, "plain")])
        rows.append([(_("and nowhere else: to see whether it is taken, and in the test."), "muted")])
        rows.append([("", "plain")])
    return [*rows, [(provider.note, "faint")]]


def _in_short(look: KeyringLook) -> str:
    """The state of the keyring in half a row."""
    name = clean(look.backend, limit=24)
    if look.state is KeyringState.REFUSED:  # the end of a class's name tells most
        return _("refused, no safe place: {name}").format(name=clean(".".join(look.backend.split(".")[-2:]), limit=40))
    states = {
        KeyringState.OPEN: _("open"),
        KeyringState.LOCKED: _("locked"),
        KeyringState.NO_DEFAULT: _("not made yet"),
        KeyringState.NONE: _("none answers here, as usual over SSH"),
        KeyringState.UNRESPONSIVE: _("does not answer"),
    }
    return f"{name}, {states[look.state]}" if name else states[look.state]
