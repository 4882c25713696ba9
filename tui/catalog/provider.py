"""What the wizard knows of one provider."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """One field that the Key step asks for."""

    key: str
    """The TOML key of `[llm]`: "base_url", "api_version", "aws_region_name", "api_key" …"""
    required: bool
    example: str = ""
    """Shown while the field is empty."""
    works: bool = False
    """Whether the example is a working default, which Enter in the empty field takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One row of the Provider step. Pages are written without https://."""

    id: str
    """Ours for the first-class ones that litellm has no name for, litellm's for the rest."""
    name: str
    prefix: str
    """What its models are written with, slash included."""
    family: str = ""
    """The models of the catalogue that it lists; "" = none, every id is typed."""
    needs: tuple[Need, ...] = ()
    """In the order in which they are asked: endpoint, version or region, key."""
    key_variable: str = ""
    """The provider's own environment variable that litellm falls back on; "" where a key must not come from there."""
    key_page: str = ""
    key_prefix: str = ""
    limits_page: str = ""
    """Where its rate limits are told."""
    spending_page: str = ""
    """Where a spending limit is set, or at least the bill is seen."""
    docs: str = ""
    note: str = ""
    """One or two sentences: what it is, and its trap."""
    default_base_url: str = ""
    """Where requests go when none is set; "" where that depends on a region, or one must be set."""
    costs: bool = True
    """False for what runs on the user's own machine."""
    needs_environment: tuple[str, ...] = ()
    """Variables without which no call can be made, and for which `[llm]` has no field."""
    words: str = ""
    """More words that it is found by."""

    @property
    def listed_as(self) -> str:
        """Under which family its models stand: also those of a provider that only its own list can tell."""
        return self.family or self.id
