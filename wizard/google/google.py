"""Google in a few verbs: our dataclasses in and out, our errors, always a deadline, no retry in silence."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime

from wizard.clock import Clock
from wizard.config import Settings
from wizard.evidence import Calendar
from wizard.google.calendar import CalendarService
from wizard.google.consent import Consent, Departure, Question
from wizard.google.errors import GrantNarrow
from wizard.google.events import CalendarNow, EntryNow, Event, Found
from wizard.google.examining import Examination, examine
from wizard.google.scopes import Permission
from wizard.google.signin import SignIn
from wizard.google.since import Changes
from wizard.google.tokens import StoredTokens, Tokens, Vault, at_hand
from wizard.google.wire import Wire
from wizard.google.writing import Writing


class Google:
    """One for the whole process, safe for many threads. Every verb raises GoogleTrouble's children and nothing else.

    A question to the sign-in service ends after `google_sign_in_timeout_s` (5 s), a calendar verb after
    `google_calendar_timeout_s` (10 s) with all its pages, plus a refresh where the access token was due.
    """

    def __init__(self, settings: Settings, clock: Clock, vault: Vault) -> None:
        self._settings = settings
        self._wire = Wire(settings.threads + settings.patrol_threads)
        self._signin = SignIn(settings, clock, self._wire)
        self._tokens = Tokens(vault, self._signin, clock)
        self._calendar = CalendarService(settings, self._wire, self._tokens)
        self._writing = Writing(self._calendar)

    def authorize(self, question: Question) -> Departure:
        """The address of Google's page for this trip, with PKCE and a nonce of its own.

        Raises GoogleSilent while the provider's metadata cannot be had.
        """
        return self._signin.authorize(question)

    def finish(self, permission: Permission, code: str, secret: str, issuer: str = "") -> Consent:
        """Exchange a code and verify who came back. `issuer` is the answer's `iss`, where it had one (RFC 9207).

        The caller has matched `state` to a trip of this browser before. Nothing is stored.
        Raises CodeRefused, AnswerRefused, ClockWrong, InstallationWrong, GoogleSilent.
        """
        return self._signin.finish(permission, code, secret, issuer)

    def refresh(self, grant_id: int) -> None:
        """Ask Google, server to server, whether the permission is alive. Raises GrantDead when it is not."""
        self._tokens.after(self._tokens.read(grant_id))

    def still_reaches(self, grant_id: int) -> None:
        """The same, and whether it reaches as far as it did. Raises GrantNarrow where Google told that it does not."""
        if self._tokens.after(self._tokens.read(grant_id)).is_narrow:
            raise GrantNarrow

    def calendars(self, grant_id: int) -> tuple[Calendar, ...]:
        """The account's calendar list, hidden ones included, every page read.

        Source: developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
        """
        return self._calendar.calendars(grant_id)

    def entry(self, held: StoredTokens, calendar_id: str, etag: str = "") -> EntryNow | None:
        """The pinned calendar's entry in the account's list: one question, with the tokens that were read with others'.

        Raises GrantNarrow where a refresh on the way told that the permission reaches less far.
        None: it is still as it was when `etag` came with it. Gone, or taken off the list, is an answer, too.
        Source: developers.google.com/workspace/calendar/api/v3/reference/calendarList/get
        """
        return self._calendar.entry(held, calendar_id, etag)

    def written_since(self, held: StoredTokens, calendar_id: str, since: datetime) -> tuple[datetime, ...]:
        """When each event of the calendar was written, of those written since then, earliest first. Nothing else is read.

        Raises CalendarGone on 404. Google looks four weeks back at most.
        Source: developers.google.com/workspace/calendar/api/v3/reference/events/list (updatedMin)
        """
        return self._calendar.written_since(held, calendar_id, since)

    def events(self, grant_id: int, calendar_id: str, *, mark: str) -> CalendarNow:
        """The calendar as it is now and its events that carry our mark, cancelled ones included: one question.

        Raises CalendarGone on 404: an event that is not there is an empty tuple.
        """
        return self._calendar.events(grant_id, calendar_id, mark)

    def events_between(self, grant_id: int, calendar_id: str, start: datetime, end: datetime) -> CalendarNow:
        """The calendar as it is now and its events that touch the time from `start` until before `end`, aware times.

        Every page read, repeated events one by one, cancelled ones included, titles left out. "primary" is the account's
        main calendar. Raises CalendarGone on 404.
        Source: developers.google.com/workspace/calendar/api/v3/reference/events/list
        """
        return self._calendar.events_between(grant_id, calendar_id, start, end)

    def title(self, grant_id: int, calendar_id: str, event_id: str) -> str | None:
        """The title of one event as it is now, empty where it has none; None: there is no such event, or no more.

        What comes back may name a client: show it, keep it nowhere.
        """
        return self._calendar.title(grant_id, calendar_id, event_id)

    def since(self, grant_id: int, calendar_id: str, token: str = "") -> Changes:
        """What changed in the calendar since that token, deleted events included, every page read; without one, all of it.

        No titles. A token that Google takes no more: the whole is read anew (`is_whole`). Raises CalendarGone.
        """
        return self._calendar.since(grant_id, calendar_id, token)

    def found(self, grant_id: int, calendar_id: str, event_id: str) -> Found:
        """What stands under the id of an event of ours. Raises CalendarGone."""
        return self._writing.found(grant_id, calendar_id, event_id)

    def write(self, grant_id: int, calendar_id: str, event: Event, *, over: str = "") -> Event:
        """Put the event there under its own id; what is there already of ours is adopted, or revived.

        Bears repeating. Raises CalendarGone, CalendarOthers, AlienEvent, and MovedThere as `change` does.
        """
        return self._writing.write(grant_id, calendar_id, event, over)

    def change(self, grant_id: int, calendar_id: str, event: Event, *, over: str = "") -> Event:
        """Bring an event of ours to these times, and leave alone what somebody added to it.

        `event.etag`, where known, spares a question; `event.is_touched` is to be handed on as it was read. Raises
        MovedThere or GoneThere where somebody else decided about it meanwhile, unless what stands there has the etag
        `over`: then it is moved back, or written again. Bears repeating. Raises as `write` does.
        """
        return self._writing.change(grant_id, calendar_id, event, over)

    def take_back(self, grant_id: int, calendar_id: str, event: Event, *, over: str = "") -> None:
        """Delete an event of ours; not being there is success. Raises MovedThere as `change` does. Bears repeating."""
        self._writing.take_back(grant_id, calendar_id, event, over)

    def remove(self, grant_id: int, calendar_id: str, event_id: str) -> None:
        """Delete it whatever became of it; not being there is success. Bears repeating."""
        self._writing.remove(grant_id, calendar_id, event_id)

    def tokens_of(self, grant_ids: Collection[int]) -> dict[int, StoredTokens]:
        """The tokens of many grants, read at once. What is gone or cannot be read is not among them: a verb says why."""
        return self._tokens.read_all(grant_ids)

    def at_hand(self, stored: StoredTokens | None) -> AbstractContextManager[None]:
        """The verbs inside, in this thread, use these tokens of `tokens_of` without reading them again."""
        return at_hand(stored)

    def revoke(self, grant_id: int) -> None:
        """End everything this account gave the client's Google project, for all its workstations.

        Google takes a while to carry it out: the proof is a later GrantDead. Ended before is success.
        """
        stored = self._tokens.read(grant_id)
        self._signin.revoke(stored.refresh_token or stored.access_token)

    def give_back(self, consent: Consent) -> None:
        """Revoke a consent that is not kept. It ends whatever else that account gave the same project, too."""
        self._signin.revoke(consent.refresh_token or consent.access_token)

    def examine(self) -> Examination:
        """What Google shows without anybody's permission. Raises nothing: what could not be asked is None in it."""
        return examine(self._settings, self._wire)

    def close(self) -> None:
        """Let go of the kept connections."""
        self._wire.close()
