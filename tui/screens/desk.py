"""The desk: the state of one run of the wizard, shared by its pages and jobs, and who is told when it changes."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from tui.base.errors import SetupError
from tui.credentials.keyring_client import Keyring
from tui.credentials.keyring_state import KeyringStatus
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.openhands.groups import table_path
from tui.openhands.targets.target import SERVER
from tui.widgets.steps import Journey, Step

if TYPE_CHECKING:
    from pathlib import Path

    from tui.base.secret import Secret
    from tui.catalog.live_list import NoList
    from tui.catalog.local_servers import LocalServer
    from tui.catalog.models import Catalogue
    from tui.credentials.identity import Credential
    from tui.drafts.live_lists import Answer, LiveLists
    from tui.handover.start import Launcher, Release
    from tui.openhands.targets.target import Target
    from tui.saving.other_files import OtherFile
    from tui.saving.transaction import Saved
    from tui.trial.plan import TrialResult
    from tui.trial.probe_client import Probe

T = TypeVar("T")


class Signal(Generic[T]):
    """Tells those who subscribed. Plain Python, and not Textual's: neither the desk nor a job needs an app."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], object]] = []

    def subscribe(self, listener: Callable[[T], object]) -> Callable[[], None]:
        """Call `listener`, which returns False where it had no use for it, until what is returned here is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, value: T) -> bool:
        """Tell it to all, in the order in which they came; whether anybody had a use for it."""
        heard = [listener(value) is not False for listener in [*self._listeners]]
        return any(heard)


@dataclass(frozen=True, slots=True)
class ListInquiry:
    """A provider is being asked for its models."""

    whose: "Credential"
    typed: "Secret | None"
    """The key that was typed for it."""
    host: str

    def is_for(self, draft: Draft) -> bool:
        """Whether the answer will do for `draft`."""
        return (self.whose, self.typed) == (draft.credential(), draft.typed_secret())


@dataclass
class Desk:
    """The state that pages and jobs share: they read it here, change it here by `put_…`, and subscribe to its signals.

    What is slow to come by, such as the catalogue, is None until it is there.
    """

    drafts: Drafts
    journey: Journey
    keyring: Keyring
    catalogue: "Catalogue | None" = None
    keyring_status: KeyringStatus | None = None
    servers: "Mapping[str, LocalServer]" = field(default_factory=dict)
    """Servers of this machine that answered, by provider."""
    asking: ListInquiry | None = None
    probe_started: "Probe | None" = None

    begun: tuple[Step, str] | None = None
    """What stood in a step's box when one was cut off; for the next opening of that step."""
    programs: "Sequence[Target]" = ()
    """Those that are set up, the one whose file is edited first; empty for config.toml alone."""
    alike: bool = False
    """Whether the next save makes the other programs' files say nothing else than the draft's."""
    remark: str = ""
    """What is to be known on Review; for the next opening of it."""
    last_save: "Saved | None" = None
    saved_along: "Sequence[OtherFile]" = ()
    """The further programs' files that the last save changed."""
    saved_groups: list[str] = field(default_factory=list)
    saved_words: str = ""
    """What was saved, in a sentence, for the next page to say."""
    last_trial: "TrialResult | None" = None
    """The last test."""
    start: "tuple[Launcher, Release] | None" = None
    """How OpenHands is started, as the last page showed it."""

    step_shown: Signal[Step] = field(default_factory=Signal)
    """It is on its way to the screen."""
    catalogue_came: Signal["Catalogue"] = field(default_factory=Signal)
    keyring_status_came: Signal[KeyringStatus] = field(default_factory=Signal)
    servers_came: Signal["Mapping[str, LocalServer]"] = field(default_factory=Signal)
    asking_changed: Signal[str] = field(default_factory=Signal)
    """The host that is being asked, "" for no longer."""
    list_came: Signal["Catalogue | NoList | None"] = field(default_factory=Signal)
    command_tried: Signal[str] = field(default_factory=Signal)
    """Why a command gave no key, "" for it gave one."""
    save_failed: Signal[SetupError] = field(default_factory=Signal)

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """The desk for one run of the wizard on the draft's file."""
        if "LLM_MODEL" in draft.config.data:
            from tui.drafts.repairs import take_over  # few files have that layout

            take_over(draft)
        return cls(Drafts(draft), Journey(first_run=draft.first_run), Keyring())

    @cached_property
    def lists(self) -> "LiveLists":
        """What providers said of their models."""
        from tui.drafts.live_lists import LiveLists

        return LiveLists()

    @property
    def others(self) -> "Sequence[Target]":
        """The programs whose files are saved along with the draft's: of a group, those that have a profile for it."""
        if self.draft.is_default:
            return self.programs[1:]
        from tui.openhands.targets.agent_server import NAME  # few have groups

        fits = NAME.fullmatch(table_path(self.draft.group)[-1])
        return [program for program in self.programs[1:] if program.name == SERVER and fits]

    @property
    def paths_saved_along(self) -> "list[Path]":
        """The further files that the last save changed."""
        return list(dict.fromkeys(each.update.before.path for each in self.saved_along))

    @property
    def draft(self) -> Draft:
        """The draft of the group at hand."""
        return self.drafts.current

    @property
    def probe(self) -> "Probe":
        """The probe, made on the first call; making it starts nothing yet."""
        if self.probe_started is None:
            from tui.trial.probe_client import Probe

            self.probe_started = Probe()
        return self.probe_started

    @property
    def live(self) -> "Catalogue | NoList | None":
        """The models of the draft's provider with its own list, why there is none, None when it was not asked yet."""
        return self.lists.of(self.draft, self.catalogue) if self.catalogue else None

    @property
    def asked_host(self) -> str:
        """The host that is being asked for the draft at hand; "" for none."""
        return self.asking.host if self.asking and self.asking.is_for(self.draft) else ""

    async def warm_probe(self) -> None:
        """Start the probe, so that it has loaded litellm by the time that the test is reached."""
        await self.probe.start()

    async def close(self) -> None:
        """No process of ours outlives us."""
        probe = self.probe_started
        await asyncio.gather(self.keyring.close(), *([probe.close()] if probe else []))

    # -- what comes

    def put_catalogue(self, catalogue: "Catalogue") -> None:
        """It was read, or a newer one."""
        self.catalogue = catalogue
        self.catalogue_came.publish(catalogue)

    def put_keyring_status(self, status: KeyringStatus) -> None:
        """What the keyring is like now."""
        self.keyring_status = status
        self.keyring_status_came.publish(status)

    def put_servers(self, servers: "Mapping[str, LocalServer]") -> None:
        """Those that answered on this machine."""
        self.servers = servers
        self.servers_came.publish(servers)

    def put_asking(self, asking: ListInquiry | None) -> None:
        """A provider is being asked, or no longer."""
        self.asking = asking
        self.asking_changed.publish(self.asked_host)

    def put_answer(self, whose: "Credential", answer: "Answer", key: "Secret | None") -> None:
        """What came of asking with `key`; None for without."""
        self.asking = None
        self.lists.put(whose, answer, key)
        self.list_came.publish(self.live)
