"""calendars: made, changed, deleted, and by whom."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA

Rest = Callable[..., requests.Response]
NAME = "PIMSY Calendar"


@pytest.fixture
def maria(calendar: Callable[..., Any]) -> Any:
    return calendar(MARIA, "calendar")


def names(maria: Any, **given: Any) -> list[str]:
    return [entry["summary"] for entry in maria.calendarList().list(**given).execute()["items"]]


def reason(refused: pytest.ExceptionInfo[HttpError]) -> tuple[int, str]:
    return refused.value.status_code, refused.value.error_details[0]["reason"]


def test_a_calendar_is_made_renamed_and_deleted(maria: Any) -> None:
    made = maria.calendars().insert(body={"summary": NAME, "timeZone": "America/Denver"}).execute()
    assert (made["kind"], made["timeZone"], made["dataOwner"]) == ("calendar#calendar", "America/Denver", MARIA)

    patched = maria.calendars().patch(calendarId=made["id"], body={"description": "for tests"}).execute()
    assert (patched["summary"], patched["description"]) == (NAME, "for tests")

    updated = maria.calendars().update(calendarId=made["id"], body={"summary": "Another"}).execute()
    assert (updated["summary"], "description" in updated) == ("Another", False)

    maria.calendars().delete(calendarId=made["id"]).execute()
    assert names(maria) == [MARIA]


def test_a_repeated_insert_makes_a_second_calendar(maria: Any) -> None:
    for _ in range(2):
        maria.calendars().insert(body={"summary": NAME}).execute()

    assert names(maria) == [MARIA, NAME, NAME]


@pytest.mark.parametrize("sent", [{}, {"summary": ""}, {"description": "no title"}])
def test_a_calendar_needs_a_title(rest: Rest, sent: dict[str, str]) -> None:
    answer = rest("POST", "calendars", json=sent)

    assert answer.status_code == 400
    assert answer.json()["error"]["errors"] == [{"domain": "global", "reason": "required", "message": "Missing title."}]


def test_a_calendar_needs_a_zone_that_exists(rest: Rest) -> None:
    assert rest("POST", "calendars", json={"summary": NAME, "timeZone": "Mars/Olympus"}).status_code == 400


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_only_an_owner_changes_a_calendar(maria: Any, world: World, role: str) -> None:
    world.adds_calendar(JOE, NAME)
    id_ = world.shares_calendar(JOE, NAME, MARIA, role).id

    with pytest.raises(HttpError) as refused:
        maria.calendars().patch(calendarId=id_, body={"summary": "Mine"}).execute()

    assert reason(refused) == (403, "requiredAccessLevel")


def test_only_the_data_owner_deletes_it(maria: Any, world: World) -> None:
    world.adds_calendar(JOE, NAME)
    id_ = world.shares_calendar(JOE, NAME, MARIA, "owner").id

    with pytest.raises(HttpError) as refused:
        maria.calendars().delete(calendarId=id_).execute()

    assert refused.value.status_code == 403


def test_a_primary_calendar_is_not_deleted(maria: Any) -> None:
    with pytest.raises(HttpError) as refused:
        maria.calendars().delete(calendarId="primary").execute()

    assert refused.value.status_code == 400


def test_an_old_etag_changes_nothing(rest: Rest, world: World) -> None:
    id_ = world.adds_calendar(MARIA, NAME).id
    etag = rest("GET", f"calendars/{id_}").json()["etag"]
    world.renames_calendar(MARIA, NAME, "Another")

    answer = rest("PATCH", f"calendars/{id_}", json={"summary": "Mine"}, headers={"If-Match": etag})

    assert answer.status_code == 412
    assert answer.json()["error"]["errors"][0] == {
        "domain": "global",
        "reason": "conditionNotMet",
        "message": "Precondition Failed",
        "locationType": "header",
        "location": "If-Match",
    }


@pytest.mark.parametrize(("client", "status"), [("integration", 200), ("checker", 404)])
def test_app_created_reaches_what_its_own_project_made(
    rest: Rest, base: str, world: World, client: str, status: int
) -> None:
    id_ = rest("POST", "calendars", json={"summary": NAME}, scopes=("calendar.app.created",)).json()["id"]

    token = world.grants_token(MARIA, client, ["calendar.app.created"])["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    assert requests.get(f"{base}/calendar/v3/calendars/{id_}", headers=headers, timeout=5).status_code == status
