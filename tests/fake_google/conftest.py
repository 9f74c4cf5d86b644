"""One stand-in on a port for the whole run, a fresh world for every test; asked through public clients only."""

from collections.abc import Callable, Iterator
from typing import Any

import httplib2
import pytest
import requests
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document

from e2e.fake_google import FakeGoogle, World, running
from e2e.fake_google.description import document
from tests.fake_google.visitor import App, Visitor

MARIA = "maria@clinic.example"
JOE = "joe@clinic.example"
OWNED = "calendar.events.owned"


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[FakeGoogle, str]]:
    google = FakeGoogle(World(), strict_answers=True)
    with running(google) as base:
        yield google, base


@pytest.fixture
def google(served: tuple[FakeGoogle, str]) -> FakeGoogle:
    served[0].world.reset("fresh")
    return served[0]


@pytest.fixture
def world(google: FakeGoogle) -> World:
    return google.world


@pytest.fixture
def base(served: tuple[FakeGoogle, str], google: FakeGoogle) -> str:
    return served[1]


@pytest.fixture
def checker(base: str) -> App:
    scopes = "openid email calendar.calendarlist.readonly calendar.events.owned.readonly"
    return App(base, "checker", "checker-secret", scopes)


@pytest.fixture
def integration(base: str) -> App:
    return App(base, "integration", "integration-secret", "openid email calendar.events.owned")


@pytest.fixture
def visitor(base: str) -> Visitor:
    """A browser nobody has used yet."""
    return Visitor(base)


@pytest.fixture
def calendar(base: str, world: World) -> Iterator[Callable[..., Any]]:
    """google-api-python-client's Calendar, for an account and scopes: `calendar(MARIA, "calendar")`."""
    told = dict(document(), rootUrl=base + "/", baseUrl=base + "/calendar/v3/")

    opened: list[httplib2.Http] = []

    def resource(account: str, *scopes: str, client: str = "integration") -> Any:
        token = world.grants_token(account, client, list(scopes or ("calendar",)))["access_token"]
        opened.append(httplib2.Http(timeout=5))
        http = AuthorizedHttp(Credentials(token), http=opened[-1])  # type: ignore[no-untyped-call]
        return build_from_document(told, http=http)

    yield resource
    for http in opened:
        http.close()


@pytest.fixture
def rest(base: str, world: World) -> Callable[..., requests.Response]:
    """Plain HTTP at the Calendar API: `rest("GET", "users/me/calendarList", scopes=["calendar"])`."""

    def ask(verb: str, path: str, *, account: str = MARIA, scopes: tuple[str, ...] = ("calendar",), **more: Any) -> Any:
        token = world.grants_token(account, "integration", list(scopes))["access_token"]
        headers = {"Authorization": f"Bearer {token}"} | more.pop("headers", {})
        return requests.request(verb, f"{base}/calendar/v3/{path}", headers=headers, timeout=5, **more)

    return ask
