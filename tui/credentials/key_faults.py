"""What is wrong with a key as it stands. OpenHands strips nothing, expands nothing, and sends what it was given."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _

QUOTES: Final = "\"'`“”„‘’«»‹›"
_BOM: Final = "\ufeff"
_REFERENCE: Final = re.compile(
    r"\$\{[^}]*\}+|\$\(.*\)|\$(?:env:)?[A-Za-z_]\w*|%\w+%|%\(\w+\)s|\{\{.*\}\}|#\{.*\}|<%.*%>|`.+`"
    r"|\{(?:env|file|keyring|vault|secret):[^}]*\}"
    r"|(?:ENV_VAR|ENV|env|getenv|environ|environment|env_var)[:/][A-Za-z_][\w./-]*"
    r"|(?:os\.)?(?:environ|getenv|env)[/\[(.].+|process\.env[.\[].+|import\.meta\.env\..+|secrets\.\w+"
    r"|(?!https?:)[a-z][a-z0-9+-]*://.*|@@\w+@@|__[A-Z][A-Z_]*__|%env\(.*\)%|ENC[\[(].*[\])]|(?:ENV|env)\[.*\]"
    r"|(?:~|\.{1,2})/\S+|/(?:run|etc|home|root|var|mnt|opt|tmp|usr)/\S+|@[\w./~-]*\.[a-z]+"
    r"|(?:vault|file|keyring|keychain|ssm|secretsmanager|secret|pass):[\w./#-]+|!(?:vault|env|secret)? ?\S.*"
    r"|arn:aws:(?:secretsmanager|ssm):.+|projects/[^/]+/secrets/.+|@Microsoft\.KeyVault.+|resolve:.+",
    re.DOTALL,
)
"""Forms in which other programs name a secret that is kept elsewhere."""
_VARIABLE: Final = re.compile(r"(?:[A-Z][A-Z0-9]*_)+(?:KEY|TOKEN|SECRET)(?:_ID)?|LLM_API_KEY_\w+|APIKEY|API_?KEY")
_BLANK: Final = re.compile(
    r"None|null|NULL|undefined|<.+>|\[.+\]|[*.…•●_-]{3,}|(?:sk|pk|gsk|key|xai|hf|r8|AIza)?[-_]?(?:[a-z]\w*-)*[xX]{3,}[-xX]*"
)
_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_ASKING: Final = {
    "your", "my", "the", "enter", "insert", "paste", "put", "add", "replace", "set", "change", "changeme", "replaceme",
    "todo", "placeholder", "redacted", "api", "fill", "dein", "mein", "ihr", "votre",
}  # fmt: skip
_ASKED: Final = {
    "key", "apikey", "token", "secret", "here", "me", "this", "in", "goes", "value", "changeme", "replaceme", "todo",
    "placeholder", "redacted",
}  # fmt: skip
"""What a text puts in the place of a key, for the reader to replace: a word of each kind, and no other with digits."""
_MARKS: Final = {"v1", "api03", "r8"}
_SHORTENED: Final = re.compile(r"\.{3}|…|\*{3}|•|●")
_WORD_BEFORE: Final = re.compile(
    r"(?:Bearer|Basic|Token)\s+(?=\S)|(?:x-api-key|api-key|authorization)\s*:\s*(?=\S)"
    r"|(?:export|set|setx)\s+\w+=|\$env:\w+\s*=|[A-Z][A-Z0-9_]*(?:KEY|TOKEN|SECRET)\s*=(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KeyFault:
    """Why a key cannot be used as it stands. No text of it holds any part of the key."""

    sentence: str
    hint: str
    is_text: bool = False
    """It is no key at all, but a reference to one, or a text in its place; a server that checks no key takes it."""
    refers: bool = False
    """It is a reference: whoever wrote it expects another text in its place."""
    sendable: bool = True
    """Whether it can stand in the header of a request. What cannot never goes out, and its error may hold the key."""


def key_fault(key: str) -> KeyFault | None:
    """What is wrong with `key` as it stands, None for nothing that can be told, or for an empty one."""
    if not key:
        return None
    return _odd_characters(key) or _text_in_its_place(key.strip()) or _something_around(key) or _something_inside(key)


def _odd_characters(key: str) -> KeyFault | None:
    """Line breaks and what cannot be seen."""
    if key != (bare := key.strip("\r\n")):
        where = _("ends") if key[-1] in "\r\n" else _("begins")
        sentence = _("The key {begins_or_ends} with a line break.").format(begins_or_ends=where)
        return KeyFault(sentence, _leave_out(_("the line break")), sendable=False)
    if "\n" in bare or "\r" in bare:
        return KeyFault(
            _("The key has a line break inside."), _("Give one key, on one line."), sendable=False
        )  # fmt: skip
    if _BOM in key:
        sentence = _("The key has a byte order mark (BOM) in it, which cannot be seen.")
        return KeyFault(sentence, _("Save the file that it comes from as UTF-8 without BOM."), sendable=False)
    if any(unicodedata.category(c) in ("Cf", "Cc", "Cs", "Co", "Cn") and c != "\t" for c in key):
        sentence = _("The key has a character in it that cannot be seen.")
        return KeyFault(sentence, _("Copy it again, from the provider's own page."), sendable=False)
    return None


def _text_in_its_place(key: str) -> KeyFault | None:
    """References, names of variables and placeholders."""
    bare = key.strip(QUOTES) if len(key) > 1 and not key.startswith("`") else key
    if _REFERENCE.fullmatch(bare):
        sentence = _("This refers to a key that is kept elsewhere, and OpenHands takes it literally.")
    elif _VARIABLE.fullmatch(bare):
        sentence = _("This is the name of a variable, and OpenHands takes it literally.")
    elif _BLANK.fullmatch(bare) or _asks_for_a_key(bare):
        sentence = _("This is a placeholder, and OpenHands takes it literally.")
        return KeyFault(sentence, _("Put your own key there: llm-setup key set"), is_text=True)
    else:
        return None
    hint = _("Keep the key itself with llm-setup key set, and start OpenHands with: llm-setup exec -- COMMAND")
    return KeyFault(sentence, hint, is_text=True, refers=True)


def _asks_for_a_key(text: str) -> bool:
    words = {word.lower() for word in _WORD.findall(text)}
    plain = all(word.isalpha() and len(word) <= 12 for word in words - _MARKS)
    return plain and len(text) <= 60 and bool(words & _ASKING) and bool(words & _ASKED)


def _something_around(key: str) -> KeyFault | None:
    if key != key.strip():
        where = _("ends") if key[-1:].isspace() else _("begins")
        sentence = _("The key {begins_or_ends} with a space.").format(begins_or_ends=where)
        return KeyFault(sentence, _leave_out(_("the space")), sendable=False)
    if key[0] in QUOTES or key[-1] in QUOTES:
        sentence = _("The key has quotes around it, and OpenHands takes them for a part of it.")
        return KeyFault(sentence, _leave_out(_("the quotes")), sendable=key.isascii())
    if key[-1] in ",;":
        sentence = _("The key ends with a comma or a semicolon, and OpenHands takes it for a part of it.")
        return KeyFault(sentence, _leave_out(_("the sign")))
    if _WORD_BEFORE.match(key):
        sentence = _("There is a word in front of the key, and OpenHands takes it for a part of it.")
        return KeyFault(sentence, _("Give the key alone."))
    return None


def _something_inside(key: str) -> KeyFault | None:
    if key.startswith(("http://", "https://")):
        return KeyFault(_("This is a web address, not a key."), _("Put it into base_url, and the key here."))
    if _SHORTENED.search(key):
        sentence = _("This is the shortened form of a key, as web pages show it.")
        return KeyFault(sentence, _("Copy it with the page's copy button, or make a new key."), sendable=key.isascii())
    if any(c.isspace() for c in key):
        return KeyFault(_("The key has a space inside, which no key has."), _("Give the key alone."))
    if not key.isascii():
        sentence = _("The key has a letter or sign in it that no key has; it may only look like the right one.")
        return KeyFault(sentence, _("Copy it again, from the provider's own page."), sendable=False)
    return None


def _leave_out(what: str) -> str:
    return _("Leave {what} out: OpenHands strips nothing.").format(what=what)


def unsendable(secrets: Mapping[str, Secret]) -> tuple[str, KeyFault] | None:
    """The name of the first secret that cannot stand in the header of a request, and why; None where all can."""
    faults = ((name, key_fault(secret.reveal())) for name, secret in secrets.items())
    return next(((name, fault) for name, fault in faults if fault and not fault.sendable), None)


def require_sendable(secrets: Mapping[str, Secret]) -> None:
    """Raise SetupError for a secret that cannot stand in a header: it never goes out, nor is it handed over."""
    if found := unsendable(secrets):
        name, fault = found
        raise SetupError(fault.sentence, fault.hint, field=name)
