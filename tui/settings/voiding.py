"""The one sentence about a table that OpenHands drops, with the key that makes it do so."""

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.reading import ConfigText
from tui.settings.draft import Draft
from tui.settings.groups import DEFAULT, culprits, header, path_of


def insist_on_taken(draft: Draft) -> None:
    """Raise SetupError where OpenHands drops the group, or the `[llm]` that it inherits from.

    Then it would start without model and key, or with those of others: nothing of it is tried or handed over.
    """
    for group in dict.fromkeys((DEFAULT, draft.group)):
        if keys := culprits(draft.config, group):
            raise SetupError(_sentence(draft.config, group, keys[0]), _("llm-setup check says what to write there."))


def dropped(draft: Draft) -> str:
    """What is said beside what a draft amounts to when OpenHands will drop the group, "" when it takes it."""
    config = draft.outlook()
    keys = culprits(config, draft.group)
    if not keys:
        return ""
    words = _("OpenHands drops all of {group} because of {key}, and takes these instead.")
    return words.format(group=header(draft.group), key=clean(keys[0], limit=60))


def _sentence(config: ConfigText, group: str, key: str) -> str:
    words = _("{path}, line {line}: because of {key} OpenHands drops all of {group}, its model and key included.")
    line = config.line(*path_of(group), key) or config.line(*path_of(group))
    return words.format(path=clean(tilde(config.path)), line=line, key=clean(key, limit=60), group=header(group))
