"""calendarList through google-api-python-client. Source: the description of the Calendar API and its reference pages."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from peers.contract.conftest import Json, Rest
from peers.contract.reading import reason
from peers.contract.target import NAME


@pytest.fixture(scope="module")
def entries(calendar: Any) -> Any:
    return calendar.calendarList()


@pytest.fixture(scope="module")
def listed(entries: Any) -> Json:
    told: Json = entries.list(showHidden=True).execute()
    return told


@pytest.fixture(scope="module")
def entry(entries: Any, id_: str) -> Json:
    told: Json = entries.get(calendarId=id_).execute()
    return told


def test_the_list_says_what_it_is(listed: Json) -> None:
    assert (listed["kind"], listed["etag"][0]) == ("calendar#calendarList", '"')


def test_the_primary_is_the_accounts_own(listed: Json, target: Any) -> None:
    (primary,) = [one for one in listed["items"] if one.get("primary")]

    assert (primary["id"], primary["accessRole"]) == (target.email, "owner")
    assert "dataOwner" not in primary


def test_a_secondary_calendar_has_an_id_of_the_servers(entry: Json) -> None:
    assert entry["id"].endswith("@group.calendar.google.com")
    assert (entry["summary"], entry["accessRole"], "primary" in entry) == (NAME, "owner", False)


def test_a_secondary_calendar_names_its_data_owner(entry: Json, target: Any) -> None:
    assert entry["dataOwner"] == target.email


def test_flags_that_do_not_hold_are_left_out(entry: Json) -> None:
    assert not {"hidden", "deleted"} & {name for name, value in entry.items() if value is False}


def test_an_entry_reads_the_same_in_the_list(entry: Json, listed: Json) -> None:
    (same,) = [one for one in listed["items"] if one["id"] == entry["id"]]

    assert same == entry


def test_primary_is_a_name_for_an_id(entries: Any, target: Any) -> None:
    assert entries.get(calendarId="primary").execute()["id"] == target.email


def test_pages_hold_as_many_as_asked_for(entries: Any) -> None:
    first = entries.list(maxResults=1).execute()

    assert len(first["items"]) <= 1
    assert "nextPageToken" in first
    assert "nextSyncToken" not in first


def test_pages_together_are_the_list(entries: Any) -> None:
    found, ask = [], entries.list(maxResults=1)
    while ask is not None:
        told = ask.execute()
        found += [one["id"] for one in told.get("items", [])]
        ask = entries.list_next(ask, told)

    assert sorted(found) == sorted(one["id"] for one in entries.list().execute()["items"])


@pytest.mark.parametrize("number", ["0", "-1", "many"])
@pytest.mark.unconfirmed("that a number below the described minimum is refused rather than raised")
def test_a_page_of_no_size_is_refused(rest: Rest, number: str) -> None:
    assert rest("GET", "users/me/calendarList", params={"maxResults": number}).status_code == 400


@pytest.mark.parametrize("name", ["pageToken", "syncToken"])
@pytest.mark.unconfirmed("status of a token that Google never gave")
def test_a_token_nobody_gave_is_refused(entries: Any, name: str) -> None:
    with pytest.raises(HttpError) as raised:
        entries.list(**{name: "made-up"}).execute()

    assert raised.value.status_code == 400


def test_a_sync_tells_nothing_where_nothing_changed(entries: Any) -> None:
    token = entries.list().execute()["nextSyncToken"]

    told = entries.list(syncToken=token).execute()

    assert told["items"] == []
    assert told["nextSyncToken"]


@pytest.mark.parametrize("more", [{"minAccessRole": "owner"}, {"showOwnOrganizationOnly": True}])
def test_a_sync_takes_no_filter(entries: Any, more: dict[str, Any]) -> None:
    token = entries.list().execute()["nextSyncToken"]

    with pytest.raises(HttpError) as raised:
        entries.list(syncToken=token, **more).execute()

    assert raised.value.status_code == 400


def test_a_least_role_filters(entries: Any) -> None:
    assert {one["accessRole"] for one in entries.list(minAccessRole="owner").execute()["items"]} == {"owner"}


def test_a_role_nobody_described_is_refused(rest: Rest) -> None:
    assert rest("GET", "users/me/calendarList", params={"minAccessRole": "king"}).status_code == 400


def test_a_mask_leaves_the_rest_out(entries: Any) -> None:
    told = entries.list(fields="items(id,summary)").execute()

    assert set(told) == {"items"}
    assert all(set(one) <= {"id", "summary"} for one in told["items"])


@pytest.mark.parametrize("mask", ["items(", "nothing", "items(nothing)"])
def test_a_mask_of_nothing_is_refused(rest: Rest, mask: str) -> None:
    assert rest("GET", "users/me/calendarList", params={"fields": mask}).status_code == 400


def test_what_is_known_is_not_sent_again(rest: Rest, id_: str) -> None:
    known = rest("GET", f"users/me/calendarList/{id_}").json()["etag"]

    answer = rest("GET", f"users/me/calendarList/{id_}", headers={"If-None-Match": known})

    assert (answer.status_code, answer.content) == (304, b"")


def test_a_calendar_not_on_the_list_is_not_found(entries: Any) -> None:
    with pytest.raises(HttpError) as raised:
        entries.get(calendarId="c_nobody@group.calendar.google.com").execute()

    assert reason(raised) == (404, "notFound")


def test_the_same_calendar_as_itself(calendar: Any, id_: str) -> None:
    told = calendar.calendars().get(calendarId=id_).execute()

    assert (told["kind"], told["id"], told["summary"]) == ("calendar#calendar", id_, NAME)


def test_a_calendar_needs_a_title(calendar: Any) -> None:
    with pytest.raises(HttpError) as raised:
        calendar.calendars().insert(body={}).execute()

    assert reason(raised) == (400, "required")
    assert raised.value.reason == "Missing title."


def test_an_etag_of_before_is_refused(rest: Rest, id_: str) -> None:
    answer = rest("PATCH", f"users/me/calendarList/{id_}", json={"colorId": "14"}, headers={"If-Match": '"1"'})

    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (412, "conditionNotMet")
