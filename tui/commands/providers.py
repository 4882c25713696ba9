"""`providers`: who can be asked, what each needs, and where its key is already."""

import argparse
import os
from collections import Counter
from typing import Any

from tui.base.errors import Status
from tui.base.translation import _
from tui.catalog.models import Catalogue, load_catalogue
from tui.catalog.provider import Provider
from tui.commands.inputs import load
from tui.commands.output import aligned, note, write, write_json
from tui.credentials.identity import Credential
from tui.drafts.draft import Draft
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY


def run(options: argparse.Namespace) -> int:
    """No keyring is opened: what was kept there is remembered in our own settings."""
    catalogue = load_catalogue()
    draft = load(options.config)
    listed = Counter(model.family for model in catalogue.models)
    verified = Counter(model.family for model in catalogue.models if model.verified)
    found = [_told(provider, draft, listed, verified) for provider in catalogue.providers]
    if options.json:
        write_json(found)
    else:
        write(_table(found))
    _remark_problem(catalogue)
    return Status.DONE


def _told(provider: Provider, draft: Draft, listed: Counter[str], verified: Counter[str]) -> dict[str, Any]:
    return {
        "id": provider.id,
        "name": provider.name,
        "fields": _fields(provider),
        "models": listed[provider.family],
        "verified": verified[provider.family],
        "key": _place_of_key(provider, draft),
    }


def _fields(provider: Provider) -> list[dict[str, Any]]:
    """What `[llm]` needs for it, and the variables that it needs beyond that."""
    needs = [
        {
            "name": need.key,
            "required": need.required,
            "secret": BY_KEY[need.key].kind is Kind.SECRET,
            "env": BY_KEY[need.key].variable,
        }
        for need in provider.needs
    ]
    beyond = [{"name": name, "required": True, "secret": False, "env": name} for name in provider.needs_environment]
    return [*needs, *beyond]


def _place_of_key(provider: Provider, draft: Draft) -> str | None:
    """Where a key for the provider is: of the one in the config, for its address; of others, for their own address."""
    secrets = [need.key for need in provider.needs if BY_KEY[need.key].kind is Kind.SECRET]
    if not secrets:
        return None
    variables = [provider.key_variable] if provider.key_variable else []
    if draft.provider and draft.provider.id == provider.id:
        if any(draft.environ.get(BY_KEY[key].variable) for key in secrets):
            return "environment"
        store = draft.remembered_store
    else:
        store = draft.own.store_of(Credential(provider.id, None, BY_KEY[secrets[0]].variable).service)
    if store:
        return store.value
    return "environment" if any(os.environ.get(name, "").strip() for name in variables) else None


def _table(found: list[dict[str, Any]]) -> list[str]:
    rows = [(_("id"), _("name"), _("models"), _("verified"), _("key"), _("needs"))]
    for told in found:
        needs = ", ".join(field["name"] for field in told["fields"] if field["required"])
        counts = (str(told["models"] or "–"), str(told["verified"] or "–"))
        rows.append((told["id"], told["name"], *counts, told["key"] or "–", needs))
    return aligned(rows, right=(2, 3))


def _remark_problem(catalogue: Catalogue) -> None:
    if catalogue.problem:
        note(catalogue.problem)
