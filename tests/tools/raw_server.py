"""A server that says whatever bytes it is told to, HTTP or not: `with raw_server(answer) as port`."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket], None]


@contextmanager
def raw_server(answer: Answer, *, hears_first: bool = True) -> Iterator[int]:
    """The port of a server on this machine that calls `answer` for each connection, when the request was read."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if hears_first:
                hear(connection)
            answer(connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def hear(connection: socket.socket) -> None:
    """Read a whole request: closing before would reset the connection."""
    heard = b""
    while b"\r\n\r\n" not in heard and (part := connection.recv(65536)):
        heard += part
    head, _, body = heard.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length and (part := connection.recv(65536)):
        body += part


def saying(text: bytes) -> Answer:
    """An answer of these bytes, after which the connection is closed."""
    return lambda connection: connection.sendall(text)


def resetting(connection: socket.socket) -> None:
    """The connection is reset, as by a firewall."""
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
