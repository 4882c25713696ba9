"""`schedule`: the waits that a retry policy produces."""

import argparse
import os
from typing import Any

from tui.base.errors import Status
from tui.base.translation import _
from tui.commands.check import remark_findings
from tui.commands.output import aligned, remark, write, write_json
from tui.config_file.document import read_config
from tui.config_file.location import locate
from tui.openhands.effective import retries_of
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.names import known_group
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import in_words, remarks, rows


def run(options: argparse.Namespace) -> int:
    """The policy is the one in effect, but for what the options say."""
    policy = _policy(options)
    if options.json:
        waits = [_number(wait) for wait in policy.waits()]
        write_json({"attempts": policy.attempts, "waits": waits, "total": _number(policy.total())})
    else:
        write(_lines(policy))
    remark(*remarks(policy))
    return Status.DONE


def _policy(options: argparse.Namespace) -> RetryPolicy:
    """What the options say, else what is in effect, as `show` prints it. Raises SetupError."""
    values: dict[str, Any] = {key: BY_KEY[key].parse(getattr(options, key) or "") for key in RETRY_KEYS}
    if None in values.values():
        config = read_config(locate(options.config))
        group = known_group(config, options.group)
        present = retries_of(config, group, os.environ)
        values = {key: present[key] if value is None else value for key, value in values.items()}
        remark_findings(config, group, keys=RETRY_KEYS)
    return RetryPolicy(**values)


def _lines(policy: RetryPolicy) -> list[str]:
    table = [
        (_("attempt {number}").format(number=row.attempt), in_words(row.wait), in_words(row.at)) for row in rows(policy)
    ]
    last = _("Gives up after {total} of waiting, request time not counted.").format(total=in_words(policy.total()))
    heading = ("", _("wait"), _("in all"))
    return [*aligned([heading, *table], right=(1, 2)), "", last] if table else [last]


def _number(seconds: float) -> float:
    """A whole number without `.0`."""
    return int(seconds) if float(seconds).is_integer() else seconds
