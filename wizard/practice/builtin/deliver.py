"""Delivering: what one appointment is now, said to Google twice rather than never.

A worker may be late, or be killed at any point. That is why the appointment is read as it is when it is sent, why its
event's id is known before the first send, and why only the holder of the fence may write what came of it.

Three acts, so that many can be read and written at once while each waits for Google by itself: `errand.read`, `carry_out`
and `close`. `deliver` is all three for one.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.clock import Clock
from wizard.google import (
    VANISHED,
    CalendarGone,
    ChangedThere,
    Found,
    Google,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    QuotaUsed,
    TooFast,
    found_of,
)
from wizard.practice.builtin import backoff
from wizard.practice.builtin.errand import BLOCKED, DEAD, LATER, Chance, Errand, Setback, Turn, of_stray, read
from wizard.practice.builtin.strayed import stands_of
from wizard.store import appointments, deliveries, locks, seen_events
from wizard.store.database import db, of_every_clinic

STOPPED = frozenset({"CAL-GONE", "CAL-OTHERS", "GRANT-PART", "GOOGLE-NOCAL"})
"""Time cures none of these: somebody has to do something first, which makes what waits due at once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a turn: no setback means that there is nothing more to say. Without an errand Google was not asked.

    `found` is what stands there now, where that was seen.
    """

    turn: Turn
    errand: Errand | None
    setback: Setback | None
    found: Found | None = None


def deliver(turn: Turn, google: Google, clock: Clock, chance: Chance) -> None:
    """Carry out one claimed delivery.

    No transaction is open while Google is asked. Nothing is dropped: what does not go now is due again later.
    """
    told = read([turn], clock(), chance)[turn.delivery_id]
    db.session.commit()
    outcome = carry_out(told, turn, google, clock, chance) if isinstance(told, Errand) else Outcome(turn, None, told)
    close([outcome], clock())
    db.session.commit()


def carry_out(errand: Errand, turn: Turn, google: Google, clock: Clock, chance: Chance) -> Outcome:
    """Ask Google. A fault of our own holds this delivery alone."""
    try:
        if errand.moved_from:
            _leave(errand, google)
        if clock() >= turn.deadline:
            return Outcome(turn, errand, LATER)
        return Outcome(turn, errand, None, _say(errand, google))
    except ChangedThere as changed:
        return Outcome(turn, errand, of_stray(changed.code, chance), changed.found)
    except GoogleTrouble as trouble:
        return Outcome(turn, errand, _setback(trouble, turn, errand.failures + 1, chance))
    except Exception:
        fault = new_fault()
        log.exception("fault %s: delivery %s is put back", fault, turn.delivery_id)
        return Outcome(turn, errand, ours(fault, errand.failures + 1, chance))
    finally:
        db.session.rollback()


def ours(fault: str, failures: int, chance: Chance) -> Setback:
    """We are wrong: this delivery alone is due again later, under a number to quote."""
    wait_s = backoff.backoff(failures, chance())
    return Setback("OUR-FAULT", wait_s, is_try=True, is_of_account=False, fault=fault)


def new_fault() -> str:
    """A number for the log and for whoever asks support."""
    return secrets.token_hex(2).upper()


def _say(errand: Errand, google: Google) -> Found | None:
    """What stands there afterwards; None where that calendar was not asked."""
    if errand.is_cancelled:
        if errand.moved_from:
            return None
        google.take_back(errand.grant_id, errand.calendar_id, errand.event, over=errand.over)
        return Found(errand.event.id, VANISHED, is_gone=True)
    verb = google.change if errand.was_sent else google.write
    return found_of(verb(errand.grant_id, errand.calendar_id, errand.event, over=errand.over))


def _leave(errand: Errand, google: Google) -> None:
    """The pinned calendar is another one now: the event must not stay in the old one, which may itself be gone."""
    try:
        google.remove(errand.grant_id, errand.moved_from, errand.event.id)
    except CalendarGone:
        db.session.rollback()
    appointment = appointments.find(errand.appointment_id)
    if appointment is not None and not errand.is_cancelled:
        appointment.calendar_id = errand.calendar_id
    db.session.commit()


def _setback(trouble: GoogleTrouble, turn: Turn, failures: int, chance: Chance) -> Setback:
    match trouble:
        case GrantDead(reason="admin_policy_enforced"):
            return BLOCKED
        case GrantDead():
            return DEAD
        case GoogleSilent():
            wait_s = backoff.backoff(failures, chance(), trouble.retry_after)
            return Setback(trouble.code, wait_s, is_try=True, is_too_fast=isinstance(trouble, TooFast))
        case QuotaUsed():
            return Setback(trouble.code, backoff.HOUR_S, is_try=True)
        case _ if trouble.code == "OUR-FAULT":
            fault = new_fault()
            log.error("fault %s: delivery %s met %s", fault, turn.delivery_id, type(trouble).__name__)
            return Setback(trouble.code, backoff.slow(chance()), is_try=True, is_of_account=False, fault=fault)
        case _:
            wait_s = backoff.stopped(chance()) if trouble.code in STOPPED else backoff.slow(chance())
            return Setback(trouble.code, wait_s, is_try=True)


def close(outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write what came of these turns, where the rows are still ours; the caller ends the transaction.

    A late worker writes nothing but that it was late.
    """
    errands = {outcome.turn.delivery_id: outcome.errand for outcome in outcomes if outcome.errand is not None}
    with of_every_clinic():
        found = appointments.to_write({errand.appointment_id for errand in errands.values()})
        done = [outcome for outcome in outcomes if outcome.setback is None]
        kept = deliveries.close_all([(outcome.turn.delivery_id, outcome.turn.fence) for outcome in done], now)
        for outcome in outcomes:
            if outcome.setback is not None and _put_back(outcome.turn, outcome.setback, now):
                kept.add(outcome.turn.delivery_id)
        seen = seen_events.of(list(found))
        for outcome in outcomes:
            errand = outcome.errand
            appointment = found.get(errand.appointment_id) if errand else None
            if errand is None or appointment is None:
                continue
            if outcome.turn.delivery_id not in kept:
                # Our word may have reached Google after that of the worker who took over: the truth is said once more.
                deliveries.owe(appointment, now)
                continue
            if outcome.found is not None:
                before = seen.get(appointment.id)
                seen_events.note(appointment, before, stands_of(outcome.found, errand.calendar_id, before), now)
            if outcome.setback is None and errand.is_cancelled:
                appointment.removed_at = now
            elif outcome.setback is None and appointment.changed_at == errand.changed_at:
                appointment.sent_at = now
        db.session.flush()
        locks.release_all([(errand.lock, errand.lock_fence) for errand in errands.values()], now)


def _put_back(turn: Turn, setback: Setback, now: datetime) -> bool:
    """Due again later, with the reason; says whether the row was still ours."""
    delivery = deliveries.find(turn.delivery_id)
    if delivery is None:
        return False
    due_at = now + timedelta(seconds=setback.wait_s)
    is_ours = deliveries.close(
        turn.delivery_id,
        turn.fence,
        due_at=due_at,
        reason=setback.reason or delivery.reason,
        tries=delivery.tries + int(setback.is_try),
        failing_since=delivery.failing_since or (now if setback.reason else None),
        fault=setback.fault,
    )
    if is_ours and setback.is_of_account and setback.reason:
        deliveries.put_off(delivery.person_id, due_at, setback.reason, now)
    return is_ours
