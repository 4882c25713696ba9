"""What is wrong with an agent_settings.json, as the OpenHands CLI would see it."""

import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.finding import Code, Finding, Severity
from tui.checks.keys import is_no_key, unusable
from tui.checks.rules import faults
from tui.config_file.document import Broken
from tui.config_file.mask import mask
from tui.drafts.own_settings import OwnSettings
from tui.openhands.field import Kind
from tui.openhands.fields import FIELDS, RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN, own_values
from tui.openhands.routes import route_of
from tui.openhands.targets.agent_settings import (
    REDACTED,
    SUMMARIZING,
    TOKEN,
    AgentSettings,
    condenser_of,
    is_set_apart,
    known,
    newer_schema,
)  # fmt: skip
from tui.openhands.targets.installed import installed
from tui.openhands.targets.schema import default, fault, recorded

_CONDENSERS: Final = (SUMMARIZING, "NoOpCondenser", "PipelineCondenser")
_SECRETS: Final = [field.key for field in FIELDS if field.kind is Kind.SECRET]


def broken_file(broken: Broken) -> Finding:
    """A file of which the CLI could make nothing."""
    return Finding(
        severity=Severity.ERROR, code=Code.CORRUPT, line=broken.line, sentence=broken.message, hint=broken.hint,
        voids=True,
    )  # fmt: skip


def agent_findings(config: AgentSettings, environ: Mapping[str, str]) -> list[Finding]:
    """What is wrong with a file that was read, errors first, then by line."""
    if not config.exists:
        return []
    found = [*_whole_file(config), *_shape(config), *_condenser(config), *_reset(config), *_ignored(config, environ)]
    for where, path, llm in _models(config):
        found += [*_values(config, where, path, llm), *_keys(config, where, path, llm)]
    found += _rules(config)
    return sorted(found, key=lambda finding: (finding.rank, finding.line or 0))


def _models(config: AgentSettings) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    yield "llm", (DEFAULT,), config.whole.get(DEFAULT, {})
    if condenser := condenser_of(config):
        yield "condenser.llm", ("condenser", DEFAULT), condenser


def _found(
    config: AgentSettings,
    code: Code,
    sentence: str,
    hint: str,
    *,
    path: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
    voids: bool = False,
    where: str = "",
) -> Finding:
    key = path[-1] if path and path[-1] in KNOWN else None
    return Finding(
        severity=Severity.ERROR if voids else severity, code=code, group=DEFAULT if where == "llm" else None, key=key,
        line=config.line(*path) if path else None, where=where, sentence=sentence, hint=hint, voids=voids,
    )  # fmt: skip


def _whole_file(config: AgentSettings) -> Iterator[Finding]:
    with suppress(OSError):  # it went away since it was read
        mode = stat.S_IMODE(config.path.stat().st_mode)
        if mode & 0o077 and any(llm.get(key) for _w, _p, llm in _models(config) for key in _SECRETS):
            message = _("There is a key in {path}, and others may read it: its mode is {mode}.")
            shown = clean(tilde(config.path))
            yield _found(
                config,
                Code.READABLE_BY_OTHERS,
                message.format(path=shown, mode=f"{mode:04o}"),
                _("Run: chmod 600 FILE"),
            )
    program = installed()
    if program and not program.is_cli:
        message = _("The command openhands here is {program} {version}, which does not read this file.")
        yield _found(
            config, Code.NOT_READ_BY, message.format(program=program.distribution, version=program.version),
            _("It reads config.toml: llm-setup --for toml …"),
        )  # fmt: skip


def _shape(config: AgentSettings) -> Iterator[Finding]:
    whole = config.whole
    if version := newer_schema(config):
        message = _("It has the schema version {version}, which the OpenHands CLI up to 1.16 does not know.")
        hint = _("A newer program wrote it: llm-setup changes nothing in it.")
        yield _found(
            config, Code.NEWER_SCHEMA, message.format(version=clean(version, limit=20)), hint, path=("schema_version",)
        )
    if DEFAULT not in whole:
        yield _corrupt(config, _("There is no “llm” in it."), ())
    if whole.get("kind", "Agent") != "Agent":
        yield _corrupt(config, _("“kind” must be Agent."), ("kind",))
    condenser = whole.get("condenser")
    if condenser is not None and not (isinstance(condenser, dict) and condenser.get("kind") in _CONDENSERS):
        message = _("“condenser” must be null, or an object with a “kind” of: {kinds}.")
        yield _corrupt(config, message.format(kinds=", ".join(_CONDENSERS)), ("condenser",))
    elif condenser and condenser.get("kind") == SUMMARIZING and not isinstance(condenser.get(DEFAULT), dict):
        yield _corrupt(config, _("“condenser” has no “llm”."), ("condenser",))


def _corrupt(config: AgentSettings, message: str, path: tuple[str, ...]) -> Finding:
    return _found(config, Code.CORRUPT, message, _lost(), path=path, voids=True)


def _short_context() -> str:
    return _("{lost} Only where ALLOW_SHORT_CONTEXT_WINDOWS=true is set, it takes less.").format(lost=_lost())


def _lost() -> str:
    return _("The CLI calls the file corrupted, takes nothing of it, and asks for all settings anew.")


def _values(
    config: AgentSettings, where: str, path: tuple[str, ...], llm: Mapping[str, Any]
) -> Iterator[Finding]:  # fmt: skip
    if path == ("condenser", DEFAULT) or DEFAULT in config.whole:
        model = llm.get("model")
        if not model or not isinstance(model, str):
            message, hint = _("It names no model."), _("Set one: llm-setup set --for cli model=…")
            yield _found(config, Code.NO_MODEL, message, hint, path=path, voids=True, where=where)
    for key, value in llm.items():
        wanted = fault(key, value) if key in recorded() and (key != "model" or value) else ""
        if wanted and not (key == "model" and not isinstance(value, str)):
            code = Code.OUT_OF_RANGE if _is_number(value) and not _has_fraction(value) else Code.WRONG_TYPE
            message = _("{key} must be {wanted}, and is {found}.").format(
                key=clean(key, limit=60), wanted=wanted, found=_shown(key, value)
            )
            hint = _lost() if key != "max_input_tokens" else _short_context()
            yield _found(config, code, message, hint, path=(*path, key), voids=True, where=where)
        elif key in KNOWN and key not in known() and where == "llm":
            message = _("The OpenHands CLI has no setting {key}: it ignores it, and forgets it when it saves.")
            hint = _("Remove it, or leave it for another program.")
            yield _found(config, Code.NOT_TAKEN, message.format(key=key), hint, path=(*path, key), where=where)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_fraction(value: object) -> bool:
    return isinstance(value, float) and not value.is_integer()


def _shown(key: str, value: Any) -> str:
    if key in _SECRETS:
        return _("something else")
    if isinstance(value, dict | list):
        return _("a table") if isinstance(value, dict) else _("a list")
    return clean(mask(json.dumps(value, ensure_ascii=False)), limit=40)


def _keys(config: AgentSettings, where: str, path: tuple[str, ...], llm: Mapping[str, Any]) -> Iterator[Finding]:
    values = {key: value for key, value in llm.items() if isinstance(value, str)}
    provider = route_of({key: values.get(key, "") for key in ("model", "base_url")}).provider
    for key in _SECRETS:
        text = values.get(key, "")
        place: dict[str, Any] = {"path": (*path, key), "where": where}
        if text.startswith(TOKEN):
            message = _("{key} is encrypted, by a program whose key the CLI does not have: it sends it as it stands.")
            hint = _("Give it anew: llm-setup key set --for cli")
            severity = Severity.ERROR
            yield _found(config, Code.CIPHERTEXT, message.format(key=key), hint, severity=severity, **place)
        elif text == REDACTED:
            message = _("{key} is dots in the place of a key: the CLI takes it for none.")
            hint = _("Give it anew: llm-setup key set --for cli")
            yield _found(config, Code.NOT_A_KEY, message.format(key=key), hint, **place)
        elif text.strip():
            if wrong := unusable(text, provider, KNOWN[key]):
                code = Code.NOT_A_KEY if wrong.is_text else Code.UNUSABLE_KEY
                yield _found(config, code, wrong.sentence, wrong.hint, severity=Severity.ERROR, **place)
            elif not is_no_key(text) and where == "llm":
                message = _("{key} stands in the file as readable text.").format(key=key)
                hint = _("Move it out: llm-setup key move --for cli --store keyring; then start with llm-setup exec.")
                yield _found(config, Code.KEY_IN_FILE, message, hint, **place)


def _rules(config: AgentSettings) -> Iterator[Finding]:
    """The rules between fields that every file has; that there is no model is said already."""
    for broken in faults(own_values(config, DEFAULT)):
        if broken.code and broken.code is not Code.NO_MODEL:
            severity = Severity.ERROR if broken.severe else Severity.WARNING
            yield _found(
                config, broken.code, broken.message, broken.hint, path=(DEFAULT, broken.key), severity=severity,
                where="llm",
            )  # fmt: skip


def _condenser(config: AgentSettings) -> Iterator[Finding]:
    if not is_set_apart(config):
        return
    llm, condenser = config.whole.get(DEFAULT, {}), condenser_of(config)
    message = _("Long conversations are summarized by another model or server: {condenser}, and not {llm}.")
    yield _found(
        config, Code.CONDENSER_DIFFERS, message.format(condenser=_endpoint(condenser), llm=_endpoint(llm)),
        _("If that is not meant, change model and base_url of condenser.llm; llm-setup leaves it alone."),
        path=("condenser", DEFAULT, "model"), where="condenser.llm",
    )  # fmt: skip


def _endpoint(llm: Mapping[str, Any]) -> str:
    model, url = (str(llm.get(key) or "") for key in ("model", "base_url"))
    return clean(mask(f"{model} ({url})" if url else model), limit=120)


def _reset(config: AgentSettings) -> Iterator[Finding]:
    """The CLI's own Settings, Save makes the LLM anew: the retries are its defaults then, and api_version is gone."""
    written, now = OwnSettings().written(config.path), own_values(config, DEFAULT)
    present = {key: KNOWN[key].text(now.get(key, default(key))) for key in (*RETRY_KEYS, "api_version")}
    lost = {key: value for key, value in written.items() if key in present and not _same(present[key], value)}
    retries = {key: present[key] for key in RETRY_KEYS}
    if not lost or any(not _same(text, str(default(key))) for key, text in retries.items()):
        return
    if present["api_version"] and "api_version" in lost:  # somebody chose another
        return
    back = " ".join(f"{key}={value}" for key, value in lost.items())
    message = _("The CLI's own Settings, Save has put back its defaults of {keys}.").format(keys=", ".join(lost))
    hint = _("As it was: llm-setup set --for cli {settings}").format(settings=clean(mask(back), limit=200))
    yield _found(config, Code.RESET_BY_CLI, message, hint, path=(DEFAULT, next(iter(lost))), where="llm")


def _same(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other


def _ignored(config: AgentSettings, environ: Mapping[str, str]) -> Iterator[Finding]:
    names = [name for name in ("LLM_MODEL", "LLM_API_KEY", "LLM_BASE_URL") if environ.get(name)]
    if names:
        message = _("{names} of the environment counts with --override-with-envs only.").format(names=", ".join(names))
        found = _found(config, Code.NOT_READ_BY, message, _("The file's own settings hold."))
        yield replace(found, severity=Severity.NOTE)
