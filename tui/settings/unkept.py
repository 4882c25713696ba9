"""What must not be written to a draft on the disk: text that may be, or hold, a secret."""

import re
from typing import Final

from tui.config_file.masking import mask

_RUN: Final = re.compile(r"(?=[A-Za-z_]*\d)(?=\d*[A-Za-z])[A-Za-z0-9_]{24,}")
"""Letters and digits without a break, as in keys of a form that is not known; names of models have dashes and dots."""


def may_be_kept(text: str) -> bool:
    """Whether `text` may go to the disk: no known form of a key, no password in a URL, nothing that looks random."""
    return mask(text) == text and not _RUN.search(text)
