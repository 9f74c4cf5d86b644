"""Google's description decides: every method is there, takes its scopes and parameters, and answers in its shape."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from e2e.fake_google import FakeGoogle, World, api
from e2e.fake_google.description import Method, methods
from e2e.fake_google.scopes import PREFIX
from tests.fake_google.conftest import MARIA

Rest = Callable[..., requests.Response]
BUILT = [method for method in methods().values() if method.name in api.BUILT]
OTHERS = [method for method in methods().values() if method.name not in api.BUILT]
POINT = {"dateTime": "2026-11-24T06:10:00-05:00"}
BODIES: dict[str, dict[str, Any]] = {
    "calendarList.insert": {"id": MARIA},
    "calendars.insert": {"summary": "PIMSY Calendar"},
    "calendars.update": {"summary": "PIMSY Calendar"},
    "events.insert": {"start": POINT, "end": POINT},
    "events.update": {"start": POINT, "end": POINT},
}


def name_of(value: object) -> str:
    return value.name if isinstance(value, Method) else str(value)


@pytest.fixture
def path(world: World) -> Callable[[Method], str]:
    """Where a method is asked about a calendar of Maria's and an event in it."""
    calendar = world.adds_calendar(MARIA, "Another")
    event = world.adds_event(MARIA, "Another", {"summary": "Something", "start": POINT, "end": POINT})
    return lambda method: (
        method.path.replace("{calendarId}", calendar.id).replace("{eventId}", event["id"]).replace("{ruleId}", "x")
    )


def body_of(method: Method) -> dict[str, Any] | None:
    return BODIES.get(method.name, {}) if method.body else None


def test_the_methods_are_the_ones_promised() -> None:
    assert {method.name for method in BUILT} == {
        *(f"calendarList.{name}" for name in ("list", "get", "insert", "patch", "delete")),
        *(f"calendars.{name}" for name in ("get", "insert", "patch", "update", "delete")),
        *(f"events.{name}" for name in ("get", "list", "insert", "patch", "update", "delete")),
    }


@pytest.mark.parametrize("method", OTHERS, ids=name_of)
def test_what_is_not_built_says_its_name(rest: Rest, path: Callable[[Method], str], method: Method) -> None:
    answer = rest(method.verb, path(method), json=body_of(method))

    assert answer.status_code == 501
    assert answer.json()["error"]["message"] == f"{method.name} is not built in this stand-in for Google."


def test_batch_says_its_name(base: str) -> None:
    assert requests.post(base + "/batch/calendar/v3", timeout=5).status_code == 501


@pytest.mark.parametrize("method", BUILT, ids=name_of)
def test_every_answer_fits_googles_schema(
    rest: Rest, path: Callable[[Method], str], google: FakeGoogle, method: Method
) -> None:
    """The stand-in is strict here: an answer that does not fit is an error of the server's, 500."""
    if method.name == "calendarList.delete":
        google.world.adds_calendar("joe@clinic.example", "Joe's")
        shared = google.world.shares_calendar("joe@clinic.example", "Joe's", MARIA)
        answer = rest("DELETE", f"users/me/calendarList/{shared.id}")
    else:
        answer = rest(method.verb, path(method), json=body_of(method))

    assert (answer.status_code, bool(answer.content)) == ((200, True) if method.answer else (204, False))


@pytest.mark.parametrize(
    ("method", "scope"),
    [(method, scope) for method in BUILT for scope in sorted(BUILT[0].scopes.union(*(one.scopes for one in BUILT)))],
    ids=lambda value: name_of(value).removeprefix(PREFIX),
)
def test_a_method_takes_the_scopes_of_the_description_and_no_other(
    rest: Rest, path: Callable[[Method], str], method: Method, scope: str
) -> None:
    answer = rest(method.verb, path(method), json=body_of(method), scopes=(scope,))

    said = answer.json()["error"]["errors"][0]["reason"] if answer.status_code == 403 else ""
    if scope not in method.scopes:
        assert (answer.status_code, said) == (403, "insufficientPermissions")
    elif scope.endswith("public.readonly"):
        assert (answer.status_code, said) == (403, "insufficientPermissions"), "the calendar is not public"
    elif scope.endswith("app.created") and method.name != "calendars.insert":
        assert answer.status_code == 404, "the calendar was made by hand"
    elif scope.endswith("freebusy"):
        assert answer.status_code == 501
    elif method.name == "calendarList.delete":
        assert (answer.status_code, said) == (403, "forbidden"), "an own calendar cannot be dropped"
    else:
        assert answer.status_code in {200, 204}


CHECKER = ("openid", "email", "calendar.calendarlist.readonly", "calendar.events.owned.readonly")
INTEGRATION = ("openid", "email", "calendar.events.owned")


@pytest.mark.parametrize(
    ("scopes", "opens"),
    [
        (CHECKER, {"calendarList.list", "calendarList.get", "events.get", "events.list"}),
        (
            INTEGRATION,
            {"events.get", "events.list", "events.insert", "events.patch", "events.update", "events.delete"},
        ),
    ],
    ids=["checker", "integration"],
)
def test_a_pair_of_permissions_opens_these_methods_alone(
    rest: Rest, path: Callable[[Method], str], scopes: tuple[str, ...], opens: set[str]
) -> None:
    taken = {
        method.name
        for method in sorted(BUILT, key=lambda method: method.verb == "DELETE")
        if rest(method.verb, path(method), json=body_of(method), scopes=scopes).status_code in {200, 204}
    }

    assert taken == opens


@pytest.mark.parametrize("method", [method for method in BUILT if method.verb == "GET"], ids=name_of)
def test_a_parameter_nobody_described_is_refused(rest: Rest, path: Callable[[Method], str], method: Method) -> None:
    answer = rest("GET", path(method), params={"calenderId": "x"})

    assert answer.status_code == 400
    assert 'Unknown name "calenderId"' in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path_", "name", "value"),
    [
        ("users/me/calendarList", "maxResults", "0"),
        ("users/me/calendarList", "maxResults", "many"),
        ("users/me/calendarList", "showHidden", "yes"),
        ("users/me/calendarList", "minAccessRole", "king"),
        ("users/me/calendarList", "pageToken", "made-up"),
        ("users/me/calendarList", "syncToken", "made-up"),
        ("users/me/calendarList", "alt", "xml"),
        ("calendars/primary/events", "orderBy", "size"),
        ("calendars/primary/events", "orderBy", "startTime"),
        ("calendars/primary/events", "timeMin", "2026-11-24T06:10:00"),
        ("calendars/primary/events", "timeMin", "2026-11-24"),
        ("calendars/primary/events", "timeMax", "tomorrow"),
        ("calendars/primary/events", "timeZone", "Mars/Olympus"),
        ("calendars/primary/events", "privateExtendedProperty", "no-equals"),
        ("calendars/primary/events", "fields", "items(name)"),
        ("calendars/primary/events", "fields", "items(id"),
        ("calendars/primary/events", "fields", "items)"),
    ],
)
def test_a_value_outside_its_type_is_refused(rest: Rest, world: World, path_: str, name: str, value: str) -> None:
    world.adds_event(MARIA, MARIA, {"start": POINT, "end": POINT})

    answer = rest("GET", path_, params={name: value})

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 400


def test_an_address_google_does_not_have_is_not_found(rest: Rest) -> None:
    assert rest("GET", "users/me/nothing").json()["error"]["errors"][0]["reason"] == "notFound"


@pytest.mark.parametrize("sent", ["[]", "{", '"text"'])
def test_what_is_no_json_object_is_a_parse_error(rest: Rest, sent: str) -> None:
    answer = rest("POST", "calendars", data=sent, headers={"Content-Type": "application/json"})

    assert answer.json()["error"]["errors"] == [{"domain": "global", "reason": "parseError", "message": "Parse Error"}]


@pytest.mark.parametrize(
    ("sent", "where"),
    [({"summary": 7}, "summary"), ({"start": "now"}, "start"), ({"reminders": {"useDefault": "no"}}, "reminders")],
)
def test_a_wrong_type_is_refused(rest: Rest, sent: dict[str, Any], where: str) -> None:
    answer = rest("POST", "calendars/primary/events", json={"start": POINT, "end": POINT} | sent)

    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith(f"Invalid value for: {where}")


@pytest.mark.parametrize(
    ("mask", "shown"),
    [
        ("items/summary", {"items": [{"summary": MARIA}]}),
        ("items(id,summary),kind", {"kind": "calendar#calendarList", "items": [{"id": MARIA, "summary": MARIA}]}),
        ("items(conferenceProperties/allowedConferenceSolutionTypes)",
         {"items": [{"conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}}]}),
        ("nextPageToken", {}),
    ],
)  # fmt: skip
def test_a_mask_shows_a_part(rest: Rest, mask: str, shown: dict[str, Any]) -> None:
    assert rest("GET", "users/me/calendarList", params={"fields": mask}).json() == shown


def test_a_star_shows_all(rest: Rest) -> None:
    masked, whole = (rest("GET", "users/me/calendarList", params=params).json() for params in ({"fields": "*"}, {}))

    assert masked.keys() == whole.keys()
