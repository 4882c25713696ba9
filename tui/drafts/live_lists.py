"""What providers answered when they were asked for their models, for as long as the program runs."""

from collections.abc import Sequence

from tui.base.secret import Secret
from tui.catalog.listed_models import Listed, with_list
from tui.catalog.live_list import NoList
from tui.catalog.models import Catalogue
from tui.credentials.identity import Credential
from tui.drafts.draft import Draft

Answer = Sequence[Listed] | NoList


class LiveLists:
    """By provider and origin. An answer to one key is none to another."""

    def __init__(self) -> None:
        self._answers: dict[Credential, tuple[Answer, Secret | None]] = {}
        self._merged: dict[Credential, Catalogue] = {}

    def put(self, whose: Credential, answer: Answer, key: Secret | None) -> None:
        """Remember what came of asking with `key`; None for without."""
        self._answers[whose] = answer, key
        self._merged.pop(whose, None)

    def answer(self, draft: Draft) -> Answer | None:
        """What the draft's provider said to the draft's key; None when it was not asked yet."""
        answer, key = self._answers.get(draft.credential(), (None, None))
        return None if _is_to_another_key(key, draft.typed_secret()) else answer

    def of(self, draft: Draft, catalogue: Catalogue) -> Catalogue | NoList | None:
        """The provider's models with its own list, why there is none, or None when it was not asked yet."""
        whose, answer = draft.credential(), self.answer(draft)
        if answer is None or isinstance(answer, NoList) or draft.provider is None:
            return answer if isinstance(answer, NoList) else None
        if whose not in self._merged:
            self._merged[whose] = with_list(catalogue, draft.provider, answer)
        return self._merged[whose]


def _is_to_another_key(key: Secret | None, typed: Secret | None) -> bool:
    return key is not None and typed is not None and key != typed
