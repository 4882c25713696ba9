"""What is wrong with a config.toml, whoever wrote it, as OpenHands would see it."""

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.folders import in_shell, tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.agent_server import server_findings
from tui.checks.agent_settings import agent_findings
from tui.checks.finding import Code, Finding, Severity, Subject
from tui.checks.group_rules import (
    check_inheritance,
    check_name,
    check_pair,
    check_retries,
    check_rules,
    is_named_like_a_field,
    known_faults,
    values_from_environment,
)
from tui.checks.keys import check_keys
from tui.checks.llm_file import broken_file
from tui.checks.tables import check_tables
from tui.checks.top_level import check_root
from tui.checks.variables import check_environment, check_variables
from tui.config_file.content import Broken, decode, read_bytes
from tui.config_file.document import ConfigText
from tui.config_file.mask import mask
from tui.drafts.draft import Draft
from tui.openhands.groups import DEFAULT, group_ids, has_groups_only, header, offending_keys, own_values
from tui.openhands.older_toml import differences
from tui.openhands.routes import route_of
from tui.openhands.targets.agent_settings import AgentSettings
from tui.openhands.targets.llm_file import LlmFile
from tui.openhands.targets.target import TOML, Target
from tui.openhands.targets.toml_file import TomlFile

_COMMENT: Final = re.compile(r"^[ \t]*#.*", re.MULTILINE)

__all__ = ["Code", "Finding", "Severity", "check", "findings"]


def check(path: Path, environ: Mapping[str, str], release: str = "", target: Target | None = None) -> list[Finding]:
    """What is wrong with the file at `path`, errors first, then by line.

    `target` is what it is a file of, config.toml by default. `environ` is what OpenHands would be started with,
    `release` the one that was chosen: what is no matter of its is a note. Raises SetupError when there is no file, or
    its bytes cannot be read; what they are not (TOML, UTF-8) is a finding.
    """
    data = read_bytes(path)
    if data is None:
        raise SetupError(
            _("There is no {path}.").format(path=clean(tilde(path))), _("Name another file with --config, or make one.")
        )
    target = target or TomlFile()
    try:
        config = target.parse(path, decode(path, data), exists=True)
    except Broken as broken:
        return [_broken(broken) if target.name == TOML else broken_file(broken)]
    return findings(config, environ, release)


def findings(config: ConfigText, environ: Mapping[str, str], release: str = "") -> list[Finding]:
    """What is wrong with a file that was read, errors first and notes last, then by line."""
    if isinstance(config, AgentSettings):
        return agent_findings(config, environ)
    if isinstance(config, LlmFile):
        return server_findings(config, environ)
    base = own_values(config, DEFAULT)
    known = () if has_groups_only(config) else known_faults(base, environ)
    called = {**base, **values_from_environment(environ)}
    variables = check_variables(environ, route_of(called).provider, str(called.get("base_url", "")))
    found = [*_file(config), *variables, *check_root(config), *check_tables(config)]
    for group in group_ids(config):
        subject = Subject(config, environ, group, base)
        found += check_name(subject)
        if not is_named_like_a_field(group):
            found += [*check_keys(subject), *check_inheritance(subject), *check_environment(subject)]
            found += check_rules(subject, known if group != DEFAULT else (), release)
            found += [*check_pair(subject), *check_retries(subject)]
    return sorted(found, key=lambda finding: (finding.rank, finding.line or 0))


def _broken(broken: Broken) -> Finding:
    about = DEFAULT if broken.code == Code.WRONG_TYPE else None
    return Finding(
        severity=Severity.ERROR, code=Code(broken.code), group=about, key=about, line=broken.line,
        sentence=broken.message, hint=broken.hint, voids=True,
    )  # fmt: skip


def _file(config: ConfigText) -> Iterator[Finding]:
    yield from _older_reader(config)
    if config.has(DEFAULT):
        yield from _missing(config)
        line = config.line(DEFAULT)
        message = _("OpenHands 1.7 and later do not read [llm]: they take LLM_MODEL, LLM_API_KEY and LLM_BASE_URL.")
        yield Finding(
            severity=Severity.NOTE, code=Code.NOT_READ, group=DEFAULT, line=line, sentence=message,
            hint=_("Start them with: llm-setup exec -- COMMAND"),
        )  # fmt: skip
    if mode := _others_may_read(config):
        message = _("There are secrets in {path}, and others may read it: its mode is {mode}.")
        message = message.format(path=clean(tilde(config.path)), mode=f"{mode:04o}")
        hint = _("Run: chmod {mode} {path}").format(mode="600", path=clean(in_shell(config.path)))
        yield _whole(Code.READABLE_BY_OTHERS, message, hint)


def _older_reader(config: ConfigText) -> Iterator[Finding]:
    for difference in differences(config.text):
        message = _("Line {line}: {sentence}").format(line=difference.line, sentence=difference.message)
        yield _whole(
            Code.NOT_TOML_0_10, message, difference.hint, line=difference.line, voids=difference.refused
        )  # fmt: skip


def _missing(config: ConfigText) -> Iterator[Finding]:
    if not config.has("core"):
        message = _("There is no [core] table: OpenHands up to 0.26 silently ignores [llm] then.")
        yield _whole(Code.MISSING_CORE, message, _("Add a line [core]; nothing need stand below it."))


def _others_may_read(config: ConfigText) -> int:
    """The mode of a file that holds a secret and that others may read, else 0."""
    try:
        mode = stat.S_IMODE(config.path.stat().st_mode)
    except OSError:  # it went away since it was read
        return 0
    text = _COMMENT.sub("", config.text)  # what stands in comments may be an example
    return mode if mode & 0o044 and mask(text) != text else 0


def _whole(
    code: Code, message: str, hint: str, *, line: int | None = None, group: str | None = None, voids: bool = False
) -> Finding:
    return Finding(
        severity=Severity.ERROR if voids else Severity.WARNING, code=code, group=group, line=line, sentence=message,
        hint=hint, voids=voids,
    )  # fmt: skip


# -- the one sentence about a group that OpenHands drops, with the key that makes it do so


def require_taken(draft: Draft) -> None:
    """Raise SetupError where OpenHands drops the group, or the `[llm]` that it inherits from.

    It would start with its default model and no key, or with another group's: what is tried and what is handed over
    would be something else than what it does. Of a draft counts what will be saved.
    """
    planned = draft.outlook()
    if isinstance(draft.config, LlmFile) and (found := next(filter(_voids, findings(draft.config, {})), None)):
        raise _said(draft, found)
    for group in dict.fromkeys((DEFAULT, draft.group)):
        if offending_keys(planned, group):
            raise _dropped(draft, group)


def dropped(draft: Draft) -> str:
    """What is said beside the policy of a group that OpenHands will drop, "" where it takes it."""
    keys = offending_keys(draft.outlook(), draft.group)
    if not keys:
        return ""
    words = _("OpenHands drops all of {group} because of {key}, and goes by these numbers instead.")
    return words.format(group=header(draft.group), key=clean(keys[0], limit=60))


def _dropped(draft: Draft, group: str) -> SetupError:
    """What `check` says of the first key for which it is dropped, with the place in front."""

    return _said(draft, next(f for f in findings(draft.config, draft.environ) if f.voids and f.group == group))


def _voids(finding: Finding) -> bool:
    return finding.voids


def _said(draft: Draft, found: Finding) -> SetupError:
    place = f"{clean(tilde(draft.config.path))}:{found.line}"
    message = _("{place}: {group}: {sentence} [{code}]")
    return SetupError(
        message.format(place=place, group=found.where, sentence=found.sentence, code=found.code), found.hint
    )
