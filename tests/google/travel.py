"""A person's trip to Google and back, in a browser that shows no page."""

from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

import requests

from e2e.fake_google import FakeGoogle
from wizard.google import Consent, Departure, Google, Permission, Question

BACK = "http://127.0.0.1:5000/google/callback"


def asked(departure: Departure) -> dict[str, str]:
    """The parameters of an address at Google, each of which is there once."""
    pairs = parse_qsl(urlsplit(departure.url).query, keep_blank_values=True)
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)


class Traveller:
    """One browser: it keeps its cookies, and stops where Google sends it back to the wizard."""

    def __init__(self, google: Google, fake: FakeGoogle) -> None:
        self.google, self.fake = google, fake
        self._browser = requests.Session()

    def goes(self, departure: Departure) -> dict[str, str]:
        """What Google sends back to the wizard's callback."""
        url = departure.url
        while not url.startswith(BACK):
            answer = self._browser.get(url, allow_redirects=False, timeout=5)
            assert answer.is_redirect, answer.text
            url = requests.compat.urljoin(url, answer.headers["Location"])
        return dict(parse_qsl(urlsplit(url).query))

    def consents(self, permission: Permission, account: str, *, offline: bool = True) -> Consent:
        """The whole way: to Google, Continue with every box ticked, back, and the code exchanged."""
        self.fake.accepts(account)
        return self.comes_back(Question(permission, "state-1", login_hint=account, offline=offline))

    def comes_back(self, question: Question) -> Consent:
        departure = self.google.authorize(question)
        return self.google.finish(question.permission, self.goes(departure)["code"], departure.secret)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
