"""What must not be written to a draft on the disk: text that may be, or hold, a secret."""

from tui.config_file.masking import mask
from tui.settings.fields import BY_KEY
from tui.settings.misplaced import holds_no_key, may_be_value


def may_be_kept(text: str) -> bool:
    """Whether a text of no setting, such as the test's prompt, may go to the disk: no word of it may be a key."""
    return mask(text) == text and holds_no_key(text)


def setting_may_be_kept(key: str, text: str) -> bool:
    """Whether the text of a setting may go there: only where it can be the setting's value."""
    return mask(text) == text and may_be_value(BY_KEY[key], text)
