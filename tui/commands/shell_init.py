"""`shell-init`: functions by which a shell starts OpenHands through `exec` when its plain name is typed."""

import argparse
from typing import Final

from tui.base.errors import Status
from tui.commands.output import write

PLAIN: Final = ("-h", "--help", "-v", "--version", "serve", "mcp", "cloud", "login", "logout", "view")
"""First words with which the CLI calls no model: it is started as it is."""
_POSIX: Final = """\
openhands() {{
  case "${{1-}}" in
    {plain}) command openhands "$@" ;;
    *) command llm-setup exec --fallback -- openhands "$@" ;;
  esac
}}
agent-canvas() {{ command llm-setup exec --for server --fallback -- agent-canvas "$@"; }}"""
_FISH: Final = """\
function openhands
  if contains -- "$argv[1]" {plain}
    command openhands $argv
  else
    command llm-setup exec --fallback -- openhands $argv
  end
end
function agent-canvas
  command llm-setup exec --for server --fallback -- agent-canvas $argv
end"""


def run(options: argparse.Namespace) -> int:
    """Print the functions, to be evaluated."""
    text = _FISH.format(plain=" ".join(PLAIN)) if options.shell == "fish" else _POSIX.format(plain="|".join(PLAIN))
    write([text])
    return Status.DONE
