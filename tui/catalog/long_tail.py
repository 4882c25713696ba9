"""The other providers that litellm can reach, as the snapshot describes them."""

from collections.abc import Iterable, Iterator
from typing import Final

from tui.base.translation import _
from tui.catalog.endpoints import DEFAULT_BASE_URLS, LOCAL, NEEDS_ENDPOINT, NEEDS_ENVIRONMENT, key_variable
from tui.catalog.first_class import first_class
from tui.catalog.price_list import NOT_OFFERED
from tui.catalog.provider import Need, Provider
from tui.catalog.snapshot import Described, Snapshot

NOT_LISTED: Final = NOT_OFFERED | {
    *("ai21", "anthropic_text", "azure_text", "cohere", "custom_openai", "ollama_chat", "sagemaker_chat", "vllm"),
    *("text-completion-codestral", "text-completion-openai", "watsonx_text"),
    *("deepgram", "elevenlabs", "auto_router", "cursor", "custom", "oobabooga", "petals", "triton"),
}
"""Second names of providers that are listed, what serves no chat models, and what is no provider at all."""


def less_common(snapshot: Snapshot, families: Iterable[str] = ()) -> list[Provider]:
    """All that the snapshot describes, and plain ones for those of `families` that it does not, by display name."""
    described = {row.id: row for row in snapshot.providers()}
    known = described.keys() | {provider.id for provider in first_class()} | NOT_LISTED
    plain = [plain_provider(id_) for id_ in families if id_ not in known]
    return sorted(
        [*map(_provider, described.values()), *plain], key=lambda provider: (provider.name.casefold(), provider.id)
    )


def plain_provider(id_: str) -> Provider:
    """One of which nothing is known but its id."""
    return _provider(Described(id_, id_.replace("_", " ").title(), "", "", key_variable(id_), on_aws=False, beyond=()))


def _provider(row: Described) -> Provider:
    local = row.id in LOCAL
    return Provider(
        id=row.id,
        name=row.name,
        prefix=f"{row.id}/",
        family=row.id,
        needs=tuple(_needs(row)),
        key_variable=row.key_variable,
        docs=row.docs,
        note=_note(row),
        default_base_url=row.base_url or DEFAULT_BASE_URLS.get(row.id, ""),
        costs=not local,
        needs_environment=NEEDS_ENVIRONMENT.get(row.id, ()),
    )


def _needs(row: Described) -> Iterator[Need]:
    """Where litellm's form and its own code differ, the code counts: a form asks for endpoints that have a default."""
    if row.id in NEEDS_ENDPOINT:
        yield Need("base_url", required=True, example=NEEDS_ENDPOINT[row.id])
    elif row.id in LOCAL:
        yield Need("base_url", required=True, example=DEFAULT_BASE_URLS[row.id])
    if row.on_aws:
        yield Need("aws_region_name", required=True, example="us-east-1")
        yield Need("aws_access_key_id", required=False, example="AKIA…")
        yield Need("aws_secret_access_key", required=False)
    if row.id != "sagemaker":
        yield Need("api_key", required=not row.on_aws and row.id not in LOCAL and not row.beyond)


def _note(row: Described) -> str:
    if row.id in LOCAL:
        return _("Most local models are weak: expect long waits, poor answers and broken JSON.")
    if row.beyond:
        names = ", ".join(row.beyond)
        return _("OpenHands' config has no place for what it also needs: {names}.").format(names=names)
    return ""
