"""What the user has to say yes to before a key goes out; and what was said already."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _, together
from tui.credentials.identity import is_exposed, origin_of
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.openhands.fields import BY_KEY
from tui.saving.key_stores import variables_of


class Risk(StrEnum):
    """Why a yes is wanted. Remembered in our own settings by these words."""

    UNENCRYPTED = "unencrypted"
    """Over http:// to another machine."""
    BORROWED = "borrowed"
    """A key of the environment, which says nothing of where it may go, to where the file says."""


class Unconfirmed(SetupError):
    """Raised before a key is sent that the user has not let go there; `risks` is what `confirm` takes."""

    def __init__(self, risks: list[Risk], message: str) -> None:
        super().__init__(message, _("Nothing was sent."))
        self.risks = risks


def require_yes(draft: Draft, secrets: Mapping[str, Secret], accepted: Collection[Risk] = ()) -> None:
    """Raise Unconfirmed where `secrets`, the keys of the draft by field, must not be sent without a yes.

    `accepted` are risks that were accepted just now.
    """
    risks = _risks(draft, secrets) if secrets else ()
    sentences = {r: sentence for r, sentence in risks if r not in accepted and not _is_confirmed(draft, r)}
    if sentences:
        raise Unconfirmed([*sentences], together(*sentences.values()))


def confirm(draft: Draft, risks: Collection[Risk]) -> None:
    """Remember the yes, for this provider and address. Raises SetupError."""
    draft.own.save({("confirmed", risk.value): {draft.credential().service: "yes"} for risk in risks})


def in_the_clear(draft: Draft) -> str:
    """What is said of an address to which a key would go unencrypted, "" for any other."""
    if not (draft.secret_keys() and is_exposed(draft.base_url)):
        return ""
    return _("http:// to another machine is not encrypted: whoever is on the way can read the key.")


def _is_confirmed(draft: Draft, risk: Risk) -> bool:
    return draft.own.is_confirmed(risk.value, draft.credential().service)


def _risks(draft: Draft, keys: Iterable[str]) -> Iterator[tuple[Risk, str]]:
    where = clean(origin_of(draft.base_url) or "", limit=120)
    borrowed = [name for key in keys if (name := _borrowed(draft, key))]
    if is_exposed(draft.base_url):
        sentence = _("The key would go to {where} unencrypted: whoever is on the way can read it.")
        yield Risk.UNENCRYPTED, sentence.format(where=where)
    if borrowed and not _is_named_by_environment(draft):
        name = where or (draft.provider.name if draft.provider else "")
        sentence = _("{variables} of your environment would go to {where}, which {path} names.")
        path = clean(tilde(draft.config.path))
        yield Risk.BORROWED, sentence.format(variables=", ".join(borrowed), where=name, path=path)


def _is_named_by_environment(draft: Draft) -> bool:
    """Whether the place that a key would go to is the user's own word, like the key, and not the file's."""
    environ = draft.environ if draft.is_default else {}
    named = environ.get("LLM_BASE_URL") or (environ.get("LLM_MODEL") and not draft.effective_text("base_url"))
    return bool(named or draft.address_variable)


def _borrowed(draft: Draft, key: str) -> str:
    """The variable that a key would be taken from, "" for a key that was given for this provider and address."""
    variable, kept = BY_KEY[key].variable, draft.own.store_of(draft.credential().service)
    if draft.typed_secret(key):
        return ""
    if draft.secret_in_environment(key):
        chosen = kept is Store.ENVIRONMENT or (draft.store is Store.ENVIRONMENT and not draft.base_url)
        return "" if chosen else variable
    if draft.store is not Store.ENVIRONMENT or kept is Store.ENVIRONMENT or not draft.base_url:
        return ""
    return next((name for name in variables_of(draft, key) if draft.environ.get(name)), "")
