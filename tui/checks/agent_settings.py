"""What is wrong with an agent_settings.json, as the OpenHands CLI would see it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.finding import Code, Finding
from tui.checks.llm_file import Llm, found, ignored_variables, keys, newer_schema, readable, rules, wrong_values
from tui.config_file.mask import mask
from tui.drafts.own_settings import OwnSettings
from tui.openhands.fields import RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN, own_values
from tui.openhands.targets.agent_settings import SUMMARIZING, AgentSettings, condenser_of, is_set_apart
from tui.openhands.targets.installed import installed
from tui.openhands.targets.schema import default

_CONDENSERS: Final = (SUMMARIZING, "NoOpCondenser", "PipelineCondenser")


def agent_findings(config: AgentSettings, environ: Mapping[str, str]) -> list[Finding]:
    """What is wrong with a file that was read, errors first, then by line."""
    if not config.exists:
        return []
    llms = list(_llms(config))
    said = [*readable(config, llms), *_read_by(config), *newer_schema(config, voids=False), *_shape(config)]
    said += [*_condenser(config), *_reset(config)]
    said += ignored_variables(config, environ, _("{names} of the environment counts with --override-with-envs only."))
    for llm in llms:
        said += [*_model(config, llm), *wrong_values(config, llm, _lost()), *keys(config, llm)]
    said += rules(config, llms[0])
    return sorted(said, key=lambda finding: (finding.rank, finding.line or 0))


def _llms(config: AgentSettings) -> Iterator[Llm]:
    yield Llm("llm", (DEFAULT,), config.llm)
    if condenser := condenser_of(config):
        yield Llm("condenser.llm", ("condenser", DEFAULT), condenser)


def _read_by(config: AgentSettings) -> Iterator[Finding]:
    program = installed()
    if program and not program.is_cli:
        message = _("The command openhands here is {program} {version}, which does not read this file.")
        message = message.format(program=program.distribution, version=program.version)
        yield found(config, Code.NOT_READ_BY, message, _("It reads config.toml: llm-setup --for toml …"))


def _shape(config: AgentSettings) -> Iterator[Finding]:
    whole = config.whole
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
    return found(config, Code.CORRUPT, message, _lost(), path=path, voids=True)


def _lost() -> str:
    return _("The CLI calls the file corrupted, takes nothing of it, and asks for all settings anew.")


def _model(config: AgentSettings, llm: Llm) -> Iterator[Finding]:
    if llm.where != "llm" or DEFAULT in config.whole:
        model = llm.settings.get("model")
        if not model or not isinstance(model, str):
            message, hint = _("It names no model."), _("Set one: llm-setup set --for cli model=…")
            yield found(config, Code.NO_MODEL, message, hint, path=llm.path, voids=True, where=llm.where)


def _condenser(config: AgentSettings) -> Iterator[Finding]:
    if not is_set_apart(config):
        return
    message = _("Long conversations are summarized by another model or server: {condenser}, and not {llm}.")
    yield found(
        config, Code.CONDENSER_DIFFERS,
        message.format(condenser=_endpoint(condenser_of(config)), llm=_endpoint(config.llm)),
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
    yield found(config, Code.RESET_BY_CLI, message, hint, path=(DEFAULT, next(iter(lost))), where="llm")


def _same(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other
