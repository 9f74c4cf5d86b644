"""R2's points 11 and 12: killed between two pages of what changed in a calendar, or where Google wants it read anew (410).

The look after it tells exactly what somebody changed in Google: none is missed, none is told twice.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crash.frontdesk import FrontDesk
from crash.ledger import Count
from crash.points import Point
from crash.site import CALENDAR, Site, account_of, inside
from wizard.onboarding.looking import Looked
from wizard.onboarding.straying import strays
from wizard.store import appointments, people

LATER = timedelta(hours=1)
MOVED = 2
"""So many at each trial, a page each."""


@dataclass
class Following:
    """Trials at one site. `dies` lets a child look at a person's calendar, and die at the point."""

    site: Site
    chance: random.Random
    dies: Callable[[Point, int], object]

    def kills_at(self, point: Point) -> Count:
        """Somebody moves two events in Google; a child dies as it reads that, and the next look is compared."""
        world, person_id = self.site.world, 1 + self.chance.randrange(self.site.people)
        desk = FrontDesk(self.site.app, world.now, self.chance)
        for _ in range(MOVED):
            desk.books(person_id)
        self.site.drains()
        self._looks(person_id)
        before = self.chance.sample(world.events_in(account_of(person_id), CALENDAR), MOVED)
        for event in before:
            self._puts(person_id, event, LATER)
        world.manners.longest_page, kept = 1, world.manners.longest_page
        if point.status:
            world.manners.sync_tokens_before = world.changes + 1
        self._passes()
        self.dies(point, person_id)
        self._passes()
        world.manners.longest_page, world.manners.sync_tokens_before = kept, 0
        told = self._looks(person_id)
        for event in before:
            self._puts(person_id, event, timedelta(0))
        self._passes()
        left = self._looks(person_id)
        moved = {event["id"] for event in before}
        return Count(lost=len(moved - set(told)), doubled=len(told) - len(moved & set(told)) + len(left))

    def _looks(self, person_id: int) -> list[str]:
        """The ids of the events that are told to stand otherwise than here. Raises RuntimeError where no look comes about."""
        with inside(self.site.app):
            person = people.find(person_id)
            if person is None or self.site.services.straying.look(person) is not Looked.SEEN:
                raise RuntimeError("nobody could look at what changed in Google")
        with inside(self.site.app):
            found = [appointments.find(one.appointment_id) for one in strays(self.site.world.now(), person_id)]
            return [one.event_id for one in found if one is not None]

    def _passes(self) -> None:
        """A calendar is not asked for twice at once, and what a killed process held of the account is free again."""
        self.site.world.clock.advance(self.site.lease_s + 1)

    def _puts(self, person_id: int, event: dict[str, Any], by: timedelta) -> None:
        """As its person would on Google's page: so much later than it was."""
        times = {side: _later(event[side], by) for side in ("start", "end")}
        self.site.world.changes_event(account_of(person_id), CALENDAR, event["id"], **times)


def _later(moment: dict[str, Any], by: timedelta) -> dict[str, Any]:
    return moment | {"dateTime": (datetime.fromisoformat(moment["dateTime"]) + by).isoformat()}
