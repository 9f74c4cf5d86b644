"""calendarList: the calendars a person has on the list, and how."""

from typing import Final

from .. import diary
from ..errors import ApiError
from ..nouns import Entry, Json
from . import body, paging
from .call import Question

PAGE: Final = 100
LONGEST_PAGE: Final = 250
NOT_WITH_SYNC: Final = frozenset({"minAccessRole", "showOwnOrganizationOnly"})
PERSONS: Final = frozenset({
    "summaryOverride", "colorId", "backgroundColor", "foregroundColor", "selected", "defaultReminders",
    "notificationSettings",
})  # fmt: skip


def list_(question: Question) -> Json:
    given, world = question.given, question.world
    since = paging.changed_since(question, NOT_WITH_SYNC)
    size = min(given.get("maxResults", PAGE), LONGEST_PAGE)
    # A sync tells of hidden and deleted ones too (the description of syncToken).
    found = [entry for entry in world.entries[question.account.sub].values() if wanted(question, entry, since)]
    part, token = paging.page(question, found, size, syncs=not NOT_WITH_SYNC & given.keys())
    return {
        "kind": "calendar#calendarList",
        "etag": diary.etag(world.changes),
        "items": [diary.read_entry(world, question.account.sub, entry) for entry in part],
    } | token


def wanted(question: Question, entry: Entry, since: int | None) -> bool:
    given, calendar = question.given, question.world.calendars[entry.calendar]
    if since is not None:
        return max(entry.changed, calendar.changed) > since
    if entry.hidden and not given.get("showHidden"):
        return False
    if entry.deleted and not given.get("showDeleted"):
        return False
    if given.get("showOwnOrganizationOnly") and question.world.accounts[calendar.owner].hd != question.account.hd:
        return False
    role = diary.role_of(calendar, question.account.sub)
    least = given.get("minAccessRole", "freeBusyReader").replace("writerWithoutPrivateAccess", "writer")
    return diary.may(role, least)


def get(question: Question) -> Json:
    return diary.read_entry(question.world, question.account.sub, question.entry())


def insert(question: Question) -> Json:
    """A calendar that exists, onto this person's list."""
    body.required(question.method, question.body, {"id": "Missing calendar id."})
    world, sub = question.world, question.account.sub
    calendar = world.calendars.get(question.body["id"])
    if calendar is None or calendar.deleted or diary.role_of(calendar, sub) == "none":
        raise ApiError("notFound")
    entry = world.entries[sub].get(calendar.id)
    if entry is None or entry.deleted:
        entry = diary.put_on_list(world, calendar, sub)
    return changed(question, entry)


def patch(question: Question) -> Json:
    entry = question.entry()
    question.check_match(diary.read_entry(question.world, question.account.sub, entry)["etag"])
    return changed(question, entry)


def changed(question: Question, entry: Entry) -> Json:
    given = body.merged(entry.given, {name: value for name, value in question.body.items() if name in PERSONS})
    hidden = bool(question.body.get("hidden", entry.hidden))
    diary.change_entry(question.world, entry, given=given, hidden=hidden)
    return diary.read_entry(question.world, question.account.sub, entry)


def delete(question: Question) -> None:
    """Off this person's list. The data owner can hide a calendar but not drop it (release notes of 2025-11)."""
    entry = question.entry()
    calendar = question.world.calendars[entry.calendar]
    question.check_match(diary.read_entry(question.world, question.account.sub, entry)["etag"])
    if calendar.owner == question.account.sub:
        raise ApiError("forbidden", "The data owner of a calendar cannot remove it from the calendar list.")
    diary.change_entry(question.world, entry, deleted=True)
