"""Connections whose answers have an end.

A time-out of a socket starts anew with every byte, so a server that drips would hold a thread for ever. Here the time
that urllib3 allows for reading is a deadline for the whole answer, headers and body. What stays outside: looking up a
host's name, and each further address of that name gets the time for connecting once more.
"""

import io
import socket
from http.client import HTTPResponse
from time import monotonic  # a wait is measured in real seconds, also where a test moves the clock
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class Ending(io.RawIOBase):
    """What comes out of a socket until its time-out, counted from now, is over."""

    def __init__(self, line: socket.socket, raw: io.RawIOBase) -> None:
        self._line, self._raw = line, raw
        self._ends = monotonic() + (line.gettimeout() or 0.0)  # nobody waits without an end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._ends - monotonic()
        if left <= 0:
            raise TimeoutError
        self._line.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class EndingResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **named: Any) -> None:
        super().__init__(sock, *args, **named)
        self.fp = io.BufferedReader(Ending(sock, self.fp.detach()))


class EndingConnection(HTTPConnection):
    response_class = EndingResponse


class EndingTlsConnection(HTTPSConnection):
    response_class = EndingResponse


class EndingPool(HTTPConnectionPool):
    ConnectionCls = EndingConnection


class EndingTlsPool(HTTPSConnectionPool):
    ConnectionCls = EndingTlsConnection


class Pools(HTTPAdapter):
    """Kept connections, each lent to one thread at a time."""

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(*args, **named)
        _end_all(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **named: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*args, **named)
        _end_all(manager)
        return manager


def _end_all(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": EndingPool, "https": EndingTlsPool}
