"""One question to the Calendar API, read and held against Google's description of it."""

from dataclasses import dataclass
from typing import Any, Final

from .. import diary
from ..description import Method
from ..errors import ApiError, NotBuilt
from ..nouns import Account, Calendar, Entry, Event, Json, Project
from ..scopes import PREFIX
from ..world import World

OWNED: Final = frozenset({PREFIX + "calendar.events.owned", PREFIX + "calendar.events.owned.readonly"})
APP_CREATED: Final = PREFIX + "calendar.app.created"
PUBLIC: Final = PREFIX + "calendar.events.public.readonly"
FREE_BUSY: Final = PREFIX + "calendar.events.freebusy"


@dataclass(frozen=True, slots=True)
class Question:
    world: World
    method: Method
    account: Account
    project: Project
    scopes: frozenset[str]  # of the token and of the method both
    given: dict[str, Any]  # query parameters, typed
    path: dict[str, str]
    body: Json
    if_match: str

    def calendar(self, least: str = "reader") -> Calendar:
        """The calendar of the path. Raises ApiError: not there, not visible, not enough access, not in the scope."""
        calendar = self.world.calendars.get(self.account.email if self.named == "primary" else self.named)
        if calendar is None or calendar.deleted:
            raise ApiError("notFound")
        role = diary.role_of(calendar, self.account.sub)
        if role == "none":
            raise ApiError("notFound")
        self.check_reach(calendar, role)
        if not diary.may(role, least):
            raise ApiError("requiredAccessLevel", f"You need to have {least} access to this calendar.")
        return calendar

    @property
    def named(self) -> str:
        return self.path["calendarId"]

    def check_reach(self, calendar: Calendar, role: str) -> None:
        """Some scopes open some calendars only. Owned ones: where the access role is owner."""
        if self.scopes - OWNED - {APP_CREATED, PUBLIC, FREE_BUSY}:
            return
        if self.scopes & OWNED and role == "owner":
            return
        if APP_CREATED in self.scopes and calendar.made_by == self.project.id:
            return
        if PUBLIC in self.scopes and calendar.public:
            return
        if self.scopes & OWNED:
            unseen = self.world.manners.owned_scope_elsewhere == 404
            raise ApiError("notFound" if unseen else "insufficientPermissions")
        if FREE_BUSY in self.scopes:
            raise NotBuilt(f"{self.method.name} with a free/busy scope")
        raise ApiError("notFound" if APP_CREATED in self.scopes else "insufficientPermissions")

    def event(self, calendar: Calendar) -> Event:
        if found := calendar.events.get(self.path["eventId"]):
            return found
        raise ApiError("notFound")

    def entry(self) -> Entry:
        """The path's calendar on this person's list. Raises ApiError."""
        id_ = self.account.email if self.named == "primary" else self.named
        found = self.world.entries[self.account.sub].get(id_)
        if found is None or found.deleted:
            raise ApiError("notFound")
        calendar = self.world.calendars[id_]
        self.check_reach(calendar, diary.role_of(calendar, self.account.sub))
        return found

    def check_match(self, etag: str) -> None:
        """RFC 9110 section 13.1.1. Raises ApiError conditionNotMet."""
        wanted = [one.strip() for one in self.if_match.split(",")]
        if self.if_match and not {"*", etag} & set(wanted):
            raise ApiError("conditionNotMet")
