"""Tidying up: what has become of the test appointment that proved a person at a computer. It takes nothing from the proof."""

from wizard.evidence import Appointment, Evidence

STANDS, GOING, GONE = "stands", "going", "gone"


def state_of(evidence: Evidence) -> str:
    """It stands, is going since it was cancelled in the practice system, or is gone from Google; "" where nothing is proven."""
    proof, booked = evidence.sealed, evidence.appointment
    if proof is None:
        return ""
    if evidence.gone_at is not None:
        return GONE
    is_its = isinstance(booked, Appointment) and booked.slot_id == proof.slot_id
    return GOING if is_its and isinstance(booked, Appointment) and booked.cancelled_at is not None else STANDS
