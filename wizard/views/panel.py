"""The check panel: what a step's verdict looks like on its page, and whether the page goes on looking by itself."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from wizard import when
from wizard.cards import number_of
from wizard.evidence import NAME, Evidence
from wizard.journey import Journey, Stop
from wizard.names import Segment, difference
from wizard.steps.step import ASK_LATER
from wizard.verdict import Status, Verdict
from wizard.views.actions import TRIPS, actions_for, for_person

QUICK_FOR = timedelta(minutes=2)
SLOW_FOR = timedelta(minutes=15)
WAKING = "visibilitychange from:document, focus from:window throttle:1s"
MARKS = {Status.VERIFIED: "✓ Verified – ", Status.WAITING: "Waiting – ", Status.NEEDS_ATTENTION: "! Needs attention – "}
NOTHING_TO_LOOK_AT = frozenset({"NOT-BEGUN", "NOT-ASKED", "CHK-STOPPED"})
LOOKED_AT = frozenset({"create-calendar", "accept"})
"""What a look at Google can change; by hand nobody can look at the other steps."""

STILL_LOOKING_AFTER = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Panel:
    """All that parts/_check.html shows of one stop."""

    stop: Stop
    verdict: Verdict
    second_line: str
    card: int | None  # the number of the failure card; None where the verdict is no card
    looked_for: str  # the exact name, where a verdict shows another one beside it
    marked: tuple[Segment, ...]  # the name found, with the signs that differ told apart
    aside: str  # the code of a look that did not succeed since the verdict was seen
    aside_card: int | None
    number: str  # of a failure that nobody here knows better: it stands in the log, too
    quoted: str  # what was said with it, word for word
    actions: tuple[str, ...]
    pace: str  # "3s", "10s", "paused" by time, "stopped" by a press, "" where there is nothing to wait for
    since: int  # seconds since 1970: the last act here, from which the pace is reckoned
    seen: str  # what the page shows: an answer that says the same is 204
    is_unwatched: bool = False  # nobody can look: the checker is done without, or it stands in the clinic's own PIMSY
    helper: str = ""  # the administrator whom the person who reads this may ask; empty where an administrator does
    waits: bool = False  # the helper does this step: there is nothing to do here

    @property
    def trigger(self) -> str:
        """htmx's `hx-trigger`; without one the form falls back to its own submit."""
        if self.pace in {"", "stopped"}:
            return ""
        return f"submit, every {self.pace}, {WAKING}" if self.pace != "paused" else f"submit, {WAKING}"

    @property
    def asks_again(self) -> bool:
        """Whether "Check now" stands here: a press can bring something that a trip to Google need not bring first."""
        is_there_nothing = self.verdict.code in NOTHING_TO_LOOK_AT and not self.waits
        if self.stop.step.slug == "sign-out" or self.is_unwatched or is_there_nothing:
            return False
        return bool(self.pace) or not TRIPS.intersection(self.actions)

    @property
    def tab(self) -> str:
        """What the tab's title begins with, so that it can be read from another tab."""
        return MARKS.get(self.verdict.status, "")


def panel_of(
    stop: Stop, evidence: Evidence, *, helper: str = "", since: int | None = None, is_stopped: bool = False
) -> Panel:
    """The panel of a stop; `since` is the time of the last act as the page carries it, None for a page just opened.

    `helper` is the administrator's first name where the person herself reads it, empty where an administrator does.
    """
    verdict = words_for(stop.verdict, helper)
    is_awaited = bool(helper) and stop.step.is_administrative and not stop.lets_pass
    waits = is_awaited and evidence.practice_is_readable
    if waits:
        verdict = replace(verdict, remedy="", in_order=())
    begun = _sensible(since, evidence.now)
    is_looked_at = stop.step.slug in LOOKED_AT
    is_unwatched = evidence.goes_without_checker is not None if is_looked_at else not evidence.practice_is_readable
    is_unwatched = is_unwatched and not is_awaited  # what is saved at another desk shows in what is stored
    polls = is_awaited or _is_worth_looking(stop)
    pace = "" if is_unwatched or not polls else _pace(evidence.now, begun, is_stopped=is_stopped)
    number, quoted = evidence.number_of(verdict.aside or verdict.code), evidence.words_of(verdict.aside or verdict.code)
    text = f"{verdict.because}|{verdict.found}|{verdict.aside}|{verdict.remedy}|{verdict.in_order}|{number}"
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Panel(
        stop=stop,
        verdict=verdict,
        second_line=_second_line(verdict, evidence),
        card=None if _is_course_of_things(verdict) else number_of(verdict.code),
        looked_for=NAME if verdict.code in {"CAL-NEAR", "CAL-RENAMED"} else "",
        marked=difference(verdict.found, NAME).segments if verdict.code == "CAL-NEAR" else (),
        aside=verdict.aside,
        aside_card=number_of(verdict.aside) if verdict.aside else None,
        number=number,
        quoted=quoted,
        actions=() if waits or _is_course_of_things(verdict) else _actions(stop, verdict, evidence, helper),
        pace=pace,
        since=int(begun.timestamp()),
        is_unwatched=is_unwatched,
        helper=helper,
        waits=waits,
        seen=f"{verdict.status.name.lower()}:{verdict.code}:{pace or 'settled'}:{digest}",
    )


def words_for(verdict: Verdict, helper: str) -> Verdict:
    """What is the person's alone (her other calendars) is named to her, and counted for an administrator."""
    return verdict if helper else replace(verdict, because=verdict.for_others)


def _actions(stop: Stop, verdict: Verdict, evidence: Evidence, helper: str) -> tuple[str, ...]:
    """The buttons of the verdict; a person gets none that lead to what is an administrator's."""
    actions = actions_for(stop.step.slug, verdict, is_by_hand=not evidence.practice_is_readable)
    return for_person(actions) if helper else actions


def cards_on(journey: Journey, evidence: Evidence) -> list[int]:
    """The numbers to say on the telephone for what stands at these stops, each once."""
    return sorted({card for stop in journey if (card := panel_of(stop, evidence).card) is not None})


def _is_course_of_things(verdict: Verdict) -> bool:
    """Waiting for what has only just been begun, or seen: nothing went wrong, so no card stands there."""
    is_awaited = verdict.status is Status.WAITING and verdict.code in {"CAL-NONE", "EVT-NONE"}
    return is_awaited or verdict.is_verified


def _sensible(since: int | None, now: datetime) -> datetime:
    """The page's own word for when the last act was; anything impossible counts as now."""
    if since is None or not 0 < since <= int(now.timestamp()):
        return now
    return datetime.fromtimestamp(since, UTC)


def _is_worth_looking(stop: Stop) -> bool:
    return stop.verdict.code in stop.step.polls and stop.verdict.remedy != ASK_LATER


def _pace(now: datetime, begun: datetime, *, is_stopped: bool) -> str:
    if is_stopped:
        return "stopped"
    waited = now - begun
    if waited < QUICK_FOR:
        return "3s"
    return "10s" if waited < SLOW_FOR else "paused"


def _second_line(verdict: Verdict, evidence: Evidence) -> str:
    if verdict.said or not verdict.is_verified or verdict.seen is None:
        return verdict.note
    seen = f"seen {when.seen(verdict.seen, evidence.now, evidence.zone)}"
    return f"{seen} – {verdict.note}" if verdict.note else seen
