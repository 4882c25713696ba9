"""An internet inside one process: every name has an address, and one server answers for all of them, and keeps account.

Names resolve to made-up addresses; what connects to one of those reaches a server of this process, with TLS where port
443 was meant. Certificates are not checked. The server answers 401 to everything and notes who was asked for what.
`install()` comes before that of `tui.base.guard`, which then watches the addresses as they would be in the world; a
process that forks opens the server in each fork.
"""

import contextvars
import hashlib
import ipaddress
import socket
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

from tui.base import guard

ANSWER = b'{"error": {"message": "no", "type": "invalid_api_key"}}'


class AllHosts(guard.AllowedHosts):
    """Lets everything through: what a program does that nobody watches."""

    def __init__(self) -> None:
        super().__init__([])

    def require(self, host: str, port: int | None = None) -> None:
        """Refuse nothing."""


class FakeInternet:
    """`requests` is what was received: (host, port, all bytes of the request)."""

    def __init__(self, folder: Path) -> None:
        self.requests: list[tuple[str, int, bytes]] = []
        self._names: dict[str, str] = {}
        self._asked: dict[int, tuple[str, int]] = {}
        """By the port that a connection comes from: the name and port that were meant."""
        self._context = _server_context(folder)
        self._connect = socket.socket.connect

    def install(self) -> None:
        """Take the place of the name service and of the network, for this process."""
        socket.getaddrinfo = self._resolve
        socket.socket.connect = lambda sock, address: self._reach(sock, address)  # type: ignore[method-assign] # noqa: PLW0108 - binds the socket
        socket.socket.connect_ex = lambda sock, address: self._reach_or_tell(sock, address)  # type: ignore[method-assign] # noqa: PLW0108
        _trust_everybody()

    def open(self) -> None:
        """Begin to answer."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _resolve(self, host: Any, port: Any, *_rest: Any, **_options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        try:
            address = str(ipaddress.ip_address(name))
        except ValueError:
            number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:3])
            address = str(ipaddress.ip_address(0x0B000000 + number))
            self._names[address] = name
        if ":" in address:
            raise socket.gaierror("no IPv6 here")
        kinds = {"http": 80, "https": 443}
        where = (address, kinds.get(port, port) or 0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", where)]

    def _reach(self, sock: socket.socket, address: Any) -> None:
        if not isinstance(address, tuple):
            return self._connect(sock, address)
        guard._watch("socket.connect", (sock, address))
        try:
            self._unwatched(sock)
        finally:
            meant = self._names.get(address[0], address[0])
            self._asked[sock.getsockname()[1]] = (meant, address[1])
        return None

    def _reach_or_tell(self, sock: socket.socket, address: Any) -> int:
        try:
            self._reach(sock, address)
        except BlockingIOError as error:
            return error.errno or 0
        return 0

    def _unwatched(self, sock: socket.socket) -> None:
        def connect() -> None:
            guard.allowed_hosts.set(AllHosts())
            sock.bind(("127.0.0.1", 0))  # so that the server knows it before the first byte
            self._asked[sock.getsockname()[1]] = ("?", 0)
            self._connect(sock, ("127.0.0.1", self._port))

        contextvars.copy_context().run(connect)

    def _serve(self) -> None:
        while True:
            sock, (_address, port) = self._listener.accept()
            threading.Thread(target=self._answer, args=[sock, port], daemon=True).start()

    def _answer(self, sock: Any, port: int) -> None:
        sock.settimeout(10)
        try:
            if sock.recv(1, socket.MSG_PEEK) == b"\x16":
                sock = self._context.wrap_socket(sock, server_side=True)
            request = _read(sock)
            host, meant = self._asked[port]
            self.requests.append((host, meant, request))
            head = (
                b"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: "
            )
            sock.sendall(head + str(len(ANSWER)).encode() + b"\r\n\r\n" + ANSWER)
        except OSError:
            pass
        finally:
            sock.close()


def _read(sock: Any) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        more = sock.recv(65536)
        if not more:
            return request
        request += more
    head, _, body = request.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while len(body) < (lengths or [0])[0]:
        more = sock.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body


def _server_context(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    if not certificate.exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=everybody", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _trust_everybody() -> None:
    wrap_socket, wrap_bio = ssl.SSLContext.wrap_socket, ssl.SSLContext.wrap_bio

    def trusting(wrap: Any) -> Any:
        def wrapped(context: ssl.SSLContext, *values: Any, **options: Any) -> Any:
            if not options.get("server_side"):
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            return wrap(context, *values, **options)

        return wrapped

    ssl.SSLContext.wrap_socket = trusting(wrap_socket)  # type: ignore[method-assign]
    ssl.SSLContext.wrap_bio = trusting(wrap_bio)  # type: ignore[method-assign]
