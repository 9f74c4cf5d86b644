"""All of googleapiclient: calendars and events, asked for with the right permission's token. What is written: `writing`.

Source: developers.google.com/workspace/calendar/api/v3/reference
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from time import monotonic  # a deadline is real time
from typing import Any

import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from wizard.config import Settings
from wizard.evidence import Calendar, PinnedNow
from wizard.google.answers import calendar_trouble
from wizard.google.errors import (
    AccessRefused,
    AlreadyGone,
    AnswerUnreadable,
    CalendarGone,
    GoogleSilent,
    GrantNarrow,
    NotFound,
    Unchanged,
)
from wizard.google.events import (
    CALENDAR_FIELDS,
    CREATED_FIELDS,
    ENTRY_FIELDS,
    EVENTS_FIELDS,
    MARK,
    SINCE_FIELDS,
    TITLE_FIELDS,
    CalendarNow,
    EntryNow,
    created_of,
    is_bare,
    read_calendar,
    read_entry,
    read_event,
)
from wizard.google.since import Changes, changes_since
from wizard.google.tokens import StoredTokens, Tokens
from wizard.google.wire import Wire

PAGE = 250  # the most a page of the calendar list holds
LONGEST_PAGE = 2500  # the most a page of events holds

Request = Any  # googleapiclient's HttpRequest; the library carries no types


class CalendarService:
    """The Calendar API, on behalf of whose grant is named. A verb has one deadline, however many pages it reads."""

    def __init__(self, settings: Settings, wire: Wire, tokens: Tokens) -> None:
        self._wire, self._tokens = wire, tokens
        self._timeout = settings.google_calendar_timeout_s
        root = settings.google_api_url.rstrip("/")
        document = json.loads(get_static_doc("calendar", "v3"))  # bundled with the library: no network
        api = build_from_document(document | {"rootUrl": f"{root}/", "baseUrl": f"{root}/calendar/v3/"}, http=NoHttp())
        # Made once: googleapiclient generates their methods anew at each call.
        self._lists, self.api = api.calendarList(), api.events()

    def calendars(self, grant_id: int) -> tuple[Calendar, ...]:
        pages = self._pages(
            grant_id,
            "calendar#calendarList",
            lambda token: self._lists.list(showHidden=True, maxResults=PAGE, pageToken=token, fields=CALENDAR_FIELDS),
        )
        entries = [entry for page in pages for entry in _items(page)]
        return tuple(
            read_calendar(entry) for entry in entries if not (isinstance(entry, dict) and entry.get("deleted"))
        )

    def entry(self, held: StoredTokens, calendar_id: str, etag: str) -> EntryNow | None:
        request = self._lists.get(calendarId=calendar_id, fields=ENTRY_FIELDS)
        if etag:
            request.headers["If-None-Match"] = etag
        tokens = self._tokens.lasting(held)
        if tokens.is_narrow:
            raise GrantNarrow
        try:
            resource = self.ask(tokens, request, self.deadline(), "calendar#calendarListEntry")
        except Unchanged:
            return None
        except NotFound:
            return EntryNow(PinnedNow(calendar_id, is_gone=True), "")
        return read_entry(resource, calendar_id)

    def written_since(self, held: StoredTokens, calendar_id: str, since: datetime) -> tuple[datetime, ...]:
        pages = self._pages(
            held,
            "calendar#events",
            lambda token: self.api.list(
                calendarId=calendar_id,
                updatedMin=since.astimezone(UTC).isoformat(),
                maxResults=PAGE,
                pageToken=token,
                fields=CREATED_FIELDS,
            ),
        )
        try:
            times = [created_of(item) for page in pages for item in _items(page)]
        except NotFound:
            raise CalendarGone from None
        return tuple(sorted(at for at in times if at is not None and at >= since))

    def events(self, grant_id: int, calendar_id: str, mark: str) -> CalendarNow:
        return self._calendar_now(grant_id, calendar_id, {"privateExtendedProperty": f"{MARK}={mark}"})

    def events_between(self, grant_id: int, calendar_id: str, start: datetime, end: datetime) -> CalendarNow:
        span = {"timeMin": start.astimezone(UTC).isoformat(), "timeMax": end.astimezone(UTC).isoformat()}
        return self._calendar_now(grant_id, calendar_id, span | {"singleEvents": True})

    def _calendar_now(self, grant_id: int, calendar_id: str, narrowed: dict[str, Any]) -> CalendarNow:
        try:
            pages = list(
                self._pages(
                    grant_id,
                    "calendar#events",
                    lambda token: self.api.list(
                        calendarId=calendar_id,
                        showDeleted=True,
                        pageToken=token,
                        fields=EVENTS_FIELDS,
                        **narrowed,
                    ),
                )
            )
        except NotFound:  # an event that is not there is an empty list: 404 means the calendar
            raise CalendarGone from None
        envelope = pages[0]
        pinned = PinnedNow(calendar_id, str(envelope.get("summary", "")), str(envelope.get("accessRole", "")))
        zone = str(envelope.get("timeZone") or "UTC")
        found = (read_event(item, zone) for page in pages for item in _items(page) if not is_bare(item))
        return CalendarNow(pinned, tuple(sorted(found, key=lambda event: (event.starts_at, event.id))))

    def title(self, grant_id: int, calendar_id: str, event_id: str) -> str | None:
        request = self.api.get(calendarId=calendar_id, eventId=event_id, fields=TITLE_FIELDS)
        try:
            resource = self.ask(grant_id, request, self.deadline(), "calendar#event")
        except (NotFound, AlreadyGone):
            return None
        return None if resource.get("status") == "cancelled" else str(resource.get("summary", ""))

    def since(self, grant_id: int, calendar_id: str, token: str) -> Changes:
        def pages(narrowed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
            return self._pages(
                grant_id,
                "calendar#events",
                lambda page: self.api.list(
                    calendarId=calendar_id,
                    showDeleted=True,
                    maxResults=LONGEST_PAGE,
                    pageToken=page,
                    fields=SINCE_FIELDS,
                    **narrowed,
                ),
            )

        return changes_since(pages, token)

    def check_there(self, grant_id: int, calendar_id: str, ends: float) -> None:
        """Raises CalendarGone where the calendar is gone; an event that is not there says nothing of it."""
        request = self.api.list(calendarId=calendar_id, maxResults=1, fields="kind")
        try:
            self.ask(grant_id, request, ends, "calendar#events")
        except NotFound:
            raise CalendarGone from None

    def _pages(
        self, who: int | StoredTokens, kind: str, page: Callable[[str | None], Request]
    ) -> Iterator[dict[str, Any]]:
        """Every page; one may be empty and yet have a next one."""
        ends, token = self.deadline(), None
        while True:
            answer = self.ask(who, page(token), ends, kind)
            yield answer
            token = answer.get("nextPageToken")
            if not token:
                return

    def deadline(self) -> float:
        return monotonic() + self._timeout

    def ask(self, who: int | StoredTokens, request: Request, ends: float, kind: str = "") -> Any:
        """One question and its answer, an object of `kind` or, where none is expected, nothing at all.

        `who`: a grant by its id, or its tokens where they were read already, with those of many others.
        The access token may have died before its time: one forced refresh, and once more. No other repetition.
        """
        tokens = self._tokens.current(who) if isinstance(who, int) else self._tokens.lasting(who)
        try:
            answer = self._send(request, tokens, ends)
        except AccessRefused:
            tokens = self._tokens.after(tokens)
            try:
                answer = self._send(request, tokens, ends)
            except AccessRefused:
                raise self._tokens.bury(tokens) from None
        if bool(answer) != bool(kind):
            raise GoogleSilent  # nothing where something was asked for, or something for nothing: not from Google
        if kind and answer.get("kind") != kind:
            raise AnswerUnreadable
        return answer

    def _send(self, request: Request, tokens: StoredTokens, ends: float) -> Any:
        return request.execute(http=Http(self._wire, tokens.access_token, ends), num_retries=0)


class Http:
    """What googleapiclient is handed as its http, for one question: our wire, our token, our deadline, our errors.

    An answer is judged here, before googleapiclient reads it: it would write the body of some refusals into its log,
    stumbles over others with a TypeError, and takes a portal's page for an answer (2.202.0).
    """

    def __init__(self, wire: Wire, access_token: str, ends: float) -> None:
        self._wire, self._access_token, self._ends = wire, access_token, ends

    def request(
        self, uri: str, method: str = "GET", body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[httplib2.Response, bytes]:
        left = self._ends - monotonic()
        if left <= 0:
            raise GoogleSilent
        said = (headers or {}) | {"authorization": f"Bearer {self._access_token}"}
        answer = self._wire.say(method, uri, timeout=left, headers=said, body=body)
        if not answer.is_good:
            raise calendar_trouble(answer)
        if answer.body:
            answer.json()  # silence, where a portal or a proxy answered 200
        return httplib2.Response({"status": str(answer.status)}), answer.body


class NoHttp:
    """In the place of a connection where a resource is built: every question brings its own."""


def _items(page: dict[str, Any]) -> list[Any]:
    items = page.get("items", [])
    if not isinstance(items, list):
        raise AnswerUnreadable
    return items
