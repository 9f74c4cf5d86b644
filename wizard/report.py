"""The report: five lines to read out on the telephone, made of times, counts and codes alone.

It names the person and the computer, since support has to know whose set-up it is, and nothing that a client or
somebody's other calendars could show in: no address, no title, no name of a calendar.
"""

from wizard.cards import number_of
from wizard.evidence import Appointment, Evidence, Grant
from wizard.journey import Journey, Stop
from wizard.verdict import Status
from wizard.when import day_and_time, exact_point


def report(journey: Journey, evidence: Evidence, *, clinic: str) -> tuple[str, ...]:
    """Always five lines: where and when, by which permissions, the six steps, what is next, the test appointment."""
    return (
        f"{clinic}, {evidence.person} on {evidence.workstation}, {day_and_time(evidence.now, evidence.zone)}",
        _permissions(evidence),
        f"Steps: {', '.join(_told(stop) for stop in journey)}",
        _next(journey, evidence),
        _appointment(evidence),
    )


def _permissions(evidence: Evidence) -> str:
    practice = "Stand-in for PIMSY" if evidence.practice_is_readable else "Own PIMSY"
    checker = _permission(evidence.checker, evidence)
    integration = _permission(evidence.integration, evidence) if evidence.practice_is_readable else "cannot be seen"
    return f"{practice}. Checker: {checker}. Integration: {integration}"


def _permission(grant: Grant | None, evidence: Evidence) -> str:
    if grant is None:
        return "none"
    if grant.is_dead and grant.died_at is not None:
        return f"ended, seen {exact_point(grant.died_at, evidence.now, evidence.zone)} ({grant.death or 'no reason'})"
    kind = "Workspace" if grant.account.hd else "free account"
    return f"given {exact_point(grant.given_at, evidence.now, evidence.zone)}, {kind}"


def _told(stop: Stop) -> str:
    aside = f" beside {stop.verdict.aside}" if stop.verdict.aside else ""
    passed = " passed" if stop.passed_by else ""
    return f"{stop.step.number} {stop.verdict.status.value} {stop.verdict.code}{aside}{passed}"


def _next(journey: Journey, evidence: Evidence) -> str:
    wrong = next((stop for stop in journey if stop.verdict.status is Status.NEEDS_ATTENTION), None)
    stop = wrong or journey.current
    if stop is None:
        return "Nothing is left to do"
    number = number_of(stop.verdict.code)
    card = f", card {number:02}" if number is not None else ""
    reference = evidence.number_of(stop.verdict.code)
    return f"Next: step {stop.step.number}, {stop.verdict.code}{card}{f', number {reference}' if reference else ''}"


def _appointment(evidence: Evidence) -> str:
    slot, booked = evidence.slot, evidence.appointment
    if slot is None:
        return "No test time yet"
    told = [f"Test time {day_and_time(slot.starts_at, evidence.zone)}"]
    moments = (
        ("booked", evidence.booked_at),
        ("sent", booked.sent_at if isinstance(booked, Appointment) else None),
        ("accepted", evidence.authorization.at if evidence.authorization else None),
        ("arrived", evidence.sealed.read_at if evidence.sealed else None),
        ("last look", evidence.arrival_looked_at),
    )
    told += [f"{what} {exact_point(at, evidence.now, evidence.zone)}" for what, at in moments if at is not None]
    if evidence.arrival_failure:
        told.append(f"a look since brought {evidence.arrival_failure}")
    return ", ".join(told)
