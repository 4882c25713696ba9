"""OpenHands' way from a config.toml to its settings, as releases 0.51 to 1.6 have it: `toml`, pydantic, one group after
another. Only what concerns `[llm]`."""

from collections.abc import Mapping
from typing import Any

import toml
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError


class LLMConfig(BaseModel):
    """Names, types and defaults of release 0.62."""

    model_config = ConfigDict(extra="forbid")

    model: str = "claude-sonnet-4-20250514"
    api_key: SecretStr | None = None
    base_url: str | None = None
    api_version: str | None = None
    aws_access_key_id: SecretStr | None = None
    aws_secret_access_key: SecretStr | None = None
    aws_region_name: str | None = None
    openrouter_site_url: str = "https://docs.all-hands.dev/"
    openrouter_app_name: str = "OpenHands"
    num_retries: int = 5
    retry_multiplier: float = 8
    retry_min_wait: int = 8
    retry_max_wait: int = 64
    timeout: int | None = None
    max_message_chars: int = 30_000
    temperature: float = 0.0
    top_p: float = 1.0
    top_k: float | None = None
    custom_llm_provider: str | None = None
    max_input_tokens: int | None = None
    max_output_tokens: int | None = None
    input_cost_per_token: float | None = None
    output_cost_per_token: float | None = None
    ollama_base_url: str | None = None
    drop_params: bool = True
    modify_params: bool = True
    disable_vision: bool | None = None
    disable_stop_word: bool | None = False
    caching_prompt: bool = True
    log_completions: bool = False
    log_completions_folder: str = ""
    custom_tokenizer: str | None = None
    native_tool_calling: bool | None = None
    reasoning_effort: str | None = None
    seed: int | None = None
    safety_settings: list[dict[str, str]] | None = None
    for_routing: bool = False
    correct_num: int = 5
    completion_kwargs: dict[str, Any] | None = None


class Refused(Exception):
    """OpenHands does not start with the file, or takes nothing of it."""


def load(text: str, environ: Mapping[str, str]) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """The settings of each group by OpenHands' name for it, and the groups that it dropped. Raises Refused."""
    try:
        data = toml.loads(text.replace("\r\n", "\n"))  # it opens the file as text
        groups, dropped = _groups(data["llm"]) if "llm" in data else ({"llm": LLMConfig()}, set())
        dict(data.get("core", {}).items())
    except (toml.TomlDecodeError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise Refused from error
    for name, value in environ.items():
        _set(groups["llm"], name.removeprefix("LLM_").lower(), value)
    return {name: _plain(group) for name, group in groups.items()}, dropped


def _groups(data: Any) -> tuple[dict[str, LLMConfig], set[str]]:
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    dropped = set()
    try:
        base = LLMConfig.model_validate({key: value for key, value in data.items() if key not in tables})
    except ValidationError:
        base = LLMConfig()
        dropped.add("llm")
    groups = {"llm": base}
    for name, table in tables.items():
        try:
            groups[name] = LLMConfig.model_validate({**base.model_dump(), **table})
        except ValidationError:
            dropped.add(f"llm.{name}")
    return groups, dropped


def _set(group: LLMConfig, name: str, value: str) -> None:
    """One environment variable, by the kind of field; pydantic is not asked here."""
    kinds = {int: int, float: float, bool: lambda text: text.lower() in ("true", "1"), str: str, SecretStr: SecretStr}
    wanted = next(kind for kind in kinds if kind.__name__ in str(LLMConfig.model_fields[name].annotation))
    if value:
        try:
            setattr(group, name, kinds[wanted](value))
        except ValueError:
            return


def _plain(group: LLMConfig) -> dict[str, Any]:
    return {
        key: value.get_secret_value() if isinstance(value, SecretStr) else value
        for key, value in group.model_dump().items()
    }
