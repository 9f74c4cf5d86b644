"""This Google on a port: for a process of its own, or for a thread of a test's."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from waitress import create_server, wasyncore
from waitress.server import BaseWSGIServer

from e2e.fake_google.app import FakeGoogle
from e2e.fake_google.world import World

THREADS: Final = 16  # more than faults.MOST_HANGING, so that somebody is left to answer /_world/


def listen(google: FakeGoogle, host: str, port: int) -> BaseWSGIServer:
    """Bound and listening; `run()` answers. Port 0: any free one."""
    logging.getLogger("waitress").setLevel(logging.ERROR)  # a truncated answer is no news here
    return create_server(
        google,
        host=host,
        port=port,
        threads=THREADS,
        ident="fake-google",
        log_socket_errors=False,  # with it off a NoAnswer closes the connection and no more
    )


def address(server: BaseWSGIServer) -> str:
    """Without a slash at the end. A name such as localhost may open two sockets: the first one's."""
    host, port = (getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)])[0]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def running(google: FakeGoogle | World, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """In a thread of this process, for as long as the block lasts; gives the base address without a slash at the end."""
    app = google if isinstance(google, FakeGoogle) else FakeGoogle(google)
    server = listen(app, host, port)
    thread = threading.Thread(target=server.run, name="fake-google", daemon=True)
    thread.start()
    try:
        yield address(server)
    finally:
        app.world.faults.forget()
        # In the loop's own thread, which ends once nothing is left to listen to: waitress has no other way to stop.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))  # noqa: SLF001
        server.task_dispatcher.shutdown(timeout=5)
        thread.join(5)
