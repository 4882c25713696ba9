"""`schedule`: the waits that a retry policy produces."""

import argparse
import os
from collections.abc import Iterator
from typing import Any

from tui.base.errors import Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.check import remark_findings
from tui.commands.output import aligned, note, write, write_json
from tui.commands.targets import group_in, is_plain, meant, path_for
from tui.config_file.document import ConfigText
from tui.drafts.policy import policy_in_effect
from tui.openhands.effective import effective, retries_of
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.groups import DEFAULT
from tui.openhands.names import known_group
from tui.openhands.targets.target import TOML, Target
from tui.openhands.targets.toml_file import TomlFile
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import as_numbers, in_words, remarks, rows


def run(options: argparse.Namespace) -> int:
    """The policy is the one in effect, but for what the options say."""
    targets = meant(options)
    policies = {target.name: _policy(options, target) for target in targets}
    if options.json:
        told = as_numbers(policies[targets[0].name])
        more = {target.name: _all_told(options, target, policies[target.name]) for target in targets}
        write_json(told if is_plain(targets) else {**told, "targets": more})
        return Status.DONE
    for target in targets:
        policy = policies[target.name]
        if len(targets) > 1:
            write([f"{clean(tilde(path_for(target, options)))}  ({target.program})"])
        write(lines_of(policy))
        note(*remarks(policy))
        if target.name != TOML:
            note(*_on_requests(target, policy, _requests(target, target.read(path_for(target, options)))))
            note(*filter(None, [target.asks_also()]))
    return Status.DONE


def _policy(options: argparse.Namespace, target: Target | None = None) -> RetryPolicy:
    """What the options say, else what is in effect, as `show` prints it. Raises SetupError."""
    target = target or TomlFile()
    values: dict[str, Any] = {key: BY_KEY[key].parse(getattr(options, key) or "") for key in RETRY_KEYS}
    if None in values.values():
        config = target.read(path_for(target, options))
        group = known_group(config, group_in(target, options.group))
        present = retries_of(config, group, target.environment(os.environ))
        values = {key: present[key] if value is None else value for key, value in values.items()}
        remark_findings(config, group, keys=RETRY_KEYS)
    return RetryPolicy(**values)


def _requests(target: Target, config: ConfigText) -> int:
    settings = effective(config, target.environment(os.environ), DEFAULT)
    return target.requests({key: settings[key].value for key in ("model", "base_url", "custom_llm_provider")})


def sentence_on_requests(target: Target, config: ConfigText) -> Iterator[str]:
    """How many requests the attempts of a file are, where that is more than one each."""
    policy = policy_in_effect(config, target.environment(os.environ), DEFAULT)
    yield from _on_requests(target, policy, _requests(target, config))


def _on_requests(target: Target, policy: RetryPolicy, each: int) -> Iterator[str]:
    if each > 1:
        words = _("{attempts} attempts are up to {requests} requests there: {program} lets its client ask again twice.")
        yield words.format(attempts=policy.attempts, requests=policy.attempts * each, program=target.program)


def _all_told(options: argparse.Namespace, target: Target, policy: RetryPolicy) -> dict[str, Any]:
    requests = _requests(target, target.read(path_for(target, options)))
    return {**as_numbers(policy), "requests_per_attempt": requests, "asks_for_title": bool(target.asks_also())}


def lines_of(policy: RetryPolicy) -> list[str]:
    """The waits as a table, and when it gives up."""
    table = [
        (_("attempt {number}").format(number=row.attempt), in_words(row.wait), in_words(row.at)) for row in rows(policy)
    ]
    last = _("Gives up after {total} of waiting, request time not counted.").format(total=in_words(policy.total()))
    heading = ("", _("wait"), _("in all"))
    return [*aligned([heading, *table], right=(1, 2)), "", last] if table else [last]
