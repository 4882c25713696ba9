"""A JSON file in which another program keeps its LLM, with whatever else: read and changed as if that were `[llm]`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.content import Broken
from tui.config_file.json_document import JsonText, corrupt_hint
from tui.config_file.json_source import REMOVED, rewrite_json
from tui.openhands.fields import RETRY_KEYS, SECRET_KEYS
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.further import CONFIDENTIAL, SESSION, covered
from tui.openhands.targets.schema import default, fault, further, known, settable, takes_null

REDACTED: Final = "**********"
"""What these programs take for no key: their own dots."""
TOKEN: Final = "gAAAAA"  # noqa: S105 - how a Fernet token begins
"""A key that a program encrypted; one that does not have the key to it sends it to the provider as it stands."""
Names = tuple[str, ...]
SECRETS: Final = frozenset({*SECRET_KEYS, SESSION})
KEYS_IN: Final = SECRETS | CONFIDENTIAL
"""The settings that a key may stand in."""


@dataclass(frozen=True)
class LlmFile(JsonText):
    """The file. `data` is what of its LLM belongs to the Field table, as if it stood in a config.toml."""

    private: ClassVar[bool] = True
    at: ClassVar[Names]
    """Where the LLM stands."""
    program: ClassVar[str]
    """What reads it, for sentences: "the OpenHands CLI"."""
    newest: ClassVar[Mapping[Names, int]]
    """The newest versions of its schema that we know, by the object that names them."""
    decrypts: ClassVar[bool] = False
    """Whether its program reads keys that it encrypted itself."""
    whole: dict[str, Any] = field(default_factory=dict, repr=False, kw_only=True)
    """All of it."""

    @property
    def everything(self) -> Mapping[str, Any]:
        """All that the file says."""
        return self.whole

    @classmethod
    def of(cls, path: Path, text: str, *, exists: bool = True) -> Self:
        """What `text` says. Raises Broken."""
        plain = JsonText.of(path, text, exists=exists)
        llm = _object(plain, cls.at)
        here = llm is not None and exists
        llm = llm or {}
        has = known(cls.kind)
        null = {key: None for key in has if llm.get(key, 0) is None and takes_null(key, cls.kind)}
        return cls(
            path, text, exists, {DEFAULT: cls._settings(llm)} if here else {},
            defaults={key: default(key, cls.kind) for key in has} | null,
            refused=frozenset(key for key in has if key in llm and fault(key, llm[key], cls.kind)), whole=plain.data,
            encrypted=frozenset(key for key in SECRETS if cls._is_encrypted(key, llm.get(key))),
        )  # fmt: skip

    @classmethod
    def _settings(cls, llm: Mapping[str, Any]) -> dict[str, Any]:
        """What counts of it: null, the program's own dots and what it alone can read are no values."""
        given = {key: value for key, value in llm.items() if key in known(cls.kind)}
        return {key: value for key, value in given.items() if not cls._is_none(key, value)}

    @classmethod
    def _is_none(cls, key: str, value: Any) -> bool:
        nothing = value is None and takes_null(key, cls.kind)
        return nothing or value == REDACTED or cls._is_encrypted(key, value)

    @classmethod
    def _is_encrypted(cls, key: str, value: Any) -> bool:
        return cls.decrypts and key in SECRETS and isinstance(value, str) and value.startswith(TOKEN)

    @property
    def further(self) -> Mapping[str, Any]:
        """What it says of the settings beside the Field table, as they may be handled: keys in them are secrets."""
        here = {key: self.llm.get(key) for key in further(self.kind)}
        return {key: covered(key, value) for key, value in here.items() if value and not self._is_none(key, value)}

    @property
    def llm(self) -> Mapping[str, Any]:
        """The LLM as it stands there; empty where there is none."""
        return _object(self, self.at) or {}

    def line(self, *names: str) -> int | None:
        """The line of that path; below `llm`, of the LLM's own settings wherever they stand."""
        if names[:1] == (DEFAULT,) and self.at != (DEFAULT,):
            names = (*self.at, *names[1:])
        return super().line(*names) if names else None

    def copies(self) -> Sequence[Names]:
        """Where the same LLM stands once more."""
        return ()

    def follows(self, copy: Names, key: str) -> bool:
        """Whether a change of `key` is one of that copy's, too: it has the same value there."""
        return self.llm.get(key) == (_object(self, copy) or {}).get(key)

    def smallest(self, llm: Mapping[str, Any]) -> dict[str, Any]:
        """A new file with these settings: what works, and no more."""
        raise NotImplementedError

    def newer(self) -> tuple[Names, str] | None:
        """The place and the version of a schema that is newer than all that we know."""
        for place, most in self.newest.items():
            version = (_object(self, place) or {}).get("schema_version")
            if not _is_known(version, most, top=not place):
                return (*place, "schema_version"), str(version)
        return None

    def require_known_schema(self) -> None:
        """Raise SetupError for a file that a newer program wrote."""
        if found := self.newer():
            message = _("{path} has the schema version {version}, which {program} does not know.")
            path, version = clean(tilde(self.path)), clean(found[1], limit=20)
            raise SetupError(
                message.format(path=path, version=version, program=self.program),
                _("A newer program wrote it, and nothing was changed in it. Use that program's own settings."),
            )

    def rewritten(
        self,
        edits: Mapping[Names, Mapping[str, Any]],
        *,
        ensure: Sequence[Names] = (),  # noqa: ARG002 - nothing is ensured, and nothing has an order
        together: Sequence[Names] = (),  # noqa: ARG002
    ) -> str:
        """The text with `edits` of `llm` in it, None for a setting that goes; its copies follow.

        Settings that the program does not have are left out. Raises SetupError.
        """
        has = settable(self.kind)
        wanted = {key: value for key, value in edits.get((DEFAULT,), {}).items() if key in has or value is None}
        if not self.exists:
            return _new_text(self, wanted)
        self.require_known_schema()
        changes = {key: REMOVED if value is None else value for key, value in wanted.items()}
        along = {copy: {k: v for k, v in changes.items() if self.follows(copy, k)} for copy in self.copies()}
        return rewrite_json(self.text, {self.at: changes, **along})


def _is_known(version: Any, most: int, *, top: bool) -> bool:
    """As the programs judge it: at the top of a file, whatever counts as nothing is none."""
    if type(version) is not int:
        return version is None or (top and most >= 0 and not version)
    return version <= most and (top or version >= 0)


def ordered(llm: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as a new file has them: the model first, and the four of the retries together at the end."""
    keys: Iterable[str] = ["model", *sorted(llm.keys() - {"model", *RETRY_KEYS}), *RETRY_KEYS]
    return {key: llm[key] for key in keys if llm.get(key) is not None}


def _new_text(config: LlmFile, values: Mapping[str, Any]) -> str:
    given = ordered(values)
    if not given.get("model"):
        message = _("There is no {path} yet, and a new one needs a model.").format(path=clean(tilde(config.path)))
        raise SetupError(message, _("Set one along: model=anthropic/claude-sonnet-4-5"), status=Status.USAGE)
    return as_text(config.smallest(given))


def as_text(whole: Mapping[str, Any]) -> str:
    """A whole file that is made anew."""
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _object(config: Any, path: Names) -> dict[str, Any] | None:
    """The object at `path`, None where it is missing. Raises Broken where something else stands there."""
    whole = config.whole if isinstance(config, LlmFile) else config.data
    found: Any = whole
    for depth, name in enumerate(path, start=1):
        if name not in found:
            return None
        found = found[name]
        if not isinstance(found, dict):
            line = JsonText.line(config, *path[:depth])
            message = _("“{name}” is not an object in {path}, line {line}.")
            shown = message.format(name=".".join(path[:depth]), path=clean(tilde(config.path)), line=line)
            raise Broken("wrong-type", shown, corrupt_hint(), line=line)
    return found  # type: ignore[no-any-return]
