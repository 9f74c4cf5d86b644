"""The wire: one pool of kept connections for everything said to Google, and an end to every wait."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from time import monotonic  # a wait is measured in real seconds, also where a test moves the clock
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import HTTPError

from wizard.google.answers import Answer
from wizard.google.errors import GoogleSilent

CHUNK = 65536


class Pool(HTTPAdapter):
    """Kept connections, lent to one thread at a time; an answer is read whole before `timeout` seconds have passed.

    The time-out of requests itself starts anew with every byte. What stays outside: looking up a host's name, and each
    further address of that name gets the time for connecting once more.
    """

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature of requests
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        ends = monotonic() + timeout
        response = super().send(request, True, Timeout(total=timeout), verify, cert, proxies)  # type: ignore[arg-type]  # its stubs do not know urllib3's Timeout
        try:
            response._content = b"".join(_chunks(response.raw, ends))  # noqa: SLF001 - where requests itself keeps a read body
        except (HTTPError, OSError) as error:
            response.close()
            raise requests.ConnectionError(request=request) from error
        return response


def _chunks(raw: BaseHTTPResponse, ends: float) -> Iterator[bytes]:
    while True:
        left = ends - monotonic()
        if left <= 0:
            raise TimeoutError
        socket = getattr(raw.connection, "sock", None)
        if socket is not None:
            socket.settimeout(left)
        chunk = raw.read1(CHUNK, decode_content=True)
        if not chunk:
            return
        yield chunk


class Wire:
    """Says one thing to Google and brings the answer, whatever its status. Safe for many threads."""

    def __init__(self, connections: int) -> None:
        self._pool = Pool(pool_maxsize=connections)
        self._session = requests.Session()
        self.carry(self._session)

    def carry(self, session: requests.Session) -> None:
        """Lets a session of somebody else use these connections.

        It follows no redirect: one would come from a portal on the way, and 307 would hand it the client's secret.
        It keeps no cookie: nothing of one account may reach the next.
        """
        session.mount("https://", self._pool)
        session.mount("http://", self._pool)
        session.max_redirects = 0
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def say(
        self,
        method: str,
        url: str,
        *,
        timeout: float,
        headers: Mapping[str, str] | None = None,
        body: str | None = None,
    ) -> Answer:
        """Raises GoogleSilent when no whole answer came within `timeout` seconds."""
        with or_silence():
            response = self._session.request(
                method,
                url,
                headers=headers,
                data=body,
                timeout=timeout,
                auth=_as_it_is,
            )
        return answer_of(response)

    def close(self) -> None:
        self._session.close()


def answer_of(response: requests.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.content)


@contextmanager
def or_silence() -> Iterator[None]:
    """Every way a connection can end early is one to us. The cause is dropped: it would carry the request along."""
    try:
        yield
    except requests.RequestException:
        raise GoogleSilent from None


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from putting a password out of a .netrc file in place of our Authorization header."""
    return request
