"""Delivering: what one appointment is now, said to Google twice rather than never.

A worker may be late, or be killed at any point. That is why the appointment is read as it is when it is sent, why its
event's id is known before the first send, and why only the holder of the fence may write what came of it.
"""

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
    found_of,
)
from wizard.practice.builtin import backoff
from wizard.practice.builtin.errand import DEAD, LATER, Chance, Errand, Setback, Turn, of_stray, read
from wizard.practice.builtin.strayed import stands_of
from wizard.store import appointments, deliveries, locks, seen_events
from wizard.store.database import db


def deliver(turn: Turn, google: Google, clock: Clock, chance: Chance) -> None:
    """Carry out one claimed delivery.

    No transaction is open while Google is asked. Nothing is dropped: what does not go now is due again later.
    """
    errand = read(turn, clock, chance)
    db.session.commit()
    if not isinstance(errand, Errand):
        _close(turn, None, errand, None, clock())
        return
    try:
        setback, found = _carry_out(errand, turn, google, clock, chance)
    finally:
        db.session.rollback()
        locks.release(errand.lock, errand.lock_fence, clock())
        db.session.commit()
    _close(turn, errand, setback, found, clock())


def park(turn: Turn, chance: Chance, now: datetime) -> None:
    """After a fault of our own: this delivery alone is due again later."""
    db.session.rollback()
    wait_s = backoff.backoff(_failures(turn) + 1, chance())
    _put_back(turn, Setback("OUR-FAULT", wait_s, is_try=True, is_of_account=False), now)
    db.session.commit()


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
    )
    if is_ours and setback.is_of_account:
        deliveries.put_off(delivery.person_id, due_at, setback.reason, now)
    return is_ours


def _carry_out(
    errand: Errand, turn: Turn, google: Google, clock: Clock, chance: Chance
) -> tuple[Setback | None, Found | None]:
    """Ask Google; no setback when it has confirmed. With it what stands there now, where that was seen."""
    try:
        if errand.moved_from:
            _leave(errand, google)
        if clock() >= turn.deadline:
            return LATER, None
        return None, _say(errand, google)
    except ChangedThere as changed:
        db.session.rollback()
        return of_stray(changed.code, chance), changed.found
    except GoogleTrouble as trouble:
        db.session.rollback()
        return _setback(trouble, turn, chance), None


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


def _setback(trouble: GoogleTrouble, turn: Turn, chance: Chance) -> Setback:
    failures = _failures(turn) + 1
    db.session.commit()
    match trouble:
        case GrantDead():
            return DEAD
        case GoogleSilent():
            return Setback(trouble.code, backoff.backoff(failures, chance(), trouble.retry_after), is_try=True)
        case QuotaUsed():
            return Setback(trouble.code, backoff.HOUR_S, is_try=True)
        case _:
            is_of_account = trouble.code != "OUR-FAULT"
            return Setback(trouble.code, backoff.slow(chance()), is_try=True, is_of_account=is_of_account)


def _failures(turn: Turn) -> int:
    """How many tries in a row did not succeed."""
    delivery = deliveries.find(turn.delivery_id)
    return delivery.tries if delivery else 0


def _close(turn: Turn, errand: Errand | None, setback: Setback | None, found: Found | None, now: datetime) -> None:
    """Write what came of it, if the row is still ours; a late worker writes nothing but that it was late."""
    if setback is not None:
        is_ours = _put_back(turn, setback, now)
    else:
        is_ours = deliveries.close(turn.delivery_id, turn.fence, done_at=now, reason="", failing_since=None)
    appointment = appointments.find(errand.appointment_id) if errand else None
    if errand is not None and appointment is not None:
        if not is_ours:
            # Our word may have reached Google after that of the worker who took over: the truth is said once more.
            deliveries.owe(appointment, now)
        elif found is not None:
            seen = seen_events.of([appointment.id]).get(appointment.id)
            seen_events.note(appointment, seen, stands_of(found, errand.calendar_id, seen), now)
        if is_ours and setback is None and errand.is_cancelled:
            appointment.removed_at = now
        elif is_ours and setback is None and appointment.changed_at == errand.changed_at:
            appointment.sent_at = now
    db.session.commit()
