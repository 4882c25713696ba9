"""Step 1: whose model it is."""

from tui.base.translation import _
from tui.catalog.providers import Provider, first_class
from tui.drafts.provider_choice import found_here, needs, offered, take_provider
from tui.lines.run import Run
from tui.lines.talk import Option
from tui.screens.model_words import not_known
from tui.widgets.steps import Step


async def ask_provider(run: Run) -> None:
    """One of all that litellm knows; what answers on this machine comes first."""
    draft, servers = run.draft, run.desk.servers
    providers = (run.desk.catalogue.providers if run.desk.catalogue else ()) or first_class()

    def find(query: str) -> list[Option[Provider]]:
        found = offered(draft, query, providers, servers)
        if draft.provider and not query:  # Enter keeps the present one
            found.sort(key=lambda provider: provider.id != draft.provider.id if draft.provider else True)
        return [Option(each, each.name, found_here(draft, each, servers) or needs(each), (each.id,)) for each in found]

    provider, _query = run.talk.search(
        _("Provider, by number or a part of its name"), find,
        nothing=lambda _text: _("No provider of that name. An OpenAI-compatible endpoint takes any server's address."),
        explain=run.explaining(
            _("Every provider that litellm knows is here: docs.litellm.ai/docs/providers."),
            _("Any server that speaks OpenAI's protocol is an “OpenAI-compatible endpoint”."),
        ),
    )  # fmt: skip
    run.talk.say(*filter(None, [provider.note, not_known(provider)]))
    if take_provider(draft, provider, servers):
        run.done(Step.PROVIDER)
    else:
        run.show(Step.OVERVIEW)
