"""The Field table: all that OpenHands reads from `[llm]`, and nothing else.

Source: `LLMConfig` of OpenHands 0.62 (the loader is the same from 0.51 to 1.6), the same class in the
releases before it, and OpenHands' page on LLM settings.
One key that is not in this table makes OpenHands drop the whole section.
"""

from collections.abc import Iterator
from typing import Final

from tui.base.translation import _
from tui.openhands.field import Field, Kind, Place

RETRY_KEYS: Final = ("num_retries", "retry_min_wait", "retry_max_wait", "retry_multiplier")


def _key_fields() -> Iterator[Field]:
    yield Field(
        key="base_url",
        kind=Kind.TEXT,
        place=Place.KEY,
        label=_("Base URL"),
        help=_("Where requests go. Empty: the provider's own address."),
    )
    yield Field(
        key="api_version",
        kind=Kind.TEXT,
        place=Place.KEY,
        label=_("API version"),
        help=_("Azure asks for it, such as 2024-10-21; others do without."),
    )
    yield Field(
        key="aws_region_name",
        kind=Kind.TEXT,
        place=Place.KEY,
        label=_("AWS region"),
        help=_("Such as us-east-1. Bedrock only."),
    )
    yield Field(
        key="api_key",
        kind=Kind.SECRET,
        place=Place.KEY,
        label=_("API key"),
        help=_("Paste it; only its last four characters are shown."),
    )
    yield Field(
        key="aws_access_key_id",
        kind=Kind.SECRET,
        place=Place.KEY,
        label=_("AWS access key"),
        help=_("Empty where the machine has a role of its own."),
    )
    yield Field(
        key="aws_secret_access_key", kind=Kind.SECRET, place=Place.KEY, label=_("AWS secret key"),
        help=_("Belongs to the access key."),
    )  # fmt: skip


def _model_fields() -> Iterator[Field]:
    yield Field(
        key="model", kind=Kind.TEXT, place=Place.MODEL, label=_("Model"), default="claude-sonnet-4-20250514",
        earlier={
            "0.9–0.11": "gpt-4o", "0.12–0.27": "claude-3-5-sonnet-20241022",
            "0.28–0.39.1": "claude-3-7-sonnet-20250219",
        },
        help=_("litellm's name of the model, with the provider's prefix."),
    )  # fmt: skip


def _retry_fields() -> Iterator[Field]:
    yield Field(
        key="num_retries",
        kind=Kind.INTEGER,
        place=Place.RETRIES,
        label=_("Total attempts"),
        minimum=1,
        default=5,
        earlier={"0.9.3–0.24": 8, "0.25–0.50": 4},
        documented=8,
        help=_("All attempts, the first one included."),
    )
    yield Field(
        key="retry_min_wait",
        kind=Kind.INTEGER,
        place=Place.RETRIES,
        label=_("Shortest wait"),
        minimum=0,
        unit="s",
        default=8,
        earlier={"0.9.3–0.24": 15, "0.25–0.50": 5},
        documented=15,
        help=_("No wait is shorter than this."),
    )
    yield Field(
        key="retry_max_wait",
        kind=Kind.INTEGER,
        place=Place.RETRIES,
        label=_("Longest wait"),
        minimum=0,
        unit="s",
        default=64,
        earlier={"0.9.3–0.24": 120, "0.25–0.50": 30},
        documented=120,
        help=_("No wait is longer than this."),
    )
    yield Field(
        key="retry_multiplier", kind=Kind.NUMBER, place=Place.RETRIES, label=_("Multiplier"), minimum=0,
        default=8, earlier={"0.9.3–0.24": 2, "0.25–0.50": 2}, documented=2,
        help=_("Scales 1 · 2 · 4 · 8 … seconds."),
    )  # fmt: skip


def _page_fields() -> Iterator[Field]:
    """What OpenHands' LLM page names as settable by environment only."""
    yield Field(
        key="embedding_model",
        kind=Kind.TEXT,
        ours=True,
        label=_("Embedding model"),
        help=_("Up to 0.28 only, by environment. Kept by llm-setup: in [llm] it would void the section."),
    )
    yield Field(
        key="embedding_deployment_name",
        kind=Kind.TEXT,
        ours=True,
        label=_("Embedding depl."),
        help=_("Azure, up to 0.28 only, by environment. Kept by llm-setup as well."),
    )
    yield Field(
        key="drop_params",
        kind=Kind.SWITCH,
        label=_("Drop parameters"),
        default=True,
        help=_("Leave out what the model does not support instead of failing."),
    )
    yield Field(
        key="disable_vision",
        kind=Kind.SWITCH,
        label=_("Disable vision"),
        help=_("Send no images, also to a model that could see them; it saves tokens."),
    )
    yield Field(
        key="caching_prompt", kind=Kind.SWITCH, label=_("Prompt caching"), default=True,
        earlier={"0.9.0–0.9.6": False},
        help=_("Let the provider keep the prompt; cached tokens cost less."),
    )  # fmt: skip


def _answer_fields() -> Iterator[Field]:
    yield Field(
        key="temperature",
        kind=Kind.NUMBER,
        label=_("Temperature"),
        default=0.0,
        minimum=0,
        maximum=2,
        help=_("0 for the likeliest answer, higher for more variety."),
    )
    yield Field(
        key="top_p",
        kind=Kind.NUMBER,
        label=_("Top p"),
        default=1.0,
        minimum=0,
        maximum=1,
        help=_("Takes only the likeliest tokens that make up this share."),
    )
    yield Field(
        key="top_k",
        kind=Kind.NUMBER,
        label=_("Top k"),
        minimum=0,
        since="0.39",
        help=_("Takes only so many of the likeliest tokens."),
    )
    yield Field(
        key="seed",
        kind=Kind.INTEGER,
        label=_("Seed"),
        since="0.30",
        help=_("The same seed asks for the same answer, where the provider can."),
    )
    yield Field(
        key="reasoning_effort",
        kind=Kind.CHOICE,
        label=_("Reasoning effort"),
        choices=("low", "medium", "high", "none"),
        since="0.21",
        earlier={"0.23–0.50": "high"},
        help=_("How long a reasoning model may think."),
    )
    yield Field(
        key="max_output_tokens",
        kind=Kind.INTEGER,
        label=_("Longest answer"),
        unit="tok",
        minimum=1,
        help=_("Empty: the model's own limit."),
    )
    yield Field(
        key="max_input_tokens",
        kind=Kind.INTEGER,
        label=_("Longest prompt"),
        unit="tok",
        minimum=1,
        help=_("Empty: the model's own limit."),
    )
    yield Field(
        key="max_message_chars",
        kind=Kind.INTEGER,
        label=_("Longest message"),
        default=30000,
        earlier={"0.9–0.11": 10000},
        minimum=1,
        help=_("Characters of one message; longer ones are cut in the middle."),
    )
    yield Field(
        key="timeout", kind=Kind.INTEGER, label=_("Time limit"), unit="s", minimum=1,
        help=_("Of one request. Empty: litellm's 6,000 s."),
    )  # fmt: skip


def _behaviour_fields() -> Iterator[Field]:
    yield Field(
        key="native_tool_calling",
        kind=Kind.SWITCH,
        label=_("Native tools"),
        since="0.19",
        help=_("Empty: OpenHands decides by the model."),
    )
    yield Field(
        key="modify_params",
        kind=Kind.SWITCH,
        label=_("Modify parameters"),
        default=True,
        since="0.16.1",
        help=_("Let litellm fix a request that the provider would refuse."),
    )
    yield Field(
        key="disable_stop_word",
        kind=Kind.SWITCH,
        label=_("No stop words"),
        default=False,
        since="0.53",
        help=_("For models that refuse stop words."),
    )
    yield Field(
        key="for_routing",
        kind=Kind.SWITCH,
        label=_("For routing"),
        default=False,
        since="0.56",
        help=_("This group is a target of OpenHands' model routing."),
    )
    yield Field(
        key="correct_num",
        kind=Kind.INTEGER,
        label=_("Corrections"),
        default=5,
        minimum=0,
        since="0.60",
        help=_("How often an answer that cannot be read is asked again."),
    )
    yield Field(
        key="safety_settings",
        kind=Kind.TABLES,
        label=_("Safety settings"),
        since="0.46",
        help=_("A list of tables, for Gemini and Mistral; edit it in the file."),
    )
    yield Field(
        key="completion_kwargs", kind=Kind.TABLES, label=_("Completion kwargs"),
        since="0.60",
        help=_("Only in a group: in [llm] itself OpenHands takes it for a group."),
    )  # fmt: skip


def _special_fields() -> Iterator[Field]:
    yield Field(
        key="custom_llm_provider",
        kind=Kind.TEXT,
        label=_("Custom provider"),
        help=_("litellm's provider id, where the model's name does not tell."),
    )
    yield Field(
        key="custom_tokenizer",
        kind=Kind.TEXT,
        label=_("Custom tokenizer"),
        since="0.15.3",
        help=_("A Hugging Face name, to count tokens with."),
    )
    yield Field(
        key="input_cost_per_token",
        kind=Kind.NUMBER,
        label=_("Cost in"),
        unit="$",
        minimum=0,
        help=_("Per token, for a model that litellm has no price of."),
    )
    yield Field(
        key="output_cost_per_token",
        kind=Kind.NUMBER,
        label=_("Cost out"),
        unit="$",
        minimum=0,
        help=_("Per token, for a model that litellm has no price of."),
    )
    yield Field(
        key="ollama_base_url",
        kind=Kind.TEXT,
        label=_("Ollama URL"),
        help=_("Only for OpenHands' list of models; requests go to the base URL."),
    )
    yield Field(
        key="openrouter_site_url",
        kind=Kind.TEXT,
        label=_("OpenRouter site"),
        default="https://docs.all-hands.dev/",
        help=_("Told to OpenRouter with each request."),
    )
    yield Field(
        key="openrouter_app_name",
        kind=Kind.TEXT,
        label=_("OpenRouter name"),
        default="OpenHands",
        help=_("Told to OpenRouter with each request."),
    )
    yield Field(
        key="log_completions",
        kind=Kind.SWITCH,
        label=_("Log completions"),
        default=False,
        help=_("Write every prompt and answer to a folder."),
    )
    yield Field(
        key="log_completions_folder", kind=Kind.TEXT, label=_("Log folder"),
        help=_("Where they are written."),
    )  # fmt: skip


FIELDS: Final[tuple[Field, ...]] = (
    *_key_fields(), *_model_fields(), *_retry_fields(), *_page_fields(), *_answer_fields(), *_behaviour_fields(),
    *_special_fields(),
)  # fmt: skip
BY_KEY: Final[dict[str, Field]] = {field.key: field for field in FIELDS}
SECRET_KEYS: Final = tuple(field.key for field in FIELDS if field.kind is Kind.SECRET)
"""OpenHands takes each of them for any provider."""


def at(place: Place) -> tuple[Field, ...]:
    """The fields that are edited on one step, in the order shown."""
    return tuple(field for field in FIELDS if field.place is place)


def option_fields() -> list[Field]:
    """Those of OpenHands' LLM page first, but for what few providers or old releases take; tables are not edited."""
    rare = [BY_KEY["api_version"], *(field for field in FIELDS if field.ours)]
    return [*(field for field in at(Place.OPTIONS) if field.kind is not Kind.TABLES and field not in rare), *rare]
