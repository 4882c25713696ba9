"""The words of the overview: one line a step, one a group, one a finding, and what is next."""

from dataclasses import dataclass

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.key_shapes import is_key_name, may_be_key
from tui.base.secret import Secret
from tui.base.secrets_in_text import without_keys_in, without_userinfo
from tui.base.translation import _, listed, many, together
from tui.checks.finding import Finding
from tui.checks.problems import lacks_key, problems, unfinished
from tui.config_file.document import ConfigText
from tui.credentials.identity import host_of
from tui.credentials.store import WORDS, Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import missing_half, relies_on_role
from tui.drafts.policy import policy_of
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY, RETRY_KEYS, option_fields
from tui.openhands.groups import own_keys, voided
from tui.openhands.misplaced_keys import is_misplaced_key, without_parts_like_keys
from tui.retry.schedule import in_words
from tui.screens.desk import Desk
from tui.widgets.bars import sparkline
from tui.widgets.steps import ORDER, Step, title


@dataclass(frozen=True, slots=True)
class Summary:
    """A step or a group in one line: what it holds, and a fact for the right edge."""

    value: str
    tone: str = "plain"
    fact: str = ""
    bars: str = ""
    """The waits, drawn small."""
    is_name: bool = False
    """Whether its end tells more than its middle."""
    mark: str = ""
    """`✓`, `!`, `●`; "" where the step's own state says it."""

    @property
    def in_words(self) -> str:
        """Both, one after the other."""
        return listed([self.value, self.fact])


def summary(step: Step, desk: Desk) -> Summary:  # noqa: PLR0911 - one line a step
    """What a step holds now."""
    draft = desk.draft
    match step:
        case Step.PROVIDER:
            return _provider(draft)
        case Step.KEY:
            return _key_place(draft)
        case Step.MODEL:
            return _model(draft, desk)
        case Step.OPTIONS:
            return _options(draft)
        case Step.RETRIES:
            return _policy(draft)
        case Step.REVIEW:
            return _unsaved(draft)
        case _:
            return _trial(desk)


def next_step(desk: Desk, alarmed: set[Step]) -> str:
    """What is to be done next, in a sentence or two."""
    draft = desk.draft
    if alarmed:
        return _missing(draft, next(step for step in ORDER if step in alarmed))
    if draft.unknown_keys:
        return _("press x to remove what makes OpenHands drop the group.")
    if draft.dirty:
        return _("review what you changed, and save it.")
    tried = desk.last_trial if desk.last_trial and desk.last_trial.holds_for(draft) else None
    if tried is None:
        return _("test it. One prompt costs a fraction of a cent, and a rehearsal nothing.")
    if tried.outcome.ok:
        return _("start OpenHands. ^p Finish shows the line for it.")
    return _("open Test, which says what went wrong and what to do.")


def _missing(draft: Draft, step: Step) -> str:
    """What the first step that lacks something lacks."""
    if step is Step.PROVIDER and not draft.provider:
        return _("choose the provider of the model.")
    if step is Step.KEY and lacks_key(draft):
        return _("give it a key. Without one OpenHands stops at its first prompt.")
    blocking = next((problem for problem in problems(draft) if problem.blocks), None)
    if blocking is None:
        return _("complete {step}.").format(step=title(step))
    return _("correct {label} on {step}.").format(label=blocking.field.label, step=title(step))


def told(finding: Finding) -> str:
    """What is wrong, and what to do."""
    return together(finding.message, finding.hint)


def differing_programs(desk: Desk) -> str:
    """Who would use what, where several programs are set up and would not use the same; else ""."""
    if len(desk.programs) < 2:
        return ""
    from tui.checks.differing import in_words, uses_of  # most set up one

    return in_words(uses_of(desk.programs, desk.draft.environ))


def alarming(draft: Draft) -> set[Step]:
    """The steps with something missing or wrong."""
    found = {Step(place.value) for place in unfinished(draft)}
    return found if draft.provider else found | {Step.PROVIDER}


def group_summary(config: ConfigText, group: str, draft: Draft | None) -> Summary:
    """A group's model and how much stands in it; or what waits to be saved, or why OpenHands drops it."""
    if draft and draft.is_new:
        return Summary(_("not in the file yet"), "muted")
    table = own_keys(config, group)
    own = many("{count} setting", "{count} settings", len(table))
    if draft and draft.dirty:
        return Summary(_unsaved(draft).value, "look-out", own)
    offending_keys = voided(config).get(group)
    if offending_keys:
        keys = without_keys_in(clean(", ".join(offending_keys)), is_key_name)
        return Summary(_("OpenHands drops it: {keys}").format(keys=keys), "look-out", own, mark="!")
    return Summary(_shown("model", str(table.get("model", ""))), "muted", own, is_name=True)


def _shown(key: str, text: str, *, limit: int = 500) -> str:
    """The text of a setting, with dots for what may be a key in it."""
    field = BY_KEY[key]
    if is_misplaced_key(field, text) or (field.kind is not Kind.TEXT and may_be_key(text)):
        return Secret(text.strip()).masked()
    return clean(without_parts_like_keys(field, without_userinfo(text)), limit=limit)


def _model(draft: Draft, desk: Desk) -> Summary:
    own, inherited = _shown("model", draft.texts["model"]), _shown("model", draft.inherited["model"])
    if not own and not inherited:
        return Summary(_("none"))
    facts = _facts(desk, own or inherited)
    if own:
        prefix = draft.provider.prefix if draft.provider else ""
        return Summary(own.removeprefix(prefix) or own, "plain", facts, is_name=True)
    return Summary(_("{model}  from [llm]").format(model=inherited), "muted", facts)


def _facts(desk: Desk, id_: str) -> str:
    """Context and prices of a model, once the catalogue is there."""
    model = desk.catalogue.get(id_) if desk.catalogue else None
    if model is None:
        return ""
    from tui.screens.model_rows import price, tokens  # the first page has no catalogue yet

    facts = tokens(model.context)
    if model.input_per_million is not None and model.output_per_million is not None:
        prices = _("${input} in   ${output} out")
        paid = prices.format(input=price(model.input_per_million), output=price(model.output_per_million))
        facts = f"{facts}   {paid}".strip()
    return facts


def _provider(draft: Draft) -> Summary:
    if not draft.provider:
        url = _shown("base_url", draft.base_url) if draft.base_url else ""
        if not draft.effective_text("model"):
            return Summary(_("not chosen yet"), "look-out", url)
        return Summary(_("not recognised from the model's name"), "look-out", url)
    url = _shown("base_url", draft.base_url) if draft.base_url else host_of(draft.provider.default_base_url)
    return Summary(draft.provider.name, "plain", url)


def _unsaved(draft: Draft) -> Summary:
    if not draft.dirty:
        return Summary(_("nothing to save"), "muted", mark=" ")
    words = many("{count} change to save", "{count} changes to save", draft.count)
    return Summary(words, "look-out", mark="!")


def _trial(desk: Desk) -> Summary:
    tried = desk.last_trial if desk.last_trial and desk.last_trial.holds_for(desk.draft) else None
    if tried is None:
        return Summary(_("not sent yet"), "muted", mark=" ")
    attempts = many("{count} attempt", "{count} attempts", tried.outcome.attempts)
    fact = f"{attempts}   {in_words(tried.outcome.seconds)}"
    if tried.outcome.ok:
        return Summary(_("answered"), "plain", fact, mark="✓")
    return Summary(_("failed"), "wrong", fact, mark="!")


def _key_place(draft: Draft) -> Summary:  # noqa: PLR0911 - one line a state
    if not draft.secret_keys():
        return Summary(_("no key needed"))
    if half := missing_half(draft):
        return Summary(_("half of a pair: {label} is missing").format(label=BY_KEY[half].label), "look-out-strong")
    if draft.typed_secrets():
        return Summary(_("typed, not saved yet"), "look-out")
    if set_here := draft.secret_in_environment():
        return Summary(_("LLM_API_KEY is set here"), "plain", set_here.masked())
    if store := draft.store or draft.remembered_store:
        return _kept(draft, store)
    if lacks_key(draft):
        return Summary(_("none yet"), "look-out-strong")
    role = _("none: those of the machine's role, or of AWS' environment")
    return Summary(role if relies_on_role(draft) else _("none"), "muted")


def _kept(draft: Draft, store: Store) -> Summary:
    """Where it is, and by which name; in the file, its last four characters."""
    in_file = draft.secret_in_file()
    fact = draft.credential().service if store is Store.KEYRING else in_file.masked() if in_file else ""
    return Summary(
        WORDS[store].place.format(file=draft.file_name),
        "look-out" if store is Store.CONFIG else "plain",
        clean(fact, limit=60),
    )


def _options(draft: Draft) -> Summary:
    fields = option_fields()
    own = [each for each in fields if draft.texts[each.key].strip()]
    rest = many("{count} as OpenHands has it", "{count} as OpenHands has them", len(fields) - len(own))
    shown = [f"{each.key} {_shown(each.key, draft.texts[each.key], limit=24)}" for each in own]
    return Summary(listed(shown) if shown else _("all defaults"), "plain" if shown else "muted", rest)


def _policy(draft: Draft) -> Summary:
    try:
        policy = policy_of(draft)
    except SetupError as error:
        return Summary(error.message, "wrong")
    attempts = many("{count} attempt", "{count} attempts", policy.attempts)
    none = draft.lacks_retries and not draft.is_new and len(draft.absent) == len(RETRY_KEYS)
    words = _("{attempts}, OpenHands' defaults").format(attempts=attempts) if none else attempts
    return Summary(words, "plain", in_words(policy.total()), sparkline(policy.waits()[:_MOST_BARS]))


_MOST_BARS = 12
