"""Which group and which setting a name on the command line stands for."""

from difflib import get_close_matches

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.reading import ConfigText
from tui.settings.field import Field
from tui.settings.fields import BY_KEY
from tui.settings.groups import DEFAULT, header
from tui.settings.near_names import names_a_place

_PREFIX = "LLM_"


def group_called(name: str | None) -> str:
    """The group of an option `--group NAME`: `llm` itself without one, and for that name."""
    return DEFAULT if name in (None, DEFAULT) else f"{DEFAULT}.{name}"


def known_group(config: ConfigText, name: str | None) -> str:
    """The same, for commands that read. Raises SetupError when the file has no such group."""
    group = group_called(name)
    if group != DEFAULT and name not in config.groups():
        raise unknown_group(config, str(name))
    return group


def unknown_group(config: ConfigText, name: str) -> SetupError:
    """What is said about a group that the file does not have."""
    names = ", ".join(clean(group, limit=60) for group in config.groups())
    return SetupError(
        _("There is no group [llm.{name}].").format(name=clean(name, limit=60)),
        _("The file has: {names}.").format(names=names) if names else _("The file has no groups but [llm] itself."),
        status=Status.USAGE,
    )


def check_new_name(name: str) -> None:
    """Raise SetupError for a name that no group should have."""
    if not name or name != clean(name, blanks=True) or name != name.strip():
        message = _("A group's name has at least one character, no spaces at its ends, and none that cannot be seen.")
    elif name in BY_KEY or name == DEFAULT:
        message = _(
            "A group must not be named “{name}”: OpenHands would mix it up with what [llm] holds itself."
        ).format(name=name)
    else:
        return
    raise SetupError(message, _("Choose another name."), status=Status.USAGE)


def insist_on_free(config: ConfigText, name: str) -> None:
    """Raise SetupError for a name that no new group of the file can have."""
    check_new_name(name)
    if config.has(DEFAULT, name):
        raise name_taken(name)


def name_taken(name: str) -> SetupError:
    """What is said when a new group would have the name of another."""
    return SetupError(
        _("There is a group {group} already.").format(group=header(f"{DEFAULT}.{name}")),
        _("Choose another name."),
        status=Status.USAGE,
    )


def field_called(name: str) -> Field | None:
    """The setting of that name, in `[llm]` or in the environment; None when there is none."""
    key = name[len(_PREFIX) :].lower() if name.startswith(_PREFIX) and name.isupper() else name
    return BY_KEY.get(key)


def unknown_setting(name: str) -> SetupError:
    """What is said about a setting that OpenHands does not know; of the name, only what cannot be a key is shown."""
    plain = name.lower().removeprefix(_PREFIX.lower())
    if names_a_place(plain):  # its value is no key, and nobody should be sent to put it there
        message = _("“{name}” is no setting of OpenHands, which reads no key from elsewhere.").format(name=plain)
        return SetupError(message, _("Keep the key with llm-setup key set."), status=Status.USAGE)
    close = get_close_matches(plain, BY_KEY, n=1)
    message = _("“{name}” is no setting of OpenHands, and would make it drop the whole section.")
    if not name.replace("_", "").isalpha():
        message = _("One name, which may be a key and is not shown, is no setting of OpenHands.")
    return SetupError(
        message.format(name=clean(name, limit=30)),
        _("Did you mean {name}?").format(name=close[0]) if close else _("llm-setup set --help lists them."),
        status=Status.USAGE,
    )
