"""Make tui/catalog/snapshot.json.gz from an installed litellm, and say what changed.

    python -m venv new && new/bin/pip install litellm && PYTHONPATH=. new/bin/python tests/tools/make_catalogue.py \\
        --released 2026-11-20 [--carried FOLDER …]

    --litellm FOLDER   the package's folder; the installed one without it
    --released DAY     the day of that release: its prices count as those of that day
    --carried FOLDER   folders of the releases that OpenHands' releases carry; those of the present snapshot without it

Each FOLDER is a package `litellm` with its dist-info beside it, as pip or unzip lay them out. The files read here are
litellm's internals: this is the one place that knows them, and it fails loudly when they have moved.
"""

import argparse
import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tui.base.foreign import clean
from tui.catalog.endpoints import DEFAULT_BASE_URLS, LOCAL, key_variable
from tui.catalog.first_class import first_class
from tui.catalog.long_tail import NOT_LISTED
from tui.catalog.model import Model
from tui.catalog.price_list import models_of
from tui.catalog.search import newest_first
from tui.catalog.snapshot import BUNDLED, Snapshot, read_snapshot, rows_of, snapshot_bytes

PRICES = "model_prices_and_context_window_backup.json"
FORMS = "proxy/public_endpoints/provider_create_fields.json"
SUPPORT = "provider_endpoints_support_backup.json"
OPENAI_LIKE = "llms/openai_like/providers.json"
NAMES = {
    "aihubmix": "AIHubMix", "ai21_chat": "AI21", "amazon_nova": "Amazon Nova", "bedrock_mantle": "AWS Bedrock Mantle",
    "charity_engine": "Charity Engine", "cohere_chat": "Cohere", "crusoe": "Crusoe", "dashscope": "DashScope (Alibaba)",
    "empiriolabs": "EmpirioLabs", "hosted_vllm": "vLLM server", "huggingface": "Hugging Face", "inception": "Inception",
    "meta": "Meta AI", "minimax": "MiniMax", "nano-gpt": "NanoGPT", "ovhcloud": "OVHcloud AI Endpoints",
    "sagemaker": "AWS SageMaker", "sambanova": "SambaNova", "together_ai": "Together AI", "veniceai": "Venice.ai",
    "wandb": "W&B Inference", "watsonx": "IBM watsonx.ai", "xiaomi_mimo": "Xiaomi MiMo",
}  # fmt: skip
"""Where litellm has no name, or one that nobody would look for."""
CHATTING = frozenset(
    (
        *("aiml", "bytez", "clarifai", "cometapi", "compactifai", "datarobot", "docker_model_runner", "edenai"),
        *("empower", "galadriel", "github", "hosted_vllm", "huggingface", "llamafile", "maritalk", "nvidia_nim"),
        *("predibase", "sap"),
    )
)
"""Providers of chat models that litellm says nothing of since 1.109: it writes `chat_completions: false` for those of
which it has no data. Up to 1.108 it said true."""
AWS = ("aws_region_name", "aws_access_key_id", "aws_secret_access_key")
ASKED = {"api_base", "api_key", *AWS}
FEWEST = 2000


def main() -> int:
    """Read, write, tell."""
    options = _options()
    before = read_snapshot(BUNDLED) if BUNDLED.exists() else None
    carried = {version_of(folder): sorted(routed_by(folder)) for folder in options.carried}
    if not carried and before:
        carried = {release: sorted(ids) for release, ids in before.releases.items()}
    BUNDLED.write_bytes(snapshot_bytes(told_by(options.litellm, options.released, carried)))
    after = read_snapshot(BUNDLED)
    for line in changes(before, after):
        print(line)
    print(f"{BUNDLED.name}: {BUNDLED.stat().st_size:,} bytes, litellm {after.litellm} of {after.day}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--litellm", type=Path, default=None)
    parser.add_argument("--released", type=date.fromisoformat, required=True)
    parser.add_argument("--carried", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    options.litellm = options.litellm or installed()
    return options


def installed() -> Path:
    """Where litellm is installed; it is not imported."""
    spec = find_spec("litellm")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("litellm is not installed here")
    return Path(next(iter(spec.submodule_search_locations)))


def version_of(folder: Path) -> str:
    """The release in `folder`, by the name of the dist-info beside it."""
    (info,) = folder.parent.glob("litellm-*.dist-info")
    return info.name.removeprefix("litellm-").removesuffix(".dist-info")


def told_by(folder: Path, released: date, carried: Mapping[str, list[str]]) -> dict[str, Any]:
    """The members of the snapshot of the litellm in `folder`."""
    prices = json.loads((folder / PRICES).read_text())
    families: dict[str, list[Model]] = {}
    for model in models_of(prices):
        families.setdefault(model.family, []).append(model)
    if sum(map(len, families.values())) < FEWEST:
        raise SystemExit(f"{PRICES} has hardly any models")
    return {
        "litellm": version_of(folder),
        "source": "",
        "day": released.isoformat(),
        "models": {family: rows_of(newest_first(models)) for family, models in sorted(families.items())},
        "providers": [list(row) for row in described(folder, families)],
        "known": sorted(routed_by(folder)),
        "bare": sorted(key for key, row in prices.items() if "/" not in key and isinstance(row, dict)),
        "releases": {release: list(ids) for release, ids in sorted(carried.items())},
    }


def routed_by(folder: Path) -> set[str]:
    """The ids that litellm routes by: its enumeration of providers, and those it knows by a file alone."""
    tree = ast.parse((folder / "types/utils.py").read_text())
    (enumeration,) = [
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "LlmProviders"
    ]  # fmt: skip
    ids = {
        node.value.value
        for node in enumeration.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    like = folder / OPENAI_LIKE
    return {*ids, *(json.loads(like.read_text()) if like.exists() else {})}


def described(folder: Path, families: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """All less common providers that can chat, those of `families` among them, by display name."""
    forms: dict[str, dict[str, Any]] = {}
    for form in json.loads((folder / FORMS).read_text()):
        forms.setdefault(form["litellm_provider"], form)
    support = json.loads((folder / SUPPORT).read_text())["providers"]
    like = json.loads((folder / OPENAI_LIKE).read_text())
    chatting = {id_ for id_ in forms if support.get(id_, {}).get("endpoints", {}).get("chat_completions")}
    routed = routed_by(folder)
    ids = (chatting | like.keys() | set(families) | (CHATTING & routed)) - NOT_LISTED
    ids -= {provider.id for provider in first_class()}
    rows = [_described(id_, forms.get(id_, {}), support.get(id_, {}), like.get(id_, {})) for id_ in ids]
    return iter(sorted(rows, key=lambda row: (row[1].casefold(), row[0])))


def _described(
    id_: str, form: Mapping[str, Any], support: Mapping[str, Any], like: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The fields of `Described`."""
    fields = {field["key"]: field for field in form.get("credential_fields", ())}
    return (
        id_,
        _name(id_, form, support),
        clean(support.get("url", "")).removeprefix("https://").partition("?")[0],
        clean(like.get("base_url", "")) or DEFAULT_BASE_URLS.get(id_, ""),
        "" if id_ in LOCAL else clean(like.get("api_key_env", "")) or key_variable(id_),
        any(key in fields for key in AWS) or id_ == "sagemaker",
        [clean(key) for key, field in fields.items() if field.get("required") and key not in ASKED],
    )


def _name(id_: str, form: Mapping[str, Any], support: Mapping[str, Any]) -> str:
    """The display name; litellm puts the id in backticks behind it."""
    listed = clean(support.get("display_name", "")).partition(" (`")[0]
    return NAMES.get(id_) or listed or clean(form.get("provider_display_name", "")) or id_.replace("_", " ").title()


def changes(before: Snapshot | None, after: Snapshot) -> Iterator[str]:
    """What is new, gone, or has another price."""
    if before is None:
        yield f"{sum(map(len, after.rows.values())):,} models, {len(after.described)} less common providers"
        return
    olds, news = ({model.id: model for model in each.models()} for each in (before, after))
    yield from _listed("new providers", {row[0] for row in after.described} - {row[0] for row in before.described})
    yield from _listed("gone providers", {row[0] for row in before.described} - {row[0] for row in after.described})
    yield from _listed("new models", news.keys() - olds.keys())
    yield from _listed("gone models", olds.keys() - news.keys())
    prices = {id_ for id_ in olds.keys() & news.keys() if _prices(olds[id_]) != _prices(news[id_])}
    yield from _listed("other prices", prices)


def _prices(model: Model) -> tuple[float | None, ...]:
    return model.input_per_million, model.output_per_million, model.cached_per_million


def _listed(what: str, ids: set[str], most: int = 12) -> Iterator[str]:
    if ids:
        yield f"{len(ids):,} {what}: {', '.join(sorted(ids)[:most])}{', …' if len(ids) > most else ''}"


if __name__ == "__main__":
    sys.exit(main())
