"""Events of ours, written, changed and taken back, and nothing that somebody else decided about them overwritten.

An event carries the times we wrote last (`events.TIMES`). Where it stands elsewhere, somebody moved it: also where the
answer to our own last word was lost, this cannot be mistaken. What else may have been changed, title, colour, reminders,
is that person's and stays.
"""

from dataclasses import replace
from typing import Any

from wizard.google.calendar import CalendarService, Request
from wizard.google.errors import (
    AlienEvent,
    AlreadyGone,
    CalendarGone,
    Changed,
    GoneThere,
    GoogleSilent,
    IdTaken,
    MovedThere,
    NotFound,
)
from wizard.google.events import (
    EVENT_FIELDS,
    FOUND_FIELDS,
    VANISHED,
    Event,
    Found,
    found_of,
    is_bare,
    moved,
    read_event,
    read_found,
    written,
)

ROUNDS = 3  # of read, decide, write, when somebody else keeps changing the event


class Writing:
    """Each verb bears repeating. `over` is the etag of what somebody chose to have overwritten, and nothing newer."""

    def __init__(self, calendars: CalendarService) -> None:
        self._calendars, self._api = calendars, calendars.api

    def write(self, grant_id: int, calendar_id: str, event: Event, over: str) -> Event:
        """For the first time, or perhaps not: a repeat adopts what it wrote before, and revives it."""
        ends = self._calendars.deadline()
        try:
            return self._insert(grant_id, calendar_id, event, ends)
        except IdTaken:
            return self._settle(grant_id, calendar_id, replace(event, etag=""), over, ends, is_first=True)

    def change(self, grant_id: int, calendar_id: str, event: Event, over: str) -> Event:
        return self._settle(grant_id, calendar_id, event, over, self._calendars.deadline(), is_first=False)

    def take_back(self, grant_id: int, calendar_id: str, event: Event, over: str) -> None:
        ends, etag = self._calendars.deadline(), event.etag
        for _ in range(ROUNDS):
            if not etag:
                found = _found(self._look(grant_id, calendar_id, event, ends))
                if found is None or found.is_gone:
                    return
                if found.is_moved and found.etag != over:
                    raise MovedThere(found)
                etag = found.etag
            try:
                self._delete(grant_id, calendar_id, event.id, etag, ends)
            except Changed:
                etag = ""
            else:
                return
        raise GoogleSilent

    def remove(self, grant_id: int, calendar_id: str, event_id: str) -> None:
        self._delete(grant_id, calendar_id, event_id, "", self._calendars.deadline())

    def found(self, grant_id: int, calendar_id: str, event_id: str) -> Found:
        """What stands under that id. Raises CalendarGone."""
        request = self._api.get(calendarId=calendar_id, eventId=event_id, fields=FOUND_FIELDS)
        ends = self._calendars.deadline()
        try:
            return read_found(self._calendars.ask(grant_id, request, ends, "calendar#event"))
        except (NotFound, AlreadyGone):
            self._calendars.check_there(grant_id, calendar_id, ends)
            return Found(event_id, VANISHED, is_gone=True)

    def _settle(
        self, grant_id: int, calendar_id: str, event: Event, over: str, ends: float, *, is_first: bool
    ) -> Event:
        """Make the event of ours be as wanted, whatever became of it: adopt, change, revive, or write it anew."""
        etag, is_revived, is_touched = event.etag, False, event.is_touched
        for _ in range(ROUNDS):
            if not etag:
                there = self._look(grant_id, calendar_id, event, ends)
                found = _found(there) or Found(event.id, VANISHED, is_gone=True)
                if not (is_first and found.is_gone) and found.etag != over:
                    self._check(grant_id, calendar_id, event, found, ends)
                if there is None:
                    try:
                        return self._insert(grant_id, calendar_id, event, ends)
                    except IdTaken:
                        continue
                if isinstance(there, Event) and not found.is_gone and found.times == found.said == event.times:
                    return there
                etag, is_revived, is_touched = found.etag, found.is_gone, True
            try:
                if is_revived or not is_touched:
                    return self._update(grant_id, calendar_id, event, etag, ends)
                return self._patch(grant_id, calendar_id, event, etag, ends)
            except (Changed, NotFound, AlreadyGone):
                etag = ""
        raise GoogleSilent

    def _check(self, grant_id: int, calendar_id: str, event: Event, found: Found, ends: float) -> None:
        """Raises GoneThere or MovedThere where somebody else decided; a calendar that is gone took all of them along."""
        if found.etag == VANISHED:
            self._calendars.check_there(grant_id, calendar_id, ends)
        if found.is_gone:
            raise GoneThere(found)
        if found.is_moved and found.times != event.times:
            raise MovedThere(found)

    def _look(self, grant_id: int, calendar_id: str, event: Event, ends: float) -> Event | Found | None:
        """What lies under our event's id; a deleted one whose details are gone is known by its id alone."""
        request = self._api.get(calendarId=calendar_id, eventId=event.id, fields=EVENT_FIELDS)
        try:
            resource = self._calendars.ask(grant_id, request, ends, "calendar#event")
        except NotFound:
            return None
        if is_bare(resource):
            return read_found(resource)
        there = replace(read_event(resource), is_touched=True)
        if there.mark != (event.mark or event.id):
            raise AlienEvent
        return there

    def _insert(self, grant_id: int, calendar_id: str, event: Event, ends: float) -> Event:
        request = self._api.insert(calendarId=calendar_id, body=written(event), sendUpdates="none", fields=EVENT_FIELDS)
        try:
            return self._event(grant_id, request, ends)
        except NotFound:
            raise CalendarGone from None

    def _update(self, grant_id: int, calendar_id: str, event: Event, etag: str, ends: float) -> Event:
        """The whole event: what is left out goes back to its default, so a deleted one comes back."""
        request = self._api.update(
            calendarId=calendar_id, eventId=event.id, body=written(event), sendUpdates="none", fields=EVENT_FIELDS
        )
        return self._event(grant_id, _where(request, etag), ends)

    def _patch(self, grant_id: int, calendar_id: str, event: Event, etag: str, ends: float) -> Event:
        """The times alone; it costs Google's quota three times an update, which is why this is not the rule.

        Source: developers.google.com/workspace/calendar/api/v3/reference/events/patch
        """
        request = self._api.patch(
            calendarId=calendar_id, eventId=event.id, body=moved(event), sendUpdates="none", fields=EVENT_FIELDS
        )
        return replace(self._event(grant_id, _where(request, etag), ends), is_touched=True)

    def _delete(self, grant_id: int, calendar_id: str, event_id: str, etag: str, ends: float) -> None:
        """Not being there is success: a calendar that is gone took its events along, so 404 is the wanted end either way."""
        request = self._api.delete(calendarId=calendar_id, eventId=event_id, sendUpdates="none")
        try:
            self._calendars.ask(grant_id, _where(request, etag), ends)
        except (NotFound, AlreadyGone):
            return

    def _event(self, grant_id: int, request: Request, ends: float) -> Event:
        return read_event(self._calendars.ask(grant_id, request, ends, "calendar#event"))


def _found(there: Event | Found | None) -> Found | None:
    return found_of(there) if isinstance(there, Event) else there


def _where(request: Any, etag: str) -> Any:
    """Only while it is as it was (RFC 9110 section 13.1.1)."""
    if etag and etag != VANISHED:
        request.headers["If-Match"] = etag
    return request
