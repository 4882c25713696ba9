"""A keyring that takes its password in a window of its own, as KWallet does: no window, but all that is said of it."""

import contextlib
import threading
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_call, new_method_return, new_signal
from tools.secret_service import BUS, LOGIN, SecretService

PROMPT = DBusAddress("/org/freedesktop/secrets/prompt/1", interface="org.freedesktop.Secret.Prompt")


class Wallet:
    """Answers on the bus of `service`, locked until `type_password` is called while its window is open."""

    def __init__(self, service: SecretService) -> None:
        self._service = service
        self._locked = True
        self._over = False
        self.asked = threading.Event()
        """Set while the window is open."""

    def __enter__(self) -> Self:
        self._connection = self._service.connect()
        for name in ("org.freedesktop.secrets", "org.kde.kwalletd6"):
            self._connection.send_and_get_reply(new_method_call(BUS, "RequestName", "su", (name, 0)))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._over = True
        self._thread.join()
        self._connection.close()

    def close_window(self, *, typed: bool) -> None:
        """The user typed the password, or closed the window without."""
        assert self.asked.wait(10)
        self._locked = not typed
        self.asked.clear()
        self._connection.send(new_signal(PROMPT, "Completed", "bv", (not typed, ("ao", [LOGIN] if typed else []))))

    def _serve(self) -> None:
        while not self._over:
            with contextlib.suppress(TimeoutError):
                message = self._connection.receive(timeout=0.05)
                if message.header.message_type is MessageType.method_call:
                    self._connection.send(self._answer(message))

    def _answer(self, message: Any) -> Any:
        match message.header.fields[HeaderFields.member]:
            case "ReadAlias":
                return new_method_return(message, "o", (LOGIN,))
            case "Get":
                return new_method_return(message, "v", (("b", self._locked),))
            case "Unlock":
                return new_method_return(message, "aoo", ([], PROMPT.object_path))
            case "Prompt":
                self.asked.set()
                return new_method_return(message)
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
