"""`env`: everything OpenHands needs as environment, without the key."""

import argparse
import json
import shlex

from tui.base.errors import Status
from tui.base.translation import _
from tui.commands.loading import load
from tui.handover.environment import secret_variables, settings_environment


def run(options: argparse.Namespace) -> int:
    """Print the settings in the chosen form."""
    draft = load(options.config)
    settings = settings_environment(draft)
    if options.format == "json":
        print(json.dumps(settings, indent=2))
        return Status.DONE
    for name, value in settings.items():
        print(f"export {name}={shlex.quote(value)}")
    for name in secret_variables(draft):
        print(f"# {name}: " + _("a secret, left out"))
    return Status.DONE
