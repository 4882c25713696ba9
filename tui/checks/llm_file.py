"""What is wrong with the LLM in another program's JSON file, whichever program it is."""

import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from tui.base.folders import in_shell, tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.checks.finding import Code, Finding, Severity
from tui.checks.keys import is_no_key, keep_right_one, of_another, unusable
from tui.checks.rules import faults
from tui.config_file.content import Broken
from tui.config_file.mask import mask
from tui.openhands.groups import DEFAULT, KNOWN, own_values
from tui.openhands.routes import route_of
from tui.openhands.targets.further import FURTHER
from tui.openhands.targets.llm_file import KEYS_IN, REDACTED, SECRETS, TOKEN, LlmFile
from tui.openhands.targets.schema import SHORTEST_CONTEXT, fault, known, recorded_schema

_SECRETS: Final = sorted(SECRETS)


@dataclass(frozen=True, slots=True)
class Llm:
    """One LLM of a file."""

    where: str
    """Its place in words, "llm"."""
    path: tuple[str, ...]
    """As `ConfigText.line` takes it."""
    settings: Mapping[str, Any]


def broken_file(broken: Broken) -> Finding:
    """A file of which its program could make nothing."""
    return Finding(
        severity=Severity.ERROR, code=Code.CORRUPT, line=broken.line, sentence=broken.message, hint=broken.hint,
        voids=True,
    )  # fmt: skip


def found(
    config: LlmFile,
    code: Code,
    sentence: str,
    hint: str,
    *,
    path: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
    voids: bool = False,
    where: str = "",
) -> Finding:
    """A finding at `path`."""
    key = path[-1] if path and path[-1] in KNOWN else None
    return Finding(
        severity=Severity.ERROR if voids else severity, code=code, group=DEFAULT if where == "llm" else None, key=key,
        line=config.line(*path) if path else None, where=where, sentence=sentence, hint=hint, voids=voids,
    )  # fmt: skip


def readable(config: LlmFile, llms: list[Llm]) -> Iterator[Finding]:
    """Whether others may read a key in it."""
    with suppress(OSError):  # it went away since it was read
        mode = stat.S_IMODE(config.path.stat().st_mode)
        if mode & 0o077 and any(llm.settings.get(key) for llm in llms for key in KEYS_IN):
            message = _("There is a key in {path}, and others may read it: its mode is {mode}.")
            message = message.format(path=clean(tilde(config.path)), mode=f"{mode:04o}")
            hint = _("Run: chmod {mode} {path}").format(mode="600", path=clean(in_shell(config.path)))
            yield found(config, Code.READABLE_BY_OTHERS, message, hint)


def newer_schema(config: LlmFile, *, voids: bool) -> Iterator[Finding]:
    """Whether a newer program wrote it; `voids` where its own program then takes nothing of it."""
    if newer := config.newer():
        message = _("It has the schema version {version}, which {program} does not know.")
        message = message.format(version=clean(newer[1], limit=20), program=config.program)
        hint = _("A newer program wrote it: llm-setup changes nothing in it.")
        yield found(config, Code.NEWER_SCHEMA, message, hint, path=newer[0], voids=voids)


def wrong_values(config: LlmFile, llm: Llm, lost: str) -> Iterator[Finding]:
    """Values that its program does not take, and `lost` says what it does then; and what it does not have."""
    has = recorded_schema(config.kind)
    for key, value in llm.settings.items():
        wanted = fault(key, value, config.kind) if key in has and (key != "model" or value) else ""
        place = (*llm.path, key)
        if wanted and not (key == "model" and not isinstance(value, str)):
            code = Code.OUT_OF_RANGE if _is_number(value) and not _has_fraction(value) else Code.WRONG_TYPE
            message = _("{key} must be {wanted}, and is {found}.").format(
                key=clean(key, limit=60), wanted=wanted, found=_shown(key, value)
            )
            hint = lost if key != "max_input_tokens" else _short_context(lost)
            yield found(config, code, message, hint, path=place, voids=True, where=llm.where)
        elif key in KNOWN and key not in known(config.kind) and llm.where == "llm":
            message = _("{program} has no setting {key}: it ignores it, and forgets it when it saves.")
            message = message.format(program=config.program[:1].upper() + config.program[1:], key=key)
            hint = _("Remove it, or leave it for another program.")
            yield found(config, Code.NOT_TAKEN, message, hint, path=place, where=llm.where)


def _short_context(lost: str) -> str:
    words = _("{lost} Only where ALLOW_SHORT_CONTEXT_WINDOWS=true is set, it takes less than {least}.")
    return words.format(lost=lost, least=SHORTEST_CONTEXT)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_fraction(value: object) -> bool:
    return isinstance(value, float) and not value.is_integer()


def _shown(key: str, value: Any) -> str:
    if isinstance(value, dict | list):
        return _("a table") if isinstance(value, dict) else _("a list")
    if key in KEYS_IN:
        return _("something else")
    return clean(mask(json.dumps(value, ensure_ascii=False)), limit=40)


def keys(config: LlmFile, llm: Llm) -> Iterator[Finding]:
    """What is wrong with the keys in it, and that they stand there."""
    values = {key: value for key, value in llm.settings.items() if isinstance(value, str)}
    provider = route_of({key: values.get(key, "") for key in ("model", "base_url")}).provider
    for key in _SECRETS:
        text = values.get(key, "")
        place: dict[str, Any] = {"path": (*llm.path, key), "where": llm.where}
        anew = _("Give it anew: llm-setup key set --for {name}").format(name=config.kind)
        if text.startswith(TOKEN):
            if not config.decrypts:
                message = _("{key} is encrypted, by a program whose key {program} does not have: it sends it as it is.")
                message = message.format(key=key, program=config.program)
                yield found(config, Code.CIPHERTEXT, message, anew, severity=Severity.ERROR, **place)
        elif text == REDACTED:
            message = _("{key} is dots in the place of a key: {program} takes it for none.")
            message = message.format(key=key, program=config.program)
            yield found(config, Code.NOT_A_KEY, message, anew, **place)
        elif text.strip():
            yield from _readable_key(config, llm, key, provider)


def _readable_key(config: LlmFile, llm: Llm, key: str, provider: Provider | None) -> Iterator[Finding]:
    """What is wrong with a key that is readable text; first, that it cannot be used."""
    text = str(llm.settings[key])
    place: dict[str, Any] = {"path": (*llm.path, key), "where": llm.where}
    if wrong := unusable(text, provider, KNOWN.get(key) or FURTHER[key]):
        code = Code.NOT_A_KEY if wrong.is_text else Code.UNUSABLE_KEY
        yield found(config, code, wrong.sentence, wrong.hint, severity=Severity.ERROR, **place)
        return
    if key == "api_key" and (said := of_another(text, provider, str(llm.settings.get("base_url") or ""))):
        yield found(config, Code.KEY_OF_ANOTHER, said, keep_right_one(), **place)
    if not is_no_key(text) and llm.where == "llm":
        message = _("{key} stands in the file as readable text.").format(key=key)
        yield found(config, Code.KEY_IN_FILE, message, _move_out(config.kind), **place)


def _move_out(name: str) -> str:
    hint = _("Move it out: llm-setup key move --for {name} --store keyring; then start with llm-setup exec.")
    return hint.format(name=name)


def rules(config: LlmFile, llm: Llm) -> Iterator[Finding]:
    """The rules between fields that every file has; that there is no model is said already."""
    for broken in faults(own_values(config, DEFAULT)):
        if broken.code and broken.code is not Code.NO_MODEL:
            severity = Severity.ERROR if broken.severe else Severity.WARNING
            yield found(
                config, broken.code, broken.message, broken.hint, path=(*llm.path, broken.key), severity=severity,
                where="llm",
            )  # fmt: skip


def ignored_variables(config: LlmFile, environ: Mapping[str, str], words: str) -> Iterator[Finding]:
    """`words` on those of the environment that somebody may think to be read, with `{names}`."""
    names = [name for name in ("LLM_MODEL", "LLM_API_KEY", "LLM_BASE_URL") if environ.get(name)]
    if names:
        message, hint = words.format(names=", ".join(names)), _("The file's own settings hold.")
        yield found(config, Code.NOT_READ_BY, message, hint, severity=Severity.NOTE)
