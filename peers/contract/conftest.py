"""Public clients of one Google. Nothing is ever set up behind its back, so that the real one can be asked the same."""

import json
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import google.auth.transport.requests
import httplib2
import pytest
import requests
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError
from peers.contract import target as targets
from peers.contract.target import Target

Json = dict[str, Any]
Rest = Callable[..., requests.Response]
Books = Callable[..., Json]
FIRST_DAY = datetime(2031, 1, 6, 15, 0, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("google") == "live" and not config.option.collectonly:
        targets.live()  # told at once what is missing, not by each case


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> Iterator[Target]:
    if pytestconfig.getoption("google") == "live":
        yield targets.live()
        return
    with targets.fake() as made:
        yield made


@pytest.fixture(scope="session")
def metadata(target: Target) -> Json:
    told: Json = requests.get(target.metadata_url, timeout=10).json()
    return told


@pytest.fixture(scope="session")
def credentials(target: Target, metadata: Json) -> dict[str, Credentials]:
    """google-auth's, refreshed once, by the names of target.SCOPES."""
    made = {
        name: Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=token,
            token_uri=metadata["token_endpoint"],
            client_id=target.client_id,
            client_secret=target.client_secret,
        )
        for name, token in target.tokens.items()
    }
    with requests.Session() as session:
        for one in made.values():
            one.refresh(google.auth.transport.requests.Request(session))  # type: ignore[no-untyped-call]
    return made


@pytest.fixture(scope="session")
def service(target: Target, credentials: dict[str, Credentials]) -> Iterator[Callable[[str], Any]]:
    """google-api-python-client's Calendar: `service("reads")`."""
    told = json.loads(get_static_doc("calendar", "v3"))
    told |= {"rootUrl": target.api_root, "baseUrl": target.api_root + "calendar/v3/"}
    lines = {name: httplib2.Http(timeout=10) for name in credentials}
    made = {
        name: build_from_document(told, http=AuthorizedHttp(one, http=lines[name])) for name, one in credentials.items()
    }
    yield made.__getitem__
    for line in lines.values():
        line.close()


@pytest.fixture(scope="session")
def calendar(service: Callable[[str], Any]) -> Any:
    """The Calendar of somebody who may do everything."""
    return service("all")


@pytest.fixture(scope="session")
def events(calendar: Any) -> Any:
    return calendar.events()


@pytest.fixture(scope="session")
def id_(target: Target) -> str:
    return target.calendar_id


@pytest.fixture(scope="session")
def rest(target: Target, credentials: dict[str, Credentials]) -> Rest:
    """Plain HTTP below calendar/v3/: `rest("GET", "users/me/calendarList", who="reads")`."""

    def ask(verb: str, path: str, *, who: str = "all", **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {credentials[who].token}"} | more.pop("headers", {})
        return requests.request(verb, f"{target.api_root}calendar/v3/{path}", headers=headers, timeout=10, **more)

    return ask


@pytest.fixture
def token(target: Target, metadata: Json) -> Rest:
    """Plain HTTP at the token address, as the client unless told otherwise; None leaves a field out."""

    def ask(**fields: str | None) -> requests.Response:
        form = {"client_id": target.client_id, "client_secret": target.client_secret, **fields}
        given = {name: value for name, value in form.items() if value is not None}
        return requests.post(metadata["token_endpoint"], data=given, timeout=10)

    return ask


@pytest.fixture
def slot() -> datetime:
    """A quarter of an hour that nobody else uses, some years ahead."""
    return FIRST_DAY + timedelta(days=secrets.randbelow(1800), minutes=15 * secrets.randbelow(16))


@pytest.fixture
def books(events: Any, id_: str, slot: datetime) -> Iterator[Books]:
    """Inserts an event of 15 minutes at the slot and answers it; what is left at the end is deleted."""
    made: list[str] = []

    def insert(**fields: Any) -> Json:
        ends = slot + timedelta(minutes=15)
        times = {"start": {"dateTime": slot.isoformat()}, "end": {"dateTime": ends.isoformat()}}
        event: Json = events.insert(calendarId=id_, body={"summary": "PIMSY sync test"} | times | fields).execute()
        made.append(event["id"])
        return event

    yield insert
    for one in made:
        try:
            events.delete(calendarId=id_, eventId=one).execute()
        except HttpError as refused:
            assert refused.status_code == 410, refused  # noqa: PT017
