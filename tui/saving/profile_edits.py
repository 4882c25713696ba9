"""Making profiles of the agent server: groups that have files of their own."""

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.openhands.targets.agent_server import AgentServer
from tui.openhands.targets.llm_file import SECRETS, as_text
from tui.openhands.targets.profile import MOST, Profile
from tui.saving.file_update import Update, update


def make_profile(name: str, source: str | None = None, *, write: bool = True) -> Update:
    """Make the profile `name` with the settings of `source`, by default of the one in use, and none of its keys.

    Raises SetupError.
    """
    server = AgentServer()
    like = server.read(server.locate(group=source))
    if not like.exists:
        named = clean(like.name, limit=64)
        raise SetupError(_("There is no profile {name}.").format(name=named), status=Status.USAGE)
    like.require_known_schema()
    if len(server.groups()) >= MOST - 1:
        raise SetupError(_("The agent server takes {most} profiles at most.").format(most=MOST))

    def change(_first: Profile, present: Profile) -> str:
        if present.exists:
            raise SetupError(
                _("There is a profile {name} already.").format(name=clean(present.name, limit=64)),
                _("Choose another name."),
                status=Status.USAGE,
            )
        return as_text({key: value for key, value in like.whole.items() if key not in SECRETS})

    return update(server.locate(group=name), change, read=server.read, write=write)  # type: ignore[arg-type]  # its own kind


def refuse_change(action: str) -> SetupError:
    """What is said of renaming and removing: agent profiles name them, and must be told."""
    words = {"rename": _("Profiles are renamed in Agent Canvas."), "remove": _("Profiles are removed in Agent Canvas.")}
    return SetupError(words[action], _("It tells its agent profiles, which name them."), status=Status.USAGE)
