"""This Google on a port: for a process of its own, or for a thread of a test's."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from waitress import create_server, wasyncore
from waitress.server import BaseWSGIServer

from . import tls
from .app import FakeGoogle
from .authority import Certificate
from .world import World

THREADS: Final = 16  # more than faults.MOST_HANGING, so that somebody is left to answer /_world/


@contextmanager
def listening(
    google: FakeGoogle, host: str, port: int, certificate: Certificate | None = None
) -> Iterator[tuple[BaseWSGIServer, str]]:
    """Bound; the server's `run()` answers. Gives it and the base address, without a slash at the end.

    Port 0: any free one. With a certificate it speaks TLS there, and plain HTTP at a loopback port nobody is told.
    Raises OSError for a port that cannot be opened.
    """
    if certificate is None:
        server = bound(google, host, port, "http")
        yield server, address("http", *bound_at(server))
        return
    server = bound(google, "127.0.0.1", 0, "https")
    with ExitStack() as open_now:
        try:
            outside = open_now.enter_context(tls.relaying(certificate.context(), host, port, bound_at(server)))
        except OSError:
            server.close()
            raise
        yield server, address("https", *outside)


def bound(google: FakeGoogle, host: str, port: int, scheme: str) -> BaseWSGIServer:
    logging.getLogger("waitress").setLevel(logging.ERROR)  # a truncated answer is no news here
    return create_server(
        google,
        host=host,
        port=port,
        threads=THREADS,
        url_scheme=scheme,
        ident="fake-google",
        log_socket_errors=False,  # with it off a NoAnswer closes the connection and no more
    )


def bound_at(server: BaseWSGIServer) -> tuple[str, int]:
    """A name such as localhost may open two sockets: the first one's."""
    listens = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    host, port = listens[0]
    return host, int(port)


def address(scheme: str, host: str, port: int) -> str:
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


@contextmanager
def running(
    google: FakeGoogle | World, *, host: str = "127.0.0.1", port: int = 0, certificate: Certificate | None = None
) -> Iterator[str]:
    """In a thread of this process, for as long as the block lasts; gives the base address without a slash at the end.

    `certificate` (authority.certificate_in) makes it an https one.
    """
    app = google if isinstance(google, FakeGoogle) else FakeGoogle(google)
    with listening(app, host, port, certificate) as (server, base):
        thread = threading.Thread(target=server.run, name="fake-google", daemon=True)
        thread.start()
        try:
            yield base
        finally:
            app.world.faults.forget()
            stop(server, thread)


def stop(server: BaseWSGIServer, thread: threading.Thread) -> None:
    """End a waitress server and the thread it runs in: its loop ends once nothing is left to listen to.

    Only then are the sockets closed: another thread that wakes the loop could otherwise close the very pipe by which we
    are waking it, and its number may belong to somebody else's file by then.
    """
    listened_to: dict[int, wasyncore.dispatcher] = {}

    def lets_go() -> None:
        listened_to.update(server._map)  # noqa: SLF001 - waitress has no other way to stop
        server._map.clear()  # noqa: SLF001

    server.trigger.pull_trigger(lets_go)
    thread.join(5)
    server.task_dispatcher.shutdown(timeout=5)
    wasyncore.close_all(listened_to, ignore_all=True)
