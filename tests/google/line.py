"""A server that answers bytes, right or broken: what no well-behaved server can be made to send."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Reply = Callable[[socket.socket], None]


def http(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """An HTTP/1.1 answer; `length` may promise more than there is."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def sends(answer: bytes) -> Reply:
    return lambda line: line.sendall(answer)


@dataclass
class Line:
    """What is answered by path, and every request line that came."""

    url: str
    replies: dict[str, Reply]
    hung_up: threading.Event = field(default_factory=threading.Event)
    requests: list[str] = field(default_factory=list)

    def answers(self, name: str, answer: bytes) -> None:
        """From now on to every path that ends in this name."""
        self.replies[name] = sends(answer)

    def drips(self, beginning: bytes) -> Reply:
        """Byte after byte, without an end, until the asker hangs up: every single wait is short."""

        def drip(line: socket.socket) -> None:
            line.sendall(beginning)
            try:
                while not self.hung_up.wait(0.02):
                    line.sendall(b" ")
            except OSError:
                self.hung_up.set()

        return drip


@contextmanager
def answering(**replies: bytes) -> Iterator[Line]:
    """On a free port of this machine; names are the last part of a path, and what has no reply gets 404."""
    listener = socket.create_server(("127.0.0.1", 0))
    host, port = listener.getsockname()
    line = Line(f"http://{host}:{port}", {})
    for name, answer in replies.items():
        line.answers(name, answer)
    thread = threading.Thread(target=_serve, args=(listener, line))
    thread.start()
    try:
        yield line
    finally:
        line.hung_up.set()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        listener.close()


def _serve(listener: socket.socket, line: Line) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            request = _read(connection)
            if request:
                line.requests.append(request)
                name = request.split()[1].partition("?")[0].rpartition("/")[2]
                line.replies.get(name, sends(http(b"{}", "404 Not Found")))(connection)


def _read(connection: socket.socket) -> str:
    """The request line, once the whole request is here; "" when the asker left."""
    came = b""
    while b"\r\n\r\n" not in came:
        part = connection.recv(65536)
        if not part:
            return ""
        came += part
    head, _, body = came.partition(b"\r\n\r\n")
    promised = next((line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b":0")
    while len(body) < int(promised.partition(b":")[2]):
        body += connection.recv(65536)
    return head.split(b"\r\n")[0].decode()
