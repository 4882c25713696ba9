"""What else can be told of a failure: from the key, the address, the model's name and the machine."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.base.key_shapes import provider_by_key
from tui.base.network import is_loopback
from tui.catalog.providers import with_id
from tui.trial.probe_order import REHEARSED, ProbeOrder
from tui.trial.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.catalog.models import Catalogue

CONTAINER_MARKS: Final = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman put into every container."""
_OF_AWS: Final = frozenset({"bedrock", "bedrock_converse", "sagemaker", "sagemaker_chat"})
_OTHER_NAMES: Final = {"max_tokens": "max_output_tokens", "max_completion_tokens": "max_output_tokens"}
_NAMABLE: Final = ("temperature", "top_p", "top_k", "seed", "reasoning_effort", "safety_settings", "api_version")


def other_owner(order: ProbeOrder) -> str:
    """The name of the provider that the key looks like one of, when that is another than the one called; else ""."""
    if not order.has_key or order.base_url:
        return ""
    id_ = provider_by_key(order.secrets["api_key"].reveal())
    owner = with_id(id_)
    return owner.name if owner and owner.family != order.family else ""


def near_models(order: ProbeOrder, catalogue: "Callable[[], Catalogue | None]") -> list[str]:
    """Up to three other models of the provider, still in service, with names near the one that it does not have."""
    if order.base_url or order.family == "azure":
        return []  # whoever runs the server names the models
    known = catalogue()
    if known is None:
        return []
    called = order.called_model.partition("/")[2]
    names = [model.name for model in known.of(order.family) if not model.retired(known.today)]
    return get_close_matches(called, [name for name in names if name != called], n=3, cutoff=0.6)


def is_own_container(order: ProbeOrder) -> bool:
    """Whether the address is this machine's own, and the machine a container."""
    return order.model != REHEARSED and is_loopback(order.host) and any(mark.exists() for mark in CONTAINER_MARKS)


def is_name_of_containers(order: ProbeOrder) -> bool:
    """Whether the host's name is one that Docker gives to containers, and this is none."""
    return order.host.endswith(".docker.internal") and not any(mark.exists() for mark in CONTAINER_MARKS)


def lack_of_credentials(order: ProbeOrder) -> str:
    """The reason where a cloud's credentials are missing, which are no API key; "" for other providers."""
    if order.family.startswith("vertex_ai"):
        return "no-google-credentials"
    return (half_of_a_pair(order) or "no-aws-keys") if order.family in _OF_AWS else ""


def half_of_a_pair(order: ProbeOrder) -> str:
    """The reason where one of AWS' two keys is there and the other is not; "" else.

    litellm leaves out the one without a word, and goes by the role of the machine.
    """
    if order.family not in _OF_AWS:
        return ""
    access, secret = (
        len(order.secrets[name]) > 0 if name in order.secrets else False
        for name in ("aws_access_key_id", "aws_secret_access_key")
    )
    return "" if access == secret else "no-secret-key" if access else "no-access-key"


def is_daily(reply: Reply) -> bool:
    """Whether a quota is one for a day, and not the account's."""
    return re.search(r"per.?day|\b(RPD|TPD)\b|daily", f"{reply.message} {reply.words}", re.IGNORECASE) is not None


def filters_in(words: str) -> str:
    """Azure's filters that stopped a prompt, by their names in `words` of a body; "" where it names none."""
    return ", ".join(dict.fromkeys(re.findall(r"\b(\w+)\.filtered: True", words)))


def named_setting(said: str) -> str:
    """The setting that a refusal names; "" for none."""
    if re.search("api.?version", said, re.IGNORECASE):
        return "api_version"
    names = _OTHER_NAMES | {key: key for key in _NAMABLE}
    return next((key for name, key in names.items() if re.search(rf"\b{name}\b", said)), "")
