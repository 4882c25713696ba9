"""The words of the overview: one line a step, one a group, one a finding."""

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.key_shapes import is_key_name, may_be_key
from tui.base.keys_in_text import without_keys_in
from tui.base.secret import Secret
from tui.base.translation import _, many
from tui.base.userinfo import without_userinfo
from tui.checks.finding import Finding
from tui.checks.problems import lacks_key, unfinished
from tui.config_file.document import ConfigText
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import missing_half, relies_on_role
from tui.drafts.policy import policy_of
from tui.openhands.field import Kind, Place
from tui.openhands.fields import BY_KEY, RETRY_KEYS, at
from tui.openhands.groups import own_keys, voided
from tui.openhands.misplaced_keys import is_misplaced_key, without_parts_like_keys
from tui.retry.schedule import in_words
from tui.widgets.steps import Step


def summary(step: Step, draft: Draft) -> tuple[str, str]:  # noqa: PLR0911 - one line a step
    """What a step holds now, and the tone of it."""
    match step:
        case Step.PROVIDER:
            return _provider(draft)
        case Step.KEY:
            return _key_place(draft)
        case Step.MODEL:
            return _model(draft)
        case Step.OPTIONS:
            return _options(draft), "plain"
        case Step.RETRIES:
            return _policy(draft), "plain"
        case Step.REVIEW:
            return _unsaved(draft)
        case _:
            return _("send a prompt, and see it retried"), "muted"


def told(finding: Finding) -> str:
    """What is wrong, and what to do."""
    return f"{finding.message} {finding.hint}".strip()


def alarming(draft: Draft) -> set[Step]:
    """The steps with something missing or wrong."""
    found = {Step(place.value) for place in unfinished(draft)}
    return found if draft.provider else found | {Step.PROVIDER}


def group_words(config: ConfigText, group: str, draft: Draft | None) -> str:
    """How much stands in a group itself, and its model; or what waits to be saved, or why OpenHands drops it."""
    if draft and draft.is_new:
        return _("not in the file yet")
    if draft and draft.dirty:
        return _unsaved(draft)[0]
    offending_keys = voided(config).get(group)
    if offending_keys:
        keys = without_keys_in(clean(", ".join(offending_keys)), is_key_name)
        return _("OpenHands drops it: {keys}").format(keys=keys)
    table = own_keys(config, group)
    own = many("{count} setting", "{count} settings", len(table))
    return f"{own:<13}{_shown('model', str(table.get('model', '')))}".strip()


def _shown(key: str, text: str, *, limit: int = 500) -> str:
    """The text of a setting, with dots for what may be a key in it."""
    field = BY_KEY[key]
    if is_misplaced_key(field, text) or (field.kind is not Kind.TEXT and may_be_key(text)):
        return Secret(text.strip()).masked()
    return clean(without_parts_like_keys(field, without_userinfo(text)), limit=limit)


def _model(draft: Draft) -> tuple[str, str]:
    own, inherited = _shown("model", draft.texts["model"]), _shown("model", draft.inherited["model"])
    if own or not inherited:
        return own or _("none"), "plain"
    return _("{model}  from [llm]").format(model=inherited), "muted"


def _provider(draft: Draft) -> tuple[str, str]:
    name = draft.provider.name if draft.provider else _("not recognised from the model's name")
    url = f"  {_shown('base_url', draft.base_url)}" if draft.base_url else ""
    return name + url, "plain" if draft.provider else "look-out"


def _unsaved(draft: Draft) -> tuple[str, str]:
    if not draft.dirty:
        return _("nothing to save"), "muted"
    return many("{count} change to save", "{count} changes to save", draft.count), "look-out"


def _key_place(draft: Draft) -> tuple[str, str]:
    if not draft.secret_keys():
        return _("no key needed"), "plain"
    if half := missing_half(draft):
        return _("half of a pair: {label} is missing").format(label=BY_KEY[half].label), "look-out"
    if draft.typed_secrets():
        return _("typed, not saved yet"), "look-out"
    if set_here := draft.secret_in_environment():
        return _("LLM_API_KEY is set here, {masked}").format(masked=set_here.masked()), "plain"
    store, in_file = draft.store or draft.remembered_store, draft.secret_in_file()
    if store:
        return _PLACES[store].format(masked=in_file.masked() if in_file else ""), _TONES.get(store, "plain")
    return (_("none yet"), "look-out") if lacks_key(draft) else (_none(draft), "muted")


def _none(draft: Draft) -> str:
    return _("none: those of the machine's role, or of AWS' environment") if relies_on_role(draft) else _("none")


_PLACES = {
    Store.KEYRING: _("in the system keyring"),
    Store.ENVIRONMENT: _("in the environment, set by you"),
    Store.FILE: _("in a private file, readable text"),
    Store.COMMAND: _("from a command"),
    Store.CONFIG: _("in config.toml, readable text {masked}"),
}
_TONES = {Store.CONFIG: "look-out"}


def _options(draft: Draft) -> str:
    fields = [f for f in at(Place.OPTIONS) if f.kind is not Kind.TABLES and draft.texts[f.key].strip()]
    shown = [f"{f.key} = {_shown(f.key, draft.texts[f.key], limit=24)}" for f in fields]
    return ", ".join(shown) if shown else _("all defaults")


def _policy(draft: Draft) -> str:
    try:
        policy = policy_of(draft)
    except SetupError as error:
        return error.message
    attempts = many("{count} attempt", "{count} attempts", policy.attempts)
    words = _("{attempts}, at most {total} of waiting").format(attempts=attempts, total=in_words(policy.total()))
    none = draft.lacks_retries and not draft.is_new and len(draft.absent) == len(RETRY_KEYS)
    return words + (_(": OpenHands' defaults, since 0.51") if none else "")
