"""Who may what, and in which words it is refused. Source: developers.google.com/workspace/calendar/api/guides/errors."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError
from peers.contract.conftest import Books, Json, Rest
from peers.contract.reading import reason

Service = Callable[[str], Any]
ADDRESSES = ["users/me/calendarList", "calendars/primary/events", "calendars/primary"]


def asked(target: Any, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{target.api_root}calendar/v3/{path}", headers=headers, timeout=10)


@pytest.mark.parametrize("path", ADDRESSES)
def test_nobody_is_told_to_sign_in(target: Any, path: str) -> None:
    answer = asked(target, path)

    assert answer.status_code == 401
    assert answer.json()["error"]["errors"][0]["reason"] == "required"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_made_up_token_is_refused_in_these_words(target: Any, path: str) -> None:
    answer = asked(target, path, Authorization="Bearer made-up")

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["message"]) == (401, 401, "Invalid Credentials")
    assert error["errors"] == [
        {
            "domain": "global",
            "reason": "authError",
            "message": "Invalid Credentials",
            "locationType": "header",
            "location": "Authorization",
        }
    ]


@pytest.mark.unconfirmed("what a scheme other than Bearer is told")
def test_a_token_comes_as_a_bearers(target: Any, credentials: Any) -> None:
    assert asked(target, ADDRESSES[0], Authorization=f"Basic {credentials['all'].token}").status_code == 401


def test_a_token_in_the_address_is_no_token(target: Any) -> None:
    assert asked(target, f"{ADDRESSES[0]}?access_token=made-up").status_code == 401


WRITES: dict[str, Callable[[Any, str], Any]] = {
    "events.insert": lambda api, id_: api.events().insert(calendarId=id_, body={}),
    "events.patch": lambda api, id_: api.events().patch(calendarId=id_, eventId="abcde", body={}),
    "events.update": lambda api, id_: api.events().update(calendarId=id_, eventId="abcde", body={}),
    "events.delete": lambda api, id_: api.events().delete(calendarId=id_, eventId="abcde"),
    "calendars.insert": lambda api, _: api.calendars().insert(body={"summary": "x"}),
    "calendars.patch": lambda api, id_: api.calendars().patch(calendarId=id_, body={}),
    "calendars.delete": lambda api, _: api.calendars().delete(calendarId="c_nobody@group.calendar.google.com"),
    "calendarList.patch": lambda api, id_: api.calendarList().patch(calendarId=id_, body={}),
    "calendarList.insert": lambda api, id_: api.calendarList().insert(body={"id": id_}),
}


@pytest.mark.parametrize("method", WRITES)
def test_who_may_read_may_not_write(service: Service, id_: str, method: str) -> None:
    with pytest.raises(HttpError) as raised:
        WRITES[method](service("reads"), id_).execute()

    assert reason(raised) == (403, "insufficientPermissions")


@pytest.mark.parametrize("method", ["calendars.insert", "calendars.patch", "calendarList.patch", "calendarList.insert"])
def test_who_may_write_events_may_not_write_calendars(service: Service, id_: str, method: str) -> None:
    with pytest.raises(HttpError) as raised:
        WRITES[method](service("writes"), id_).execute()

    assert reason(raised) == (403, "insufficientPermissions")


READS: dict[str, Callable[[Any, str], Any]] = {
    "calendarList.list": lambda api, _: api.calendarList().list(),
    "calendarList.get": lambda api, id_: api.calendarList().get(calendarId=id_),
    "calendars.get": lambda api, id_: api.calendars().get(calendarId=id_),
}


@pytest.mark.parametrize("method", READS)
def test_who_may_write_events_does_not_see_the_list(service: Service, id_: str, method: str) -> None:
    with pytest.raises(HttpError) as raised:
        READS[method](service("writes"), id_).execute()

    assert reason(raised) == (403, "insufficientPermissions")


@pytest.mark.parametrize("name", ["reads", "writes"])
def test_an_owned_calendars_events_are_open_to_both(service: Service, id_: str, books: Books, name: str) -> None:
    event = books()

    assert service(name).events().get(calendarId=id_, eventId=event["id"]).execute()["id"] == event["id"]


def test_who_reads_sees_the_list(service: Service, id_: str) -> None:
    assert id_ in [one["id"] for one in service("reads").calendarList().list().execute()["items"]]


def test_a_missing_scope_is_told_in_old_words_and_new(rest: Rest) -> None:
    answer = rest("GET", "users/me/calendarList", who="writes")

    error: Json = answer.json()["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert error["errors"][0]["domain"] == "global"
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert error["details"][0]["metadata"]["service"] == "calendar-json.googleapis.com"


def test_the_scope_comes_before_the_calendar(service: Service) -> None:
    with pytest.raises(HttpError) as raised:
        service("reads").events().insert(calendarId="c_nobody@group.calendar.google.com", body={}).execute()

    assert reason(raised) == (403, "insufficientPermissions")


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_an_address_nobody_described_is_not_found(rest: Rest, verb: str) -> None:
    assert rest(verb, "users/me/nothing").status_code == 404


@pytest.mark.unconfirmed("what a parameter nobody described is told")
def test_a_parameter_nobody_described_is_refused(rest: Rest) -> None:
    assert rest("GET", "users/me/calendarList", params={"mood": "good"}).status_code == 400


@pytest.mark.parametrize("sent", ["{", '["a list"]', "5"])
def test_what_is_no_json_object_is_refused(rest: Rest, id_: str, sent: str) -> None:
    answer = rest("POST", f"calendars/{id_}/events", data=sent, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400


@pytest.mark.parametrize("value", ["yes", "1x"])
def test_true_or_false_is_either(rest: Rest, value: str) -> None:
    assert rest("GET", "users/me/calendarList", params={"showHidden": value}).status_code == 400


def test_an_answer_is_json(rest: Rest) -> None:
    assert rest("GET", "users/me/calendarList").headers["Content-Type"].startswith("application/json")
