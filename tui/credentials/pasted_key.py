"""Getting the key out of what was pasted."""

import re
import unicodedata
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.key_shapes import begins_like_key
from tui.base.translation import _, listed
from tui.credentials.key_faults import key_fault

LONGEST: Final = 4096
"""Characters; the longest real ones, session tokens of clouds, have about 1,500."""
_QUOTES: Final = "\"'`“”„‘’«»‹›"
_ASSIGNMENT: Final = re.compile(
    r"(?:(?:export|set|setx)\s+|\$env:)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(?=[^=\s])", re.IGNORECASE
)
_HEADER: Final = re.compile(r"[A-Za-z-]+:\s+(?=\S)")
_BEARER: Final = re.compile(r"Bearer\s+(?=\S)", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"\$\{?\w+\}?|%\w+%|\{\{.*\}\}")
_SHORTENED: Final = re.compile(r"\.{3}|…|\*{3}|•|●")


def clean_key(text: str) -> tuple[str, str]:
    """The key in `text`, and one sentence on what was left out around it (empty: nothing was).

    Line breaks at the ends, spaces, quotes, `export X=`, `X=`, `Bearer `, characters that cannot be seen are left out,
    and a key wrapped over several lines is joined. Raises SetupError for what is not one key; its text never holds
    any of `text`.
    """
    remarks: list[str] = []
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    if seen != text:
        remarks.append(_("characters that cannot be seen"))
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n\t" for c in seen):
        raise _refusal(_("There are control characters in it."))
    key = _unwrapped(_one_line(seen, remarks), remarks)
    _require_a_key(key)
    if (fault := key_fault(key)) and fault.refers:
        raise _refusal(fault.sentence, _("Paste the key itself."))
    return key, _("Left out: {things}.").format(things=listed(remarks)) if remarks else ""


def _one_line(text: str, remarks: list[str]) -> str:
    """The lines of `text` joined, after a look whether they are parts of one key."""
    if text != text.strip():
        remarks.append(_("spaces and line breaks around it"))
    lines = [line.strip() for line in text.strip().splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > 1:
        if _several_keys(lines):
            raise _refusal(_("There is more than one key in it."), _("Paste the one that you mean."))
        remarks.append(_("the line breaks inside"))
    return "".join(lines)


def _several_keys(lines: list[str]) -> bool:
    """Lines as long as each other are a list; a wrapped key ends with a shorter one."""
    again = [line for line in lines[1:] if begins_like_key(line) or _BEARER.match(line) or _ASSIGNMENT.match(line)]
    same = len({len(line) for line in lines}) == 1
    return bool(again) or same


def _unwrapped(key: str, remarks: list[str]) -> str:
    """`key` without what stands around it in shell scripts, headers and program texts, in whatever order."""
    before = None
    while key != before:
        before = key
        for pattern, what in (
            (_ASSIGNMENT, _("the name of a variable")),
            (_HEADER, _("the name of a header")),
            (_BEARER, _("the word Bearer")),
        ):
            if match := pattern.match(key):
                key = key[match.end() :]
                remarks.append(what)
        bare = key.strip(_QUOTES + " \t,;")
        if bare != key and key.strip() != bare:
            remarks.append(_("quotes and punctuation"))
        key = bare
    remarks[:] = dict.fromkeys(remarks)
    return key


def _require_a_key(key: str) -> None:
    """Raise SetupError where `key` is something else."""
    if not key:
        raise _refusal(_("There is no key in it."), _("Copy the key again: perhaps only a line break was copied."))
    if key.startswith(("http://", "https://")):
        raise _refusal(_("That is a web address."))
    if _VARIABLE.fullmatch(key):
        raise _refusal(_("That is the name of a variable."), _("Paste its value."))
    if _SHORTENED.search(key):
        raise _refusal(
            _("That is the shortened form of a key, as web pages show it."),
            _("Copy it with the page's copy button, or make a new key."),
        )
    if any(c.isspace() for c in key):
        raise _refusal(_("There is a space inside, which no key has."))
    if not key.isascii():
        raise _refusal(
            _("There is a letter or sign in it that no key has."), _("Copy it from the provider's own page.")
        )
    if len(key) > LONGEST:
        raise _refusal(_("It is longer than {most} characters, too long for a key.").format(most=LONGEST))


def _refusal(message: str, hint: str = "") -> SetupError:
    return SetupError(message, hint or _("Paste the key alone."), status=Status.USAGE)


# -- what the two halves of an AWS key look like: they are pasted one after the other or at once, and easily mixed up

ACCESS_KEY: Final = "aws_access_key_id"
SECRET_KEY: Final = "aws_secret_access_key"  # noqa: S105 - the name of a setting
PAIR: Final = (ACCESS_KEY, SECRET_KEY)
_FORMS: Final = {
    ACCESS_KEY: re.compile(r"A(?:KIA|SIA)[A-Z0-9]{16}"),
    SECRET_KEY: re.compile(r"[A-Za-z0-9/+]{40}"),
}
"""Source: AWS IAM, "Unique identifiers"; a secret key is 30 bytes in base64."""
_WITHIN: Final = {
    key: re.compile(rf"(?<![A-Za-z0-9/+])(?:{form.pattern})(?![A-Za-z0-9/+=])") for key, form in _FORMS.items()
}
TEMPORARY: Final = "ASIA"
"""So begins an access key that is refused without its session token, for which `[llm]` has no field."""


def half_of(text: str) -> str:
    """The setting that `text` is for, as far as its form tells; "" for neither."""
    return next((key for key, form in _FORMS.items() if form.fullmatch(text)), "")


def halves_in(text: str) -> dict[str, str]:
    """Both halves by setting, where `text` holds just one of each, whatever stands around them; else nothing.

    So are they shown together: as two lines, a file of credentials, a line of CSV, exports of a shell, JSON.
    """
    found = {key: {match.group() for match in form.finditer(text)} for key, form in _WITHIN.items()}
    if any(len(values) != 1 for values in found.values()):
        return {}
    return {key: values.pop() for key, values in found.items()}
