"""calendarList: what is on a person's list, and how it is told."""

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


def test_an_account_begins_with_its_primary_alone(maria: Any) -> None:
    (entry,) = maria.calendarList().list().execute()["items"]

    assert (entry["id"], entry["primary"], entry["accessRole"]) == (MARIA, True, "owner")
    assert not {"dataOwner", "hidden", "deleted"} & entry.keys()


def test_a_secondary_calendar_names_its_data_owner(maria: Any, world: World) -> None:
    world.adds_calendar(MARIA, NAME)

    entry = maria.calendarList().list().execute()["items"][1]

    assert entry["dataOwner"] == MARIA
    assert "primary" not in entry
    assert entry["id"].endswith("@group.calendar.google.com")


def test_two_calendars_of_a_name_have_two_ids(maria: Any, world: World) -> None:
    world.adds_calendar(MARIA, NAME)
    world.adds_calendar(MARIA, NAME)

    items = maria.calendarList().list().execute()["items"][1:]

    assert [one["summary"] for one in items] == [NAME, NAME]
    assert items[0]["id"] != items[1]["id"]


def test_a_hidden_calendar_is_missed_unless_asked_for(maria: Any, world: World) -> None:
    world.adds_calendar(MARIA, NAME, hidden=True)

    assert names(maria) == [MARIA]
    assert names(maria, showHidden=True) == [MARIA, NAME]
    assert maria.calendarList().list(showHidden=True).execute()["items"][1]["hidden"] is True


def test_a_deleted_calendar_shows_as_such(maria: Any, world: World) -> None:
    id_ = world.adds_calendar(MARIA, NAME).id
    world.deletes_calendar(MARIA, NAME)

    assert names(maria) == [MARIA]
    assert maria.calendarList().list(showDeleted=True).execute()["items"][1]["deleted"] is True
    for question in (maria.calendarList().get(calendarId=id_), maria.calendars().get(calendarId=id_),
                     maria.events().list(calendarId=id_)):  # fmt: skip
        with pytest.raises(HttpError) as refused:
            question.execute()
        assert reason(refused) == (404, "notFound")


@pytest.mark.parametrize(
    ("least", "seen"),
    [
        ("freeBusyReader", ["b", "r", "w"]),
        ("reader", ["r", "w"]),
        ("writer", ["w"]),
        ("owner", []),
    ],
)
def test_the_least_role_filters(maria: Any, world: World, least: str, seen: list[str]) -> None:
    for name, role in (("b", "freeBusyReader"), ("r", "reader"), ("w", "writer")):
        world.adds_calendar(JOE, name)
        world.shares_calendar(JOE, name, MARIA, role)

    assert names(maria, minAccessRole=least) == [MARIA, *seen]


def test_a_shared_calendar_tells_the_role_and_the_owner(maria: Any, world: World) -> None:
    world.adds_calendar(JOE, NAME)
    world.shares_calendar(JOE, NAME, MARIA, "writer")

    entry = maria.calendarList().list().execute()["items"][1]

    assert (entry["accessRole"], entry["dataOwner"]) == ("writer", JOE)


def test_pages_are_followed_by_their_tokens(maria: Any, world: World) -> None:
    wanted = [MARIA, *(world.adds_calendar(MARIA, f"Calendar {number}").summary for number in range(6))]
    seen, sizes, question = [], [], maria.calendarList().list(maxResults=3)

    while question is not None:
        page = question.execute()
        assert ("nextPageToken" in page) != ("nextSyncToken" in page)
        sizes.append(len(page["items"]))
        seen += [entry["summary"] for entry in page["items"]]
        question = maria.calendarList().list_next(question, page)

    assert (sizes, seen) == ([3, 3, 1], wanted)


def test_a_page_may_be_empty_and_not_the_last(maria: Any, world: World) -> None:
    world.manners.empty_first_page = True

    first = maria.calendarList().list().execute()
    second = maria.calendarList().list(pageToken=first["nextPageToken"]).execute()

    assert (first["items"], len(second["items"])) == ([], 1)


def test_a_page_has_at_most_250(maria: Any, world: World) -> None:
    for number in range(255):
        world.adds_calendar(MARIA, str(number))

    assert len(maria.calendarList().list(maxResults=1000).execute()["items"]) == 250
    assert len(maria.calendarList().list().execute()["items"]) == 100


def test_a_page_token_belongs_to_its_question(maria: Any, world: World) -> None:
    world.adds_calendar(MARIA, NAME)
    token = maria.calendarList().list(maxResults=1).execute()["nextPageToken"]

    with pytest.raises(HttpError) as refused:
        maria.calendarList().list(maxResults=1, pageToken=token, showHidden=True).execute()

    assert refused.value.status_code == 400


def test_a_sync_tells_what_changed_hidden_and_deleted_too(maria: Any, world: World) -> None:
    world.adds_calendar(MARIA, "one")
    world.adds_calendar(MARIA, "two")
    world.adds_calendar(MARIA, "three")
    token = maria.calendarList().list().execute()["nextSyncToken"]

    world.hides_calendar(MARIA, "one")
    world.deletes_calendar(MARIA, "two")
    told = maria.calendarList().list(syncToken=token).execute()

    assert [(one["summary"], one.get("hidden"), one.get("deleted")) for one in told["items"]] == [
        ("one", True, None),
        ("two", None, True),
    ]
    assert maria.calendarList().list(syncToken=told["nextSyncToken"]).execute()["items"] == []


def test_a_stale_sync_token_asks_for_everything(maria: Any, world: World) -> None:
    token = maria.calendarList().list().execute()["nextSyncToken"]
    world.manners.sync_tokens_before = world.changes + 1

    with pytest.raises(HttpError) as refused:
        maria.calendarList().list(syncToken=token).execute()

    assert reason(refused) == (410, "fullSyncRequired")
    assert refused.value.error_details[0]["location"] == "syncToken"


@pytest.mark.parametrize("given", [{"minAccessRole": "owner"}, {"showOwnOrganizationOnly": True}])
def test_a_sync_token_stands_alone(maria: Any, given: dict[str, Any]) -> None:
    token = maria.calendarList().list().execute()["nextSyncToken"]

    with pytest.raises(HttpError) as refused:
        maria.calendarList().list(syncToken=token, **given).execute()

    assert refused.value.status_code == 400


def test_renaming_changes_the_summary_and_the_etag(maria: Any, world: World) -> None:
    id_ = world.adds_calendar(MARIA, "Pimsy calendar").id
    before = maria.calendarList().get(calendarId=id_).execute()

    world.renames_calendar(MARIA, "Pimsy calendar", NAME)
    after = maria.calendarList().get(calendarId=id_).execute()

    assert (before["summary"], after["summary"], before["etag"] == after["etag"]) == ("Pimsy calendar", NAME, False)


def test_a_persons_own_name_is_not_the_title(maria: Any, world: World) -> None:
    id_ = world.adds_calendar(MARIA, NAME).id

    entry = maria.calendarList().patch(calendarId=id_, body={"summaryOverride": "Mine", "summary": "x"}).execute()

    assert (entry["summary"], entry["summaryOverride"]) == (NAME, "Mine")
    assert maria.events().list(calendarId=id_).execute()["summary"] == NAME


def test_patch_hides_and_shows(maria: Any, world: World) -> None:
    id_ = world.adds_calendar(MARIA, NAME).id

    assert maria.calendarList().patch(calendarId=id_, body={"hidden": True}).execute()["hidden"] is True
    assert "hidden" not in maria.calendarList().patch(calendarId=id_, body={"hidden": False}).execute()


def test_an_own_calendar_can_be_hidden_but_not_dropped(maria: Any, world: World) -> None:
    id_ = world.adds_calendar(MARIA, NAME).id

    with pytest.raises(HttpError) as refused:
        maria.calendarList().delete(calendarId=id_).execute()

    assert refused.value.status_code == 403


def test_a_shared_calendar_can_be_dropped_and_taken_back(maria: Any, world: World) -> None:
    world.adds_calendar(JOE, NAME)
    id_ = world.shares_calendar(JOE, NAME, MARIA).id

    maria.calendarList().delete(calendarId=id_).execute()
    assert names(maria) == [MARIA]

    maria.calendarList().insert(body={"id": id_}).execute()
    assert names(maria) == [MARIA, NAME]


@pytest.mark.parametrize("id_", ["nobody@group.calendar.google.com", JOE])
def test_a_calendar_one_may_not_see_is_not_found(maria: Any, id_: str) -> None:
    for question in (maria.calendarList().insert(body={"id": id_}), maria.calendars().get(calendarId=id_),
                     maria.events().list(calendarId=id_)):  # fmt: skip
        with pytest.raises(HttpError) as refused:
            question.execute()
        assert reason(refused) == (404, "notFound")


@pytest.mark.parametrize("sent", ["W/{etag}", '"another", {etag}', "*"])
def test_none_match_compares_weakly(rest: Rest, sent: str) -> None:
    """RFC 9110 section 13.1.2."""
    etag = rest("GET", "users/me/calendarList/primary").headers["ETag"]

    answer = rest("GET", "users/me/calendarList/primary", headers={"If-None-Match": sent.format(etag=etag)})

    assert answer.status_code == 304


def test_none_match_is_for_who_only_asks(rest: Rest) -> None:
    made = rest("POST", "calendars", json={"summary": NAME}, headers={"If-None-Match": "*"})

    assert (made.status_code, made.json()["summary"]) == (200, NAME)


def test_none_match_answers_304(rest: Rest, world: World) -> None:
    id_ = world.adds_calendar(MARIA, NAME).id
    etag = rest("GET", f"users/me/calendarList/{id_}").headers["ETag"]

    same = rest("GET", f"users/me/calendarList/{id_}", headers={"If-None-Match": etag})
    world.renames_calendar(MARIA, NAME, "Another")
    changed = rest("GET", f"users/me/calendarList/{id_}", headers={"If-None-Match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.json()["summary"] == "Another"
