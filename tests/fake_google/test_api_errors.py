"""The bodies of the errors, as developers.google.com/workspace/calendar/api/guides/errors shows them."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from e2e.fake_google import FakeGoogle, World
from tests.fake_google.conftest import JOE, MARIA

Rest = Callable[..., requests.Response]
NO_CREDENTIALS = {
    "error": {
        "errors": [
            {
                "domain": "global",
                "reason": "authError",
                "message": "Invalid Credentials",
                "locationType": "header",
                "location": "Authorization",
            }
        ],
        "code": 401,
        "message": "Invalid Credentials",
    }
}


@pytest.mark.parametrize("header", ["Bearer made-up", "Bearer ", "Basic bWFyaWE6cHc=", "made-up", ""])
def test_no_token_no_answer(base: str, header: str) -> None:
    answer = requests.get(f"{base}/calendar/v3/users/me/calendarList", headers={"Authorization": header}, timeout=5)

    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("how", ["unknown", "expired", "revoked", "refresh token"])
def test_a_token_that_does_not_live_is_refused(base: str, world: World, how: str) -> None:
    tokens = world.grants_token(MARIA, "checker", ["calendar"])
    token = {"unknown": "ya29.made-up", "refresh token": tokens["refresh_token"]}.get(how, tokens["access_token"])
    if how == "expired":
        world.clock.advance(3600)
    if how == "revoked":
        world.removes_permission(MARIA, "checker")

    answer = requests.get(
        f"{base}/calendar/v3/users/me/calendarList", headers={"Authorization": f"Bearer {token}"}, timeout=5
    )

    assert (answer.status_code, answer.json()) == (401, NO_CREDENTIALS)


def test_a_narrow_permission_says_so_in_both_shapes(rest: Rest) -> None:
    error = rest("POST", "calendars", json={"summary": "x"}, scopes=("calendar.events.owned",)).json()["error"]

    words = "Request had insufficient authentication scopes."
    assert error["errors"] == [{"domain": "global", "reason": "insufficientPermissions", "message": words}]
    assert (error["code"], error["message"], error["status"]) == (403, words, "PERMISSION_DENIED")
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_an_api_that_is_off_names_the_project(rest: Rest, world: World) -> None:
    world.reset("api turned off")

    error = rest("GET", "users/me/calendarList").json()["error"]

    number = world.project_of("integration").number
    assert error["message"].startswith(f"Google Calendar API has not been used in project {number} before or it is")
    assert error["errors"][0]["reason"] == "accessNotConfigured"
    assert error["details"][0]["reason"] == "SERVICE_DISABLED"
    assert error["details"][0]["metadata"]["service"] == "calendar-json.googleapis.com"
    assert number in error["details"][0]["metadata"]["activationUrl"]


def test_a_person_without_google_calendar(rest: Rest, world: World) -> None:
    world.account(MARIA).calendar_off = True

    answer = rest("GET", "users/me/calendarList")

    assert answer.status_code == 403
    assert answer.json()["error"]["errors"][0] == {
        "domain": "global",
        "reason": "notACalendarUser",
        "message": "The user must be signed up for Google Calendar.",
    }
    assert rest("GET", "users/me/calendarList", account=JOE).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "domain", "reason"),
    [
        ("timeRangeEmpty", 400, "calendar", "timeRangeEmpty"),
        ("required", 400, "global", "required"),
        ("authError", 401, "global", "authError"),
        ("userRateLimitExceeded", 403, "usageLimits", "userRateLimitExceeded"),
        ("rateLimitExceeded", 403, "usageLimits", "rateLimitExceeded"),
        ("rateLimitExceeded429", 429, "usageLimits", "rateLimitExceeded"),
        ("quotaExceeded", 403, "usageLimits", "quotaExceeded"),
        ("forbiddenForNonOrganizer", 403, "calendar", "forbiddenForNonOrganizer"),
        ("insufficientPermissions", 403, "global", "insufficientPermissions"),
        ("requiredAccessLevel", 403, "global", "requiredAccessLevel"),
        ("accessNotConfigured", 403, "usageLimits", "accessNotConfigured"),
        ("notACalendarUser", 403, "global", "notACalendarUser"),
        ("notFound", 404, "global", "notFound"),
        ("duplicate", 409, "global", "duplicate"),
        ("conflict", 409, "global", "conflict"),
        ("fullSyncRequired", 410, "calendar", "fullSyncRequired"),
        ("updatedMinTooLongAgo", 410, "calendar", "updatedMinTooLongAgo"),
        ("deleted", 410, "global", "deleted"),
        ("conditionNotMet", 412, "global", "conditionNotMet"),
        ("backendError", 500, "global", "backendError"),
        ("backendError503", 503, "global", "backendError"),
    ],
)
def test_every_error_of_the_table_can_be_planned(
    rest: Rest, google: FakeGoogle, kind: str, status: int, domain: str, reason: str
) -> None:
    google.breaks(kind, "calendarList.list")

    answer = rest("GET", "users/me/calendarList")

    error = answer.json()["error"]
    entry = error["errors"][0]
    assert (answer.status_code, error["code"], entry["domain"], entry["reason"]) == (status, status, domain, reason)
    assert error["message"] == entry["message"]
    assert rest("GET", "users/me/calendarList").status_code == 200


def test_a_planned_error_is_told_like_a_real_one(rest: Rest, google: FakeGoogle) -> None:
    google.breaks("accessNotConfigured")
    google.breaks("authError")

    off = rest("GET", "users/me/calendarList").json()["error"]
    refused = rest("GET", "users/me/calendarList")

    number = google.world.project_of("integration").number
    assert off["message"].startswith(f"Google Calendar API has not been used in project {number} before")
    assert off["details"][0]["metadata"]["consumer"] == f"projects/{number}"
    assert "Bearer" in refused.headers["WWW-Authenticate"]


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_scheme_is_written_in_any_case(base: str, world: World, scheme: str) -> None:
    """RFC 9110 section 11.1."""
    token = world.grants_token(MARIA, "checker", ["calendar"])["access_token"]
    headers = {"Authorization": f"{scheme} {token}"}

    assert requests.get(f"{base}/calendar/v3/users/me/calendarList", headers=headers, timeout=5).status_code == 200
    assert world.calls("calendarList.list")[-1].account == MARIA


def test_the_library_shows_a_planned_error(calendar: Callable[..., Any], google: FakeGoogle) -> None:
    google.breaks("quotaExceeded", "events.insert")

    with pytest.raises(HttpError) as refused:
        calendar(MARIA, "calendar").events().insert(calendarId="primary", body={}).execute()

    assert refused.value.reason == "Calendar usage limits exceeded."
    assert refused.value.error_details[0]["reason"] == "quotaExceeded"
