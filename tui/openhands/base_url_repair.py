"""A base URL as its provider needs it, from what somebody typed or copied."""

import re
from string import whitespace
from typing import Final
from urllib.parse import urlsplit

from tui.base.network import is_loopback
from tui.base.translation import _, together
from tui.catalog.providers import Provider
from tui.openhands.base_url import WITH_V1, WITHOUT_V1, call_at_end, names_user, no_address
from tui.openhands.fields import BY_KEY
from tui.openhands.misplaced_keys import is_misplaced_key

_AROUND = "\"'`“”‘’<>" + whitespace
IN_CONTAINERS = "host.docker.internal"
_SCHEME: Final = re.compile(r"https?[:;/\\]|[^/]*://", re.IGNORECASE)
"""A beginning that is, or was meant to be, a scheme: putting another one in front would hide the slip."""

_QUERY: Final = re.compile(r"[?#].*", re.DOTALL)
_AZURE_ENDS: Final = _("The path was taken off: Azure's base URL ends with the host.")


def repaired(url: str, provider: Provider) -> tuple[str, str]:
    """`url` with what is surely meant, and what was changed in a sentence; "" when nothing, or only spaces around it.

    What cannot be told stays as it was typed: `no_address` says what is wrong with it.
    """
    if is_misplaced_key(BY_KEY["base_url"], url):
        return url, ""
    bare = url.strip(_AROUND)
    host = _QUERY.sub("", bare) if provider.id == "azure" else bare
    full = host if not host or _SCHEME.match(host) else _scheme_for(host) + host
    if not full or no_address(full) or names_user(full) or "#" in full:
        return bare, ""
    said = [] if full == host else [_("{scheme} was put in front.").format(scheme=full[: len(full) - len(host)])]
    short = full.rstrip("/")
    call = call_at_end(short, provider)
    if call:
        short = short.removesuffix(f"/{call}").rstrip("/")
        said.append(_("/{path} was taken off: litellm adds it itself.").format(path=call))
    short, more = _end(short, provider)
    if host != bare and not more:
        more = _AZURE_ENDS
    return short, together(*said, more)


def container_note(url: str) -> str:
    """What is to be known of a name that only containers have, "" for any other."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    if host != IN_CONTAINERS:
        return ""
    return _("{host} is known inside containers only: the test here will not find it.").format(host=host)


def for_container(url: str) -> str:
    """The same address as a container calls it, "" where that is no other one."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not is_loopback(host) or parts.username or parts.password:
        return ""
    return parts._replace(netloc=f"{IN_CONTAINERS}:{port}" if port else IN_CONTAINERS).geturl()


def _scheme_for(bare: str) -> str:
    """Names without a dot, this machine and plain numbers are rarely behind a certificate."""
    try:
        host = urlsplit(f"//{bare}").hostname or ""
    except ValueError:
        return "https://"
    plain = "." not in host or host.replace(".", "").isdigit() or host == IN_CONTAINERS
    return "http://" if plain else "https://"


def _end(url: str, provider: Provider) -> tuple[str, str]:
    path = urlsplit(url).path
    if provider.id in WITHOUT_V1 and path.endswith("/v1"):
        return url.removesuffix("/v1"), _("/v1 was taken off: litellm adds it itself.")
    if provider.id in WITH_V1 and not path:
        return f"{url}/v1", _("/v1 was added: the base URL of {name} ends with it.").format(name=provider.name)
    if provider.id == "azure" and path:
        return url.removesuffix(path), _AZURE_ENDS
    return url, ""
