"""The wire: one pool of kept connections for everything said to Google, and an end to every wait."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3 import Timeout

from wizard.google.answers import Answer
from wizard.google.deadline import Pools
from wizard.google.errors import GoogleSilent


class Wire:
    """Says one thing to Google and brings the answer, whatever its status. Safe for many threads."""

    def __init__(self, connections: int) -> None:
        self._pools = Pools(pool_maxsize=connections)
        self._session = Session()
        self.carry(self._session)

    def carry(self, session: requests.Session) -> None:
        """Lets a session of somebody else use these connections.

        It follows no redirect: one would come from a portal on the way, and 307 would hand it the client's secret.
        It keeps no cookie: nothing of one account may reach the next.
        """
        session.mount("https://", self._pools)
        session.mount("http://", self._pools)
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
                timeout=within(timeout),
                auth=_as_it_is,
            )
        return answer_of(response)

    def close(self) -> None:
        self._session.close()


class Session(requests.Session):
    """One that reads the environment's proxies and certificates once for each host, not at every question.

    That took a quarter of the time of one (requests 2.34). They cannot change while this process lives.
    """

    def __init__(self) -> None:
        super().__init__()
        self._settings: dict[tuple[str, str], Any] = {}

    def merge_environment_settings(self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any) -> Any:
        where = urlsplit(str(url))
        key = (where.scheme, where.netloc)
        if key not in self._settings:
            self._settings[key] = super().merge_environment_settings(url, proxies, stream, verify, cert)
        return dict(self._settings[key])


def within(seconds: float) -> Any:
    """One time for connecting and reading together; requests takes it, its stubs do not know it."""
    return Timeout(total=seconds)


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
