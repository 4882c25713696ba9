"""A key in a profile of the agent server is encrypted by that server, where it runs and has a key to do it with."""

from pathlib import Path

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.config_file.save import save
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.ciphertext import KEY_FILE, Decryption, can_be_read
from tui.openhands.targets.llm_file import SECRETS, TOKEN
from tui.openhands.targets.profile import Profile
from tui.saving.running_server import running_server


def encrypt(config: ConfigText) -> tuple[ConfigText, str]:
    """The file with its keys encrypted, if that can be had, and what is to be said of them; "" for no key.

    The server reads the profile as we wrote it and tells the ciphertext, which takes the place of the key: in the file,
    in settings.json and in their versions. What cannot be done leaves readable text, which the server takes as well.
    """
    if not isinstance(config, Profile):
        return config, ""
    keys = {key: str(value) for key, value in config.table(DEFAULT).items() if key in SECRETS and value}
    if not keys:
        return config, ""
    folder = config.path.parent.parent
    server = running_server(folder)
    if server is None:
        words = _("The key stands in the profile as readable text: no agent server runs here that could encrypt it.")
        return config, words
    told = server.encrypted(config.name)
    tokens = {key: told.get(key) for key in keys}
    if not all(_is_readable(token, folder) for token in tokens.values()):
        said = _("The key stands in the profile as readable text: the agent server on port {port} did not encrypt it.")
        return config, said.format(port=server.port)
    try:
        text, gone = config.rewritten({(DEFAULT,): tokens}), [Secret(key) for key in keys.values()]
        done = save(config, text, private=True, forget=gone, renewing=True)
    except SetupError as error:
        return config, _("The key stands in the profile as readable text. {reason}").format(reason=error)
    said = _("The agent server on port {port} encrypted it. The key to that lies beside it, in {path}.")
    return done, said.format(port=server.port, path=clean(tilde(folder / KEY_FILE)))


def _is_readable(token: object, folder: Path) -> bool:
    """Whether it is ciphertext, made with the key that the server will have again."""
    given = isinstance(token, str) and token.startswith(TOKEN)
    return given and can_be_read(str(token), folder) is Decryption.POSSIBLE
