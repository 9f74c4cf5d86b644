"""What changed in a calendar since we last read it: incremental synchronisation, with Google's sync tokens.

A token stands for a query, and may not be combined with our mark or with times: the calendar is read whole once, then
only what changed. Its pages are one answer: the token is that of the last of them, and without it there is none.

Source: developers.google.com/workspace/calendar/api/guides/sync
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wizard.google.errors import AnswerUnreadable, CalendarGone, NotFound
from wizard.google.events import Found, read_found

Pages = Callable[[Mapping[str, Any]], Iterator[dict[str, Any]]]
"""Asks for a listing, narrowed as said, and brings its pages; one may be empty and yet have a next one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the token that was given, or all that is there; and the token from which to go on.

    `is_whole`: everything was read anew, and what is not among it is not in the calendar. Deleted events are among it.
    """

    found: tuple[Found, ...]
    token: str
    is_whole: bool


def changes_since(pages: Pages, token: str) -> Changes:
    """Raises CalendarGone, and whatever else keeps one page from coming: then nothing of the others counts.

    A token that Google takes no more, too old or of another query, costs one question: the whole is read instead.
    """
    try:
        if token:
            try:
                return _read(pages({"syncToken": token}), is_whole=False)
            except NotFound:
                raise
            except AnswerUnreadable:
                return _read(pages({}), is_whole=True)
        return _read(pages({}), is_whole=True)
    except NotFound:
        raise CalendarGone from None


def _read(pages: Iterator[dict[str, Any]], *, is_whole: bool) -> Changes:
    found, token = {}, ""
    for page in pages:
        zone, items, token = str(page.get("timeZone") or "UTC"), page.get("items", []), page.get("nextSyncToken", "")
        if not isinstance(items, list):
            raise AnswerUnreadable
        for item in items:
            event = read_found(item, zone)
            found[event.id] = event  # told twice, where it changed between two pages: the later word
    if not token or not isinstance(token, str):
        raise AnswerUnreadable
    return Changes(tuple(found.values()), token, is_whole)
