"""The command line: opens the wizard, or answers one command without it."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui import __version__
from tui.base.errors import SetupError, Status
from tui.base.translation import _

if TYPE_CHECKING:
    from tui.base.secret import Secret
    from tui.settings.draft import Draft


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "exec":
            return _exec(options.config, options.words)
        if options.command == "env":
            return _env(options.config, options.format)
        return _wizard(options.config)
    except SetupError as error:
        print(f"llm-setup: {error}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        return Status.INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="llm-setup",
        description=_("Sets up the LLM of an OpenHands installation: provider, key, model, retries, and a live test."),
        epilog=_("Without a command it opens the wizard, which needs a terminal."),
    )
    parser.add_argument("--version", action="version", version=f"llm-setup {__version__}")
    _add_config(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    run = commands.add_parser("exec", help=_("become another program, with settings and key in its environment"))
    _add_config(run, default=argparse.SUPPRESS)
    run.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help=_("the program and its arguments"))
    env = commands.add_parser("env", help=_("print the settings as environment variables, without the key"))
    _add_config(env, default=argparse.SUPPRESS)
    env.add_argument("--format", choices=("shell", "json"), default="shell", help=_("shell by default"))
    return parser


def _add_config(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    words = _("the file to edit (default: ./config.toml if there is one, else ~/.openhands/config.toml)")
    parser.add_argument("--config", type=Path, metavar="PATH", default=default, help=words)


def _wizard(config: Path | None) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") in (None, "", "dumb"):
        message = _("llm-setup: the wizard needs a terminal, and this is none. Without one, use a command: exec, env.")
        print(message, file=sys.stderr)
        print(_("llm-setup --help names their options."), file=sys.stderr)
        return Status.USAGE
    draft = _draft(config)
    for name in ("TEXTUAL_LOG", "TEXTUAL"):  # both would record every key pressed, those of an API key too
        os.environ.pop(name, None)
    os.environ.setdefault("TEXTUAL_FPS", "120")  # half the latency of a key; read when textual is imported
    from tui.app import SetupApp

    app = SetupApp(draft)
    line = app.run()
    if line:
        print(line)
    sys.stdout.flush()
    # all that is ours is closed by now; letting Python take itself apart would cost another 0.1 to 0.3 s
    os._exit(app.return_code or Status.DONE)


def _draft(config: Path | None) -> "Draft":
    from tui.config_file.location import locate
    from tui.config_file.reading import read_config
    from tui.settings.draft import Draft
    from tui.settings.own import OwnSettings

    return Draft(read_config(locate(config)), OwnSettings(), os.environ)


def _exec(config: Path | None, words: Sequence[str]) -> int:
    """Become the command. What is missing is said before it is started."""
    import asyncio

    from tui.credentials.keyring_client import Keyring
    from tui.handover.environment import missing_key, secret_environment, settings_environment
    from tui.handover.execution import NOT_FOUND, CommandNotFound, become

    command = list(words[1:] if words[:1] == ["--"] else words)
    if not command:
        raise SetupError(_("exec needs a command: llm-setup exec -- COMMAND"), status=Status.USAGE)
    draft = _draft(config)

    async def fetch() -> "dict[str, Secret]":
        keyring = Keyring()
        try:
            return await secret_environment(draft, keyring)
        finally:
            await keyring.close()

    secrets = asyncio.run(fetch())
    missing = missing_key(draft, secrets)
    if missing:
        raise SetupError(
            _("There is no key for {service}.").format(service=missing.service),
            _("Run llm-setup and enter it on the Key step, or set LLM_API_KEY."),
        )
    try:
        become(command, settings_environment(draft), secrets)
    except CommandNotFound as error:
        print(f"llm-setup: {error}", file=sys.stderr)
        return NOT_FOUND


def _env(config: Path | None, form: str) -> int:
    import json
    import shlex

    from tui.handover.environment import secret_variables, settings_environment

    draft = _draft(config)
    settings = settings_environment(draft)
    if form == "json":
        print(json.dumps(settings, indent=2))
        return Status.DONE
    for name, value in settings.items():
        print(f"export {name}={shlex.quote(value)}")
    for name in secret_variables(draft):
        print(f"# {name}: " + _("a secret, left out"))
    return Status.DONE
