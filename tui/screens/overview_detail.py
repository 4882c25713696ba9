"""The pane of the overview: the detail of the highlighted row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.config_file.mask import mask
from tui.credentials.private_file import key_file_path
from tui.drafts.policy import policy_of
from tui.openhands.effective import effective, fit_to_show
from tui.openhands.field import Kind, Place
from tui.openhands.fields import RETRY_KEYS, at
from tui.openhands.groups import header
from tui.retry.policy import preset_of
from tui.retry.schedule import in_words, remarks, rows
from tui.screens import model_pane, provider_words
from tui.screens.desk import Desk
from tui.screens.values import text_of
from tui.widgets.bars import Bar
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, left

Detail = tuple[Sequence[PaneRow], Piece]
"""The rows below the title, and what stands beside it."""
_NAME: Final = 17
_MOST: Final = 12
"""Bars at most."""
_TONES: Final = {"floor": "bar-floor", "grows": "bar", "ceiling": "bar-ceiling"}
_NOTHING: Piece = ("", "muted")


def of_step(step: Step, desk: Desk, *, lacking: bool) -> Detail:
    """What is to be known of a step; `lacking` when it needs something."""
    if step is Step.PROVIDER and desk.draft.provider:
        return provider_words.in_full(desk.draft.provider, desk.catalogue)
    note: Piece = (_("needed"), "look-out") if lacking else _NOTHING
    return [*_ROWS[step](desk)], note


def of_group(group: str, desk: Desk) -> Detail:
    """What OpenHands would have of a group."""
    config = desk.draft.config
    found = fit_to_show(effective(config, desk.draft.environ, group))
    own = {key: setting for key, setting in found.items() if setting.value is not None and setting.line}
    listed: list[PaneRow] = [pair(key, text_of(setting)) for key, setting in own.items()]
    words = _("A group is a set of settings that OpenHands uses for one job; what it leaves empty comes from [llm].")
    head = [Heading(_("In the file"), many("{count} setting", "{count} settings", len(listed))), *listed]
    keys = [("n", _("makes a new one")), ("c", _("copies it"))]
    keys += [("r", _("renames it")), ("d", _("removes it"))] if group != "llm" else []
    return [
        [(words, "muted")], [], *(head if listed else []), [], Heading(_("What can be done")),
        *[[(left(key, 3), "press"), (does, "muted")] for key, does in keys],
    ], _NOTHING  # fmt: skip


def _provider(_desk: Desk) -> Iterator[PaneRow]:
    yield [(_("The model's name does not tell whose it is. Choose its provider, or correct its name."), "muted")]


def _key(desk: Desk) -> Iterator[PaneRow]:
    draft, provider = desk.draft, desk.draft.provider
    if not draft.secret_keys():
        yield [(_("This provider asks for no key."), "muted")]
        return
    name = provider.name if provider else _("The provider")
    yield [(_("{name} asks for a key. Only its last four characters are ever shown.").format(name=name), "muted")]
    yield []
    yield Heading(_("Looked for in"))
    for place, found in _places(desk):
        yield [(left(place, _NAME), "plain"), (found, "muted")]
    if provider and provider.key_page:
        yield []
        yield Heading(_("Get one"))
        yield [(provider.key_page, "key")]
    yield []
    yield Heading(_("Then"))
    yield [(_("It stays out of the file, unless you want it there: llm-setup exec hands it to OpenHands."), "muted")]


def _places(desk: Desk) -> Iterator[tuple[str, str]]:
    draft = desk.draft
    set_here, in_file = draft.secret_in_environment(), draft.secret_in_file()
    yield "LLM_API_KEY", set_here.masked() if set_here else _("not set")
    is_kept = draft.remembered_store == "keyring"
    yield _("System keyring"), _("a key is kept there") if is_kept else _state(desk)
    path = key_file_path(draft.credential())
    yield _("Private file"), clean(tilde(path)) if path.exists() else _("none")
    yield draft.file_name, in_file.masked() if in_file else _("none")


def _state(desk: Desk) -> str:
    return (
        _("not looked at yet")
        if desk.keyring_status is None
        else _("open, nothing there")
        if desk.keyring_status.state == "open"
        else _("not open")
    )


def _model(desk: Desk) -> Iterator[PaneRow]:
    id_ = desk.draft.effective_text("model")
    model = desk.catalogue.get(id_) if desk.catalogue else None
    yield [(clean(id_, limit=200) or _("none"), "key")]
    yield []
    if model and desk.catalogue:
        yield from model_pane.detail(model, desk.catalogue, desk.draft.provider)
        return
    if id_:
        yield [(_("litellm's catalogue does not know it: price and limits are not known."), "muted")]
    if desk.draft.provider:
        yield from model_pane.pages(desk.draft.provider)


def _options(desk: Desk) -> Iterator[PaneRow]:
    draft = desk.draft
    fields = [field for field in at(Place.OPTIONS) if field.kind is not Kind.TABLES]
    own = [field for field in fields if draft.texts[field.key].strip()]
    yield [(_("What you leave empty is not written, and OpenHands takes its own default."), "muted")]
    if own:
        yield []
        yield Heading(_("Yours"))
        for field in own:
            yield pair(field.key, mask(clean(draft.texts[field.key], limit=40)))
    yield []
    yield Heading(_("OpenHands' own"))
    for field in fields:
        if field not in own and field.default is not None:
            yield pair(field.key, str(field.default).lower() if isinstance(field.default, bool) else str(field.default))


def _retries(desk: Desk) -> Iterator[PaneRow]:
    try:
        policy = policy_of(desk.draft)
    except SetupError as error:
        yield [(str(error), "wrong")]
        return
    preset = preset_of(policy)
    yield [(preset.name if preset else _("Own values"), "plain")]
    yield []
    for key in RETRY_KEYS:
        yield pair(key, f"{getattr(policy, key):g}")
    yield []
    yield Heading(_("Then it waits"), in_words(policy.total()))
    longest = max(policy.waits(), default=0)
    for row in rows(policy)[:_MOST]:
        words = _("attempt {number}").format(number=row.attempt)
        bar = Bar(words, row.wait / longest if longest else 0, in_words(row.wait), _TONES[row.kind])
        yield partial(bar.pieces, label=12, value=9)
    for sentence in remarks(policy):
        yield []
        yield [(sentence, "muted")]


def _review(desk: Desk) -> Iterator[PaneRow]:
    draft = desk.draft
    yield [(_("Only changed lines are written; comments, order and other sections stay."), "muted")]
    if changes := draft.changes():
        yield []
        yield Heading(header(draft.group), many("{count} change", "{count} changes", draft.count))
    for change in changes:
        yield [(change.field.key, "muted")]
        before, after = (mask(clean(text, limit=60)) for text in (change.before, change.after))
        yield [(f"  {before} → " if before else "  ", "muted"), (after or _("emptied"), "plain")]


def _trial(desk: Desk) -> Iterator[PaneRow]:
    yield [
        (
            _("Sends one prompt as OpenHands would, and tries it again after the waits of Retries, before your eyes."),
            "muted",
        )
    ]
    yield []
    yield [
        (
            _("A rehearsal does the same against a provider that llm-setup starts on this machine: no key, no cost."),
            "muted",
        )
    ]
    tried = desk.last_trial if desk.last_trial and desk.last_trial.holds_for(desk.draft) else None
    if tried is None:
        return
    outcome = tried.outcome
    yield []
    yield Heading(_("The last one"))
    yield pair(_("attempts"), str(outcome.attempts))
    yield pair(_("time"), in_words(outcome.seconds))
    if outcome.cost_usd is not None:
        yield pair(_("cost"), f"${outcome.cost_usd:.6f}")
    said = outcome.text if outcome.ok else outcome.diagnosis.message if outcome.diagnosis else ""
    yield [(clean(said, limit=200), "good" if outcome.ok else "wrong")]


_ROWS: Final[Mapping[Step, Callable[[Desk], Iterator[PaneRow]]]] = {
    Step.PROVIDER: _provider, Step.KEY: _key, Step.MODEL: _model, Step.OPTIONS: _options, Step.RETRIES: _retries,
    Step.REVIEW: _review, Step.TEST: _trial,
}  # fmt: skip
