"""What was typed and not saved, on its way to the disk and back; never a secret."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from tui.base.translation import _
from tui.catalog.providers import Provider, with_id
from tui.config_file.mask import mask
from tui.credentials.identity import Credential
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.openhands.field import Field
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import DEFAULT
from tui.openhands.misplaced_keys import holds_no_key, may_be_value
from tui.openhands.routes import provider_in
from tui.openhands.targets.further import FURTHER

# -- what must not be written to a draft on the disk: text that may be, or hold, a secret


def may_be_kept(text: str) -> bool:
    """Whether a text of no setting, such as the test's prompt, may go to the disk: no word of it may be a key."""
    return mask(text) == text and holds_no_key(text)


def setting_may_be_kept(key: str, text: str) -> bool:
    """Whether the text of a setting may go there: only where it can be the setting's value."""
    return mask(text) == text and may_be_value(BY_KEY[key], text)


FORMAT = 1


@dataclass(frozen=True, slots=True)
class Position:
    """Where in the wizard somebody is."""

    step: str
    passed: tuple[str, ...] = ()
    begun: str = ""
    """What stands in the box for asking on the Test step. What is searched for is not kept: it may be a key."""


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """One setting that is another one in the file than when it was stopped; texts as shown, "" for none."""

    group: str
    field: Field
    before: str
    now: str
    mine: str | None
    """What was typed for it, which stays; None where nothing was, and the file's is taken."""


@dataclass(frozen=True, slots=True)
class UnfinishedDraft:
    """What one run of the wizard left unfinished."""

    at: datetime
    where: Position
    group: str
    not_kept: tuple[str, ...]
    """Labels of what may have held a secret: it has to be typed again."""
    key: bool
    """Whether a key was typed, which is never written: it has to be typed again."""
    groups: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, data: bytes) -> Self | None:
        """From the disk; None for what is damaged, of another release, or holds nothing that was typed."""
        try:
            said = json.loads(data)
            if said["format"] != FORMAT or not said["input"]:
                return None
            where = Position(str(said["step"]), tuple(map(str, said["passed"])), str(said["begun"]))
            groups = {str(group): _checked(notes) for group, notes in said["groups"].items()}
            at = datetime.fromisoformat(said["at"]).astimezone()
            return cls(at, where, str(said["group"]), tuple(map(str, said["not_kept"])), bool(said["key"]), groups)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def drafts(self, now: Draft) -> Drafts:
        """Drafts of the file as it is `now`, with what was typed."""
        drafts = Drafts(Draft(now.config, now.own, now.environ))
        for group, notes in self.groups.items():
            _restore(drafts.open(group), notes)
        drafts.open(self.group if self.group in self.groups else DEFAULT)
        return drafts

    def meanwhile(self, drafts: Drafts) -> list[ChangedSetting]:
        """What others changed in the file since, given the drafts that go on from it."""
        return [
            found
            for draft in drafts.opened
            if draft.group in self.groups
            for found in _differences(draft, self.groups[draft.group])
        ]


def written(drafts: Drafts, where: Position, config: str, *, now: datetime | None = None) -> bytes:
    """What goes to the disk. The moment is of the minute, so that the same state gives the same bytes for a while."""
    at = (now or datetime.now(tz=UTC)).replace(second=0, microsecond=0)
    key = any(draft.holds_secrets for draft in drafts.opened)
    lost = list(dict.fromkeys(label for draft in drafts.opened for label in _not_kept(draft)))
    begun = where.begun if may_be_kept(where.begun) else ""
    said = {
        "format": FORMAT,
        "config": config,
        "at": at.isoformat(),
        "input": bool(where.begun) or any(map(has_input, drafts.opened)),
        "step": where.step,
        "passed": sorted(where.passed),
        "begun": begun,
        "group": drafts.current.group,
        "key": key,
        "not_kept": lost,
        "groups": {draft.group: _notes(draft) for draft in drafts.opened},
    }
    return json.dumps(said, indent=1, ensure_ascii=False).encode(errors="replace")


def has_input(draft: Draft) -> bool:
    """Whether anything was chosen or typed that is not in the files."""
    chosen = draft.provider_is_new or draft.store not in (None, draft.remembered_store)
    return bool(chosen or draft.holds_secrets or _typed(draft) or draft.dirty)


def _typed(draft: Draft) -> list[str]:
    return [key for key, text in draft.texts.items() if text != draft.loaded[key]]


def _not_kept(draft: Draft) -> Iterator[str]:
    yield from (BY_KEY[key].label for key in _typed(draft) if not setting_may_be_kept(key, draft.texts[key]))
    yield from (FURTHER[key].label for key in draft.further.edited())
    if not all(_command_may_be_kept(credential, text) for credential, text in _new_commands(draft).items()):
        yield _("Command")


def _new_commands(draft: Draft) -> dict[Credential, str]:
    """Those that are not saved, for whichever provider and origin."""
    return {
        credential: text
        for credential, text in draft.commands.items()
        if text.strip() != draft.own.commands_of(credential.service).get(credential.name, "")
    }


def _command_may_be_kept(credential: Credential, text: str) -> bool:
    return may_be_kept(text) and may_be_kept(credential.origin or "")


def _notes(draft: Draft) -> dict[str, Any]:
    return {
        "provider": draft.provider.id if draft.provider else "",
        "store": str(draft.store or draft.wanted_store or ""),
        "key": draft.holds_secrets,
        "variable": draft.variable,
        "accepted": draft.retries_accepted,
        "typed": _kept({key: draft.texts[key] for key in _typed(draft)}),
        "base": _kept({key: text for key, text in draft.loaded.items() if text}),
        "left": {provider: _kept(texts) for provider, texts in draft.left.items()},
        "commands": [
            [credential.provider, credential.origin, credential.name, text]
            for credential, text in _new_commands(draft).items()
            if _command_may_be_kept(credential, text)
        ],
        "dropped": sorted(filter(may_be_kept, draft.dropped)),
    }


def _kept(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if setting_may_be_kept(key, text)}


def _checked(notes: Mapping[str, Any]) -> dict[str, Any]:
    """Notes from the disk, made to be of the right shape. Raises what a wrong shape makes Python raise."""
    return {
        **{key: str(notes[key]) for key in ("provider", "store", "variable")},
        **{key: bool(notes[key]) for key in ("key", "accepted")},
        **{key: _texts(notes[key]) for key in ("typed", "base")},
        "left": {str(provider): _texts(texts) for provider, texts in notes["left"].items()},
        # not in what an earlier release left
        "commands": {
            Credential(str(provider), None if origin is None else str(origin), str(name)): str(text)
            for provider, origin, name, text in notes.get("commands", ())
        },
        "dropped": {*map(str, notes.get("dropped", ()))},
    }


def _texts(texts: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(text) for key, text in texts.items() if key in BY_KEY}


def _restore(draft: Draft, notes: Mapping[str, Any]) -> None:
    draft.texts.update({key: text for key, text in notes["typed"].items() if key in draft.texts})
    draft.provider = _provider(notes["provider"]) or draft.provider
    draft.retries_accepted = notes["accepted"]
    draft.left = {provider: dict(texts) for provider, texts in notes["left"].items()}
    draft.variable = notes["variable"]
    draft.commands = dict(notes["commands"])
    draft.dropped = notes["dropped"] & set(draft.unknown_keys)
    store = Store(notes["store"]) if notes["store"] in set(Store) else None
    if notes["key"]:
        draft.wanted_store = store  # for the key that is typed again; until then there is nothing to keep
    else:
        draft.store = store


def _provider(named: str) -> Provider | None:
    known = with_id(named)
    return known or (provider_in({"model": f"{named}/", "custom_llm_provider": named}) if named else None)


def _differences(draft: Draft, notes: Mapping[str, Any]) -> Iterator[ChangedSetting]:
    for key, now in draft.loaded.items():
        before = notes["base"].get(key, "")
        mine = draft.texts[key] if key in notes["typed"] else None
        if before != now != mine and setting_may_be_kept(key, now):
            yield ChangedSetting(draft.group, BY_KEY[key], before, now, mine)
