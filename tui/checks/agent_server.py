"""What is wrong with a profile of the agent server, or with the GUI server's settings.json, as they would see it."""

from collections.abc import Iterator, Mapping

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.finding import Code, Finding, Severity
from tui.checks.llm_file import Llm, found, ignored_variables, keys, newer_schema, readable, rules, wrong_values
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.agent_server import is_other_agent
from tui.openhands.targets.llm_file import LlmFile
from tui.openhands.targets.profile import Profile
from tui.openhands.targets.settings_json import ServerSettings, SettingsJson, is_of_older_gui


def server_findings(config: LlmFile, environ: Mapping[str, str]) -> list[Finding]:
    """What is wrong with a file that was read, errors first, then by line."""
    if not config.exists:
        return []
    llm = Llm("llm", (DEFAULT,), config.llm)
    said = [*readable(config, [llm]), *newer_schema(config, voids=True), *_model(config, llm)]
    said += ignored_variables(config, environ, _("{names} of the environment is not read by it."))
    said += [*wrong_values(config, llm, _lost(config)), *keys(config, llm), *rules(config, llm)]
    if isinstance(config, SettingsJson):
        said += _readers(config)
    if isinstance(config, Profile):
        said += [*_ciphertext(config), *_connection(config), *_settings(config)]
    return sorted(said, key=lambda finding: (finding.rank, finding.line or 0))


def _lost(config: LlmFile) -> str:
    if isinstance(config, Profile):
        return _("The agent server cannot load the profile, and starts no conversation with it.")
    return _("The GUI server cannot load the file: its settings page and its conversations fail.")


def _model(config: LlmFile, llm: Llm) -> Iterator[Finding]:
    model = llm.settings.get("model")
    if (llm.settings or isinstance(config, Profile)) and (not model or not isinstance(model, str)):
        default = str(config.defaults.get("model", ""))
        given = "model" in llm.settings
        message = _("It names no model: {default} is taken.").format(default=default)
        if given:
            message = _("Its model is empty.")
        hint = _("Set one: llm-setup set --for {name} model=…").format(name=config.kind)
        yield found(config, Code.NO_MODEL, message, hint, path=(DEFAULT, "model"), voids=given, where="llm")


def _ciphertext(config: Profile) -> Iterator[Finding]:
    """Keys that the agent server encrypted: whether the key that it did it with is there."""
    if not config.encrypted:
        return
    from tui.openhands.targets.ciphertext import Decryption, can_be_read  # brings OpenSSL with it

    for key in sorted(config.encrypted):
        state = can_be_read(str(config.llm[key]), config.path.parent.parent)
        if state is Decryption.POSSIBLE:
            continue
        message = _("{key} is encrypted, and the key in {path} is another one than it was encrypted with.")
        if state is Decryption.NO_KEY:
            message = _("{key} is encrypted, and {path} with the key to it is not there.")
        path = clean(tilde(config.path.parent.parent / "agent-canvas" / "secret-key.txt"))
        hint = _("If OH_SECRET_KEY has it, all is well. Else give it anew: llm-setup key set --for server")
        yield found(
            config, Code.CIPHERTEXT, message.format(key=key, path=path), hint, path=(DEFAULT, key), where="llm",
            severity=Severity.ERROR if state is Decryption.OTHER_KEY else Severity.WARNING,
        )  # fmt: skip


def _connection(config: Profile) -> Iterator[Finding]:
    if connection := config.llm.get("provider_connection_id"):
        message = _("Key and base URL come from the provider connection {name}; what the profile says is not taken.")
        message = message.format(name=clean(str(connection), limit=60))
        hint = _("Change the connection in Agent Canvas, or remove provider_connection_id.")
        yield found(config, Code.NOT_TAKEN, message, hint, path=("provider_connection_id",), where="llm")


def _readers(config: SettingsJson) -> Iterator[Finding]:
    """What keeps the LLM of a settings.json from being used."""
    agent = config.whole.get("agent_settings")
    if isinstance(agent, dict) and agent.get("agent_kind") == "acp":
        message = _("The agent in it is another program, with a model of its own.")
        hint = _("Choose the OpenHands agent in its settings for this LLM to be used.")
        yield found(config, Code.NOT_READ_BY, message, hint, path=("agent_settings", "agent_kind"))
    if is_of_older_gui(config.whole):
        hint = _("Use 1.8 or later, which takes them from agent_settings; or config.toml with openhands-ai up to 1.6.")
        yield found(config, Code.NOT_TAKEN, older_gui_drops(), hint, path=("llm_model",))


def older_gui_drops() -> str:
    """What is said where the settings are those of the GUI up to 1.7."""
    return _("openhands-ai 1.0 to 1.7, whose settings these are, takes model, key and base URL, and drops the retries.")


def _settings(config: Profile) -> Iterator[Finding]:
    """What keeps the profile that is in use from being used."""
    if not config.is_in_use:
        return
    if other := is_other_agent(config.path.parent.parent):
        message = _("The active agent profile {name} is another agent's, with a model of its own.")
        hint = _("Choose an OpenHands agent in Agent Canvas for this profile to be used.")
        yield found(config, Code.NOT_READ_BY, message.format(name=clean(other, limit=60)), hint)
    shown = clean(tilde(config.settings))
    try:
        settings = ServerSettings.read(config.settings)
    except SetupError as error:
        hint = _("The agent server takes its defaults instead, and saves nothing. Fix it in an editor.")
        yield found(config, Code.CORRUPT, error.message, hint, voids=True)
        return
    if newer := settings.newer():
        message = _("{path} has the schema version {version}, which {program} does not know.")
        message = message.format(path=shown, version=clean(newer[1], limit=20), program=config.program)
        hint = _("A newer program wrote it: llm-setup changes nothing in it.")
        yield found(config, Code.NEWER_SCHEMA, message, hint)
