"""By which names a model of Bedrock's can be called from a region: `eu.` and others serve their part of the world.

Source: AWS, "Supported Regions and models for inference profiles".
"""

from collections.abc import Mapping
from typing import Final

_SERVES: Final[Mapping[str, tuple[str, ...]]] = {
    "us": ("us-east-", "us-west-", "ca-"),
    "us-gov": ("us-gov-",),
    "eu": ("eu-",),
    "apac": ("ap-",),
    "au": ("ap-southeast-2", "ap-southeast-4"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
    "in": ("ap-south-",),
    "global": ("us-east-", "us-west-", "ca-", "eu-", "ap-", "sa-", "me-", "af-", "il-", "mx-"),
}
"""By profile, how the regions begin that can use it."""


def serves(name: str, region: str) -> bool:
    """Whether `name`, without `bedrock/`, can be called from `region`; True where either is not known."""
    regions = _SERVES.get(name.partition(".")[0])
    return not region or regions is None or region.startswith(regions)
