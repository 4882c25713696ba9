"""One thing that is wrong with a file of settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.openhands.field import Value
from tui.openhands.groups import header, table_path


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """OpenHands drops or refuses what is written, or no call can be made with it."""
    WARNING = "warning"
    NOTE = "note"
    """Nothing is wrong, and it is good to know."""


class Code(StrEnum):
    """The kinds of findings; other programs rely on these words."""

    NOT_TOML = "not-toml"
    NOT_UTF8 = "not-utf8"
    BOM = "bom"
    UNKNOWN_KEY = "unknown-key"
    OUTSIDE_TABLES = "outside-tables"
    UNKNOWN_TABLE = "unknown-table"
    WRONG_TYPE = "wrong-type"
    OUT_OF_RANGE = "out-of-range"
    MIN_ABOVE_MAX = "min-above-max"
    MISSING_CORE = "missing-core"
    MISSING_RETRY_KEYS = "missing-retry-keys"
    NO_MODEL = "no-model"
    NO_PROVIDER_PREFIX = "no-provider-prefix"
    UNKNOWN_PROVIDER = "unknown-provider"
    NO_VENDOR = "no-vendor"
    TWO_PLACES = "two-places"
    BAD_REGION = "bad-region"
    PROVIDER_TOO_NEW = "provider-too-new"
    NEEDS_BASE_URL = "needs-base-url"
    BASE_URL_SUFFIX = "base-url-suffix"
    BASE_URL_SCHEME = "base-url-scheme"
    BASE_URL_HOST = "base-url-host"
    NEEDS_API_VERSION = "needs-api-version"
    STRAY_CHARACTER = "stray-character"
    NOT_A_KEY = "not-a-key"
    UNUSABLE_KEY = "unusable-key"
    HALF_A_KEY = "half-a-key"
    KEY_OF_ANOTHER = "key-of-another"
    UNUSABLE_VARIABLE = "unusable-variable"
    KEY_IN_FILE = "key-in-file"
    READABLE_BY_OTHERS = "readable-by-others"
    GROUP_INHERITS_ENDPOINT = "group-inherits-endpoint"
    GROUP_NAME = "group-name"
    SHADOWED_BY_ENVIRONMENT = "shadowed-by-environment"
    NOT_TOML_0_10 = "not-toml-0.10"
    NOT_READ = "not-read"
    CORRUPT = "corrupt"
    NEWER_SCHEMA = "newer-schema"
    RESET_BY_CLI = "reset-by-cli"
    CIPHERTEXT = "ciphertext-without-key"
    NOT_READ_BY = "not-read-by"
    NOT_TAKEN = "not-taken"
    CONDENSER_DIFFERS = "condenser-differs"
    PROGRAMS_DIFFER = "programs-differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, where, and what to do about it. No text of it holds a secret."""

    severity: Severity
    code: Code
    group: str | None = None
    """`llm` or `llm.NAME`; None for the whole file. Of what belongs to no group, the name of its table."""
    key: str | None = None
    line: int | None = None
    """From 1; None where it stands on no line: it is missing, or comes from the environment."""
    where: str = ""
    """The table in which it stands, as it is written there, and perhaps the key; "" for the whole file."""
    sentence: str
    hint: str = ""
    voids: bool = False
    """Whether OpenHands drops the group, or the whole file, for it."""

    @property
    def message(self) -> str:
        """The sentence with the place that it speaks of in front."""
        if not self.where:
            return self.sentence
        words = _("{where}: {sentence}") if self.line is None else _("{where}, line {line}: {sentence}")
        return words.format(where=self.where, line=self.line, sentence=self.sentence)

    @property
    def is_error(self) -> bool:
        """Whether `check` fails for it."""
        return self.severity is Severity.ERROR

    @property
    def rank(self) -> int:
        """Its place among others: errors first, notes last."""
        return [*Severity].index(self.severity)


# -- one rule that some settings break

Values = Mapping[str, Value]
"""Values that OpenHands would take, by key; a key without a value is missing, or has an empty text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule. `key` is the field to fix; `severe` when no call can be made."""

    code: Code | None
    """None for what only the wizard asks for: it may come from elsewhere."""
    key: str
    message: str
    hint: str
    severe: bool
    until: str = ""
    """The newest release of OpenHands that it concerns; "" for all."""


# -- where in a file a finding belongs


@dataclass(frozen=True, slots=True)
class Subject:
    """The file, the environment OpenHands is started with, and one group of the file."""

    config: ConfigText
    environ: Mapping[str, str]
    group: str
    base: Mapping[str, Value]
    """What `[llm]` says, in so far as OpenHands takes it; worked out once for all groups."""

    def line(self, key: str | None = None) -> int | None:
        """The line of the group's own key, or of the group."""
        path = table_path(self.group)
        return self.config.line(*path, key) if key else self.config.line(*path)

    def found(
        self,
        code: Code,
        message: str,
        hint: str,
        *,
        key: str | None = None,
        line: int | None = None,
        severity: Severity = Severity.WARNING,
        voids: bool = False,
    ) -> Finding:
        """A finding in this group; `line` is that of the key, else of the group, unless another is given."""
        line = line or self.line(key) or self.line()
        return Finding(
            severity=Severity.ERROR if voids else severity,
            code=code,
            group=self.group,
            key=key,
            line=line,
            where=header(self.group),
            sentence=message,
            hint=hint,
            voids=voids,
        )
