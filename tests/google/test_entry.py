"""The pinned calendar's entry: one question with an etag, and when what stands in a calendar was written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from e2e.fake_google import World
from e2e.fake_google.faults import Fault
from tests.google.samples import NAME, START
from tests.google.vault import MARIA, MemoryVault
from wizard.evidence import PinnedNow
from wizard.google import CHECKER_SCOPES, CalendarGone, EntryNow, Google, GrantDead, GrantNarrow, StoredTokens


@pytest.fixture
def held(checker: int, vault: MemoryVault, world: World) -> StoredTokens:
    """Maria's tokens, which last."""
    return replace(vault.rows[checker], expires_at=world.now() + timedelta(minutes=50))


@pytest.fixture
def pinned(world: World) -> str:
    return world.calendar_of(MARIA, NAME).id


def test_what_has_not_changed_is_no_answer_to_read(
    google: Google, held: StoredTokens, pinned: str, world: World
) -> None:
    first = google.entry(held, pinned)
    assert first is not None
    again = google.entry(held, pinned, first.etag)

    assert first.pinned == PinnedNow(pinned, NAME, "owner")
    assert again is None
    assert [call.status for call in world.calls("calendarList.get")] == [200, 304]
    assert world.calls("token") == []


def test_another_name_and_another_etag(google: Google, held: StoredTokens, pinned: str, world: World) -> None:
    first = google.entry(held, pinned)
    assert first is not None
    world.renames_calendar(MARIA, NAME, "Old")

    second = google.entry(held, pinned, first.etag)

    assert second is not None
    assert (second.pinned.summary, second.etag != first.etag) == ("Old", True)


def test_a_calendar_that_is_gone_is_an_answer(google: Google, held: StoredTokens, pinned: str, world: World) -> None:
    world.deletes_calendar(MARIA, NAME)

    assert google.entry(held, pinned) == EntryNow(PinnedNow(pinned, is_gone=True), "")


def test_tokens_that_are_due_are_refreshed_first(
    google: Google, held: StoredTokens, pinned: str, world: World, vault: MemoryVault
) -> None:
    due = vault.rows[held.grant_id] = replace(held, expires_at=world.now())
    google.entry(due, pinned)

    assert [call.method for call in world.calls() if call.method in {"token", "calendarList.get"}] == [
        "token",
        "calendarList.get",
    ]


def test_a_permission_that_died_is_noted_and_a_narrow_one_is_said(
    google: Google, held: StoredTokens, pinned: str, world: World, vault: MemoryVault
) -> None:
    world.plan(Fault("insufficientPermissions", "calendarList.get"))
    with pytest.raises(GrantNarrow):
        google.entry(held, pinned)
    world.removes_permission(MARIA, "checker")
    with pytest.raises(GrantDead):
        google.entry(held, pinned)

    assert vault.deaths == {held.grant_id: "invalid_grant"}


@pytest.mark.parametrize("left_empty", ["events.owned", "calendarlist"])
def test_a_refresh_that_tells_of_fewer_scopes_is_a_narrow_permission(
    google: Google, held: StoredTokens, pinned: str, world: World, vault: MemoryVault, left_empty: str
) -> None:
    given = world.grants_token(MARIA, "checker", list(CHECKER_SCOPES), left_empty=left_empty)
    due = replace(held, refresh_token=given["refresh_token"], expires_at=None)
    vault.rows[held.grant_id] = due

    with pytest.raises(GrantNarrow):
        google.entry(due, pinned)
    with pytest.raises(GrantNarrow):
        google.still_reaches(held.grant_id)
    assert world.calls("calendarList.get") == []


def test_when_events_were_written_and_nothing_else_of_them(
    google: Google, held: StoredTokens, pinned: str, world: World
) -> None:
    moments = {"start": {"dateTime": START.isoformat()}, "end": {"dateTime": (START + timedelta(hours=1)).isoformat()}}
    world.adds_event(MARIA, NAME, {"summary": "A client", **moments})
    since = world.now() + timedelta(seconds=30)
    world.clock.advance(60)
    world.adds_event(MARIA, NAME, {"summary": "A client", **moments})

    written = google.written_since(held, pinned, since)

    (call,) = world.calls("events.list")
    assert len(written) == 1
    assert call.query["fields"] == ["kind,nextPageToken,items(created)"]


def test_counting_in_a_calendar_that_is_gone(google: Google, held: StoredTokens, pinned: str, world: World) -> None:
    world.deletes_calendar(MARIA, NAME)

    with pytest.raises(CalendarGone):
        google.written_since(held, pinned, START)
