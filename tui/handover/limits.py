"""What a key that is handed over does not reach, and what keeps it from being used at all."""

import shlex
from collections.abc import Iterator

from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.variables import led_elsewhere
from tui.credentials.identity import origin_of
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.handover.environment import tables_left_out
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import DEFAULT, group_ids, header, own_keys, path_of
from tui.saving.consent import in_the_clear


def limits(draft: Draft) -> list[str]:
    """One sentence for each."""
    others = [led_elsewhere(draft), in_the_clear(draft), _tables(draft)]
    return [*_shadows(draft), *_groups_left_out(draft), *filter(None, others)]


def _tables(draft: Draft) -> str:
    """What is not handed over, since no variable can hold it."""
    names = ", ".join(tables_left_out(draft))
    words = _("{names} is not handed over: it holds a value that no environment variable can, such as a date.")
    return words.format(names=names) if names else ""


def _shadows(draft: Draft) -> Iterator[str]:
    """Keys that are kept, and not used because the environment has others."""
    if draft.remembered_store in (None, Store.ENVIRONMENT):
        return
    for key in draft.secret_keys():
        if draft.secret_in_environment(key):
            words = _("{name} is set in this environment and wins over the key that is kept for {where}.")
            where = clean(origin_of(draft.base_url) or draft.provider.name if draft.provider else "", limit=120)
            yield words.format(name=BY_KEY[key].variable, where=where)


def _groups_left_out(draft: Draft) -> Iterator[str]:
    """The environment reaches `[llm]` alone: groups have their keys from the file, or none."""
    kept = draft.is_default and draft.secret_keys() and not own_keys(draft.config, DEFAULT).get("api_key")
    groups = group_ids(draft.config)[1:] if kept else ()
    left_out = [group for group in groups if not own_keys(draft.config, group).get("api_key")]
    if left_out:
        names = ", ".join(header(group) for group in left_out)
        words = _("The key reaches [llm] only: OpenHands takes keys of {groups} from config.toml.")
        hint = _("To start with such a group in the place of [llm]: llm-setup exec --group {name} -- COMMAND")
        yield (
            words.format(groups=names) + " " + hint.format(name=shlex.quote(clean(path_of(left_out[0])[-1], limit=60)))
        )
