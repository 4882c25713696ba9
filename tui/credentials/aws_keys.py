"""What the two halves of an AWS key look like: they are pasted one after the other or at once, and easily mixed up."""

import re
from typing import Final

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
