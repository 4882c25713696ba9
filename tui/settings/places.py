"""Where in a file a finding belongs."""

from collections.abc import Mapping
from dataclasses import dataclass

from tui.config_file.reading import ConfigText
from tui.settings.field import Value
from tui.settings.finding import Code, Finding, Severity
from tui.settings.groups import header, path_of


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
        path = path_of(self.group)
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
