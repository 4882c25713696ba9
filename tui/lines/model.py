"""Step 3: which model."""

from tui.base.foreign import clean
from tui.base.translation import _, listed
from tui.catalog.models import Model
from tui.drafts.model_choice import ModelChoice, Row, Typed
from tui.lines.run import Run
from tui.lines.talk import Live, Option
from tui.openhands.groups import used_elsewhere
from tui.screens import model_words
from tui.widgets.steps import Step

AS_TYPED = "="
"""In front of a name: it is meant as it stands."""


async def ask_model(run: Run) -> None:
    """The provider's models first; what was typed can always be used as it is."""
    if run.draft.provider is None:
        run.show(Step.PROVIDER)
        return
    run.desk.step_shown.publish(Step.MODEL)  # its own list is asked for where that needs no yes
    await run.host.finish_jobs()
    limit = "".join(text for text, _tone in model_words.limit(run.draft.provider))
    run.talk.say(*filter(None, (model_words.not_known(run.draft.provider), limit)))
    while True:
        try:
            _choose(run)
        except Live:
            run.lists.ask()
            await run.host.finish_jobs()
        else:
            return


def _choose(run: Run) -> None:
    draft = run.draft
    choice = ModelChoice(
        draft, run.desk.catalogue, run.desk.live, elsewhere=used_elsewhere(draft.config, draft.group)
    )  # fmt: skip
    run.talk.say(_source(choice))
    while True:
        row, query = run.talk.search(
            _("Model, by number or a part of its name"), lambda text: _options(choice, text), nothing=choice.nothing,
            explain=run.explaining(
                _("Every word typed must occur in the name; one wrong letter is forgiven."),
                _("Any name may be typed, whether it is listed or not; = in front of it takes it as it stands."),
                _("OpenHands is only as powerful as its model: weigh quality against cost."),
            ),
        )  # fmt: skip
        if _is_meant(run, choice, row, query):
            break
    if choice.take(row):
        run.show(Step.KEY)
    else:
        run.done(Step.MODEL)


def _source(choice: ModelChoice) -> str:
    """Where the list comes from."""
    if choice.live is not None:
        return model_words.source(choice.catalogue, choice.live, "", choice.draft)[0]
    origin = choice.catalogue.origin if choice.catalogue else ""
    return _("Catalogue of {origin}; :live asks the provider itself.").format(origin=origin)


def _options(choice: ModelChoice, text: str) -> list[Option[Row]]:
    own, others = choice.rows(text.removeprefix(AS_TYPED))
    if text.startswith(AS_TYPED):
        own, others = [row for row in own if isinstance(row, Typed)] or own[:1], []
    present = choice.draft.texts["model"]
    if not text and present:
        own.sort(key=lambda row: row.id != present)
    return [_option(choice, row) for row in (*own, *others)]


def _option(choice: ModelChoice, row: Row) -> Option[Row]:
    if isinstance(row, Typed):
        words = _("as typed") if row.id != choice.draft.texts["model"] else _("as it is now")
        return Option(row, row.id, words)
    today = choice.catalogue.today if choice.catalogue else None
    facts = "".join(text for text, _tone in model_words.facts(row)).replace("   ", _(", "))
    fate = model_words.fate(row, today)[0].removeprefix("! ") if today else ""
    words = listed([facts, fate, *model_words.told(row)])
    return Option(row, row.id, words, (row.name,))


def _is_meant(run: Run, choice: ModelChoice, row: Row, query: str) -> bool:
    """Say what is known of it; what nobody knows is asked about once more."""
    if isinstance(row, Model) or row.id == run.draft.texts["model"]:
        return True
    run.talk.say(*model_words.as_typed(row, run.draft.provider, choice.live))
    doubt = "" if query.startswith(AS_TYPED) else choice.doubt(row)
    question = _("{doubt} Take {model} all the same?")
    return not doubt or run.talk.agrees(question.format(doubt=doubt, model=clean(row.id, limit=80)), default=False)
