"""Records what the real openhands-ai makes of a config.toml: run it with the Python of a venv that has that release.

    PYTHON record_openhands_loader.py fields > FIELDS.json        the settings of each table
    PYTHON record_openhands_loader.py merged OLD.json NEW.json    those of two releases in one
    PYTHON record_openhands_loader.py outcomes TEXTS.json         what it does with each text of a list, as JSON

It reads and writes in a temporary folder only, with an environment that says nothing to OpenHands.
"""

import importlib.metadata
import json
import logging
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

PATHS = [Path(path).resolve() for path in sys.argv[2:]]
FOLDER = tempfile.mkdtemp()
PLAIN = {"HOME": FOLDER, "PATH": os.environ["PATH"]}
os.environ.clear()
os.environ.update(PLAIN)
os.chdir(FOLDER)

from openhands.core.config import condenser_config, mcp_config, openhands_config, utils  # noqa: E402
from openhands.core.config.agent_config import AgentConfig  # noqa: E402
from openhands.core.config.kubernetes_config import KubernetesConfig  # noqa: E402
from openhands.core.config.model_routing_config import ModelRoutingConfig  # noqa: E402
from openhands.core.config.sandbox_config import SandboxConfig  # noqa: E402
from openhands.core.config.security_config import SecurityConfig  # noqa: E402
from openhands.core.logger import openhands_logger  # noqa: E402
from pydantic import BaseModel, SecretStr  # noqa: E402

VALUES: dict[str, Any] = {
    "int": "7", "float": "1.5", "bool": "true", "str": '"text"', "empty": '""', "list": '["a"]', "table": '{ a = "b" }',
    "date": "2024-10-21",
}  # fmt: skip
"""One of each kind, as TOML; what OpenHands does with them in [core] is tried, since nothing checks them there."""


def main() -> None:
    what = sys.argv[1]
    if what == "fields":
        told = json.dumps(fields(), indent=1)
    elif what == "merged":
        told = json.dumps(merged(*(json.loads(path.read_text()) for path in PATHS)), indent=1)
    else:
        rows = [json.dumps([text, *outcome(text)]) for text in json.loads(PATHS[0].read_text())]
        told = f'{{"version": "{version()}", "files": [\n' + ",\n".join(rows) + "\n]}"
    sys.__stdout__.write(told + "\n")  # type: ignore[union-attr]


def version() -> str:
    return importlib.metadata.version("openhands-ai")


def fields() -> dict[str, Any]:
    core = openhands_config.OpenHandsConfig
    plain = [name for name in dir(core()) if not name.startswith("_") and name not in core.model_fields]
    condensers = [get_args(condenser.model_fields["type"].annotation)[0] for condenser in kinds()]
    return {
        "version": version(),
        "tables": {
            "core": types(core), "agent": types(AgentConfig), "sandbox": types(SandboxConfig),
            "security": types(SecurityConfig), "kubernetes": types(KubernetesConfig),
            "model_routing": types(ModelRoutingConfig), "mcp": types(mcp_config.MCPConfig),
        },
        "condensers": dict(zip(condensers, map(types, kinds()), strict=True)),
        "needed": {
            name: [key for key, field in kind.model_fields.items() if field.is_required()]
            for name, kind in zip(condensers, kinds(), strict=True)
        },
        "open_condensers": [name for name, kind in zip(condensers, kinds(), strict=True)
                            if kind.model_config.get("extra") != "forbid"],
        "mcp_servers": {
            "sse_servers": types(mcp_config.MCPSSEServerConfig),
            "stdio_servers": types(mcp_config.MCPStdioServerConfig),
            "shttp_servers": types(mcp_config.MCPSHTTPServerConfig),
        },
        "core_refused": sorted(name for name in plain if not starts(f"[core]\n{name} = 1\n")),
        "core_crashes": {
            name: crashes for name in core.model_fields
            if (crashes := [kind for kind, value in VALUES.items() if not starts(f"[core]\n{name} = {value}\n")])
        },
    }  # fmt: skip


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The tables of `old`, each setting that is in one release only with a word on it."""
    told = {**old, "versions": [old["version"], new["version"]]}
    del told["version"]
    for part in ("tables", "condensers", "mcp_servers"):
        for name, types_ in told[part].items():
            later = new[part][name]
            told[part][name] = {
                **{key: kind if key in later else f"{kind} until {old['version']}" for key, kind in types_.items()},
                **{key: f"{kind} since {new['version']}" for key, kind in later.items() if key not in types_},
            }
    return told


def kinds() -> tuple[type[BaseModel], ...]:
    return get_args(condenser_config.CondenserConfig)


def types(model: type[BaseModel]) -> dict[str, str]:
    return {name: f"{shown(field.annotation)}{limits(field)}" for name, field in model.model_fields.items()}


def limits(field: Any) -> str:
    return "".join(f" >={item.ge}" for item in field.metadata if getattr(item, "ge", None) is not None)


def shown(kind: Any) -> str:
    """`str`, `int?` for one that may be None, `list[str]`, `dict[str,str]`; the name of a model."""
    arguments = get_args(kind)
    if type(None) in arguments:
        return shown(next(part for part in arguments if part is not type(None))) + "?"
    if get_origin(kind) is Literal:
        return "str"
    if kind is SecretStr:
        return "secret"
    if get_origin(kind) in (list, dict):
        return f"{get_origin(kind).__name__}[{','.join(map(shown, arguments))}]"
    return getattr(kind, "__name__", "model")


def starts(text: str) -> bool:
    return not outcome(text)[0]


class Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


EVENTS = (
    (r"Invalid base agent configuration", "drops agent"),
    (r"Invalid agent configuration for \[(.*?)\]: ", "drops agent.{}"),
    (r"Cannot parse \[llm\] config from toml\. Continuing", "drops llm"),
    (r"Cannot parse \[(.*)\] config from toml\. This section", "drops llm.{}"),
    (r"Cannot parse MCP config", "drops mcp"),
    (r"Cannot parse \[(\w+)\] config from toml, values", "drops {}"),
    (r"Invalid condenser configuration", "drops condenser"),
    (r"LLM config '(.*)' not found for condenser", "no group condenser {}"),
    (r"llm config group (.*) not found", "no group agent {}"),
    (r'Unknown config key "(.*)" in \[core\]', "ignores core.{}"),
    (r"Unknown section \[(.*)\] in", "ignores {}"),
    (r"Cannot parse config from toml", "drops file"),
)


def outcome(text: str) -> tuple[str, list[str]]:
    """With which error it ends, "" when it starts; what it says that it drops, passes over or does not find."""
    os.environ.clear()
    os.environ.update(PLAIN)
    openhands_config.OpenHandsConfig.defaults_dict = {}
    Path("config.toml").write_text(text)
    said = Said()
    openhands_logger.addHandler(said)
    try:
        config = utils.load_openhands_config(set_logging_levels=False)
        for name in config.agents:
            config.get_llm_config_from_agent(name)
        config.get_llm_config_from_agent(config.default_agent)
    except Exception as error:  # noqa: BLE001 - whatever it is, OpenHands does not start
        return type(error).__name__, events(said.lines)
    finally:
        openhands_logger.removeHandler(said)
    return "", events(said.lines)


def events(lines: list[str]) -> list[str]:
    found = {}
    for line in lines:
        for pattern, event in EVENTS:
            if match := re.match(pattern, line, re.DOTALL):
                found[event.format(*match.groups())] = True
                break
    return list(found)


if __name__ == "__main__":
    main()
