"""Nothing found? Choose what you see: each symptom leads to the step that cures it and to the card that explains it."""

from dataclasses import dataclass

from flask import url_for

from wizard.evidence import Evidence, Outcome
from wizard.steps.step import RETURNS_TO


@dataclass(frozen=True, slots=True)
class Symptom:
    """What a person sees, where to look first, and the code of the card that says more; empty where none does."""

    sees: str
    looks: str
    address: str
    card: str = ""


def of(person_id: int, evidence: Evidence, *, is_own: bool = False) -> tuple[Symptom, ...]:
    """In the order of the set-up; with the Stand-in nobody has to look for a page behind a window.

    `is_own`: the person reads it herself; whether support looks is an administrator's.
    """

    def step(slug: str) -> str:
        return url_for("step.show", person_id=person_id, slug=slug)

    if evidence.practice_is_readable:
        no_page = Symptom("No Google page opened", "Open it from step 6", step("accept"), "PAGE-NONE")
    else:
        no_page = Symptom("No Google page opened", "Say so where you booked", step("test-appointment"), "PAGE-NONE")
    return (
        no_page,
        Symptom("Nothing arrives in the calendar", "See what the test appointment says", step("accept"), "EVT-NONE"),
        Symptom(
            "It arrives in the wrong calendar", "Look at the calendar's name", step("create-calendar"), "EVT-WRONGCAL"
        ),
        Symptom(
            "It is the wrong Google account",
            "Look at the account in the folder",
            step("personnel-folder"),
            "FOLDER-OTHER",
        ),
        Symptom(
            "Google showed an error",
            "Say which page it was",
            url_for("stayed.show", person_id=person_id, slug=_last_asked_at(evidence)),
            "GOOGLE-PAGE-STAYED",
        ),
        Symptom("It worked, and then it stopped", "Give the permission anew", "#repair", "REVOKED-PIMSY"),
        Symptom("Something else", "Copy the report, and call", "#report-for-support")
        if is_own
        else Symptom("Something else", "Let support look, or copy the report", "#support"),
    )


def _last_asked_at(evidence: Evidence) -> str:
    """The step whose page of Google's was the last one: of a trip from here, or of PIMSY, which asks by itself."""
    own = [trip for trip in evidence.trips if trip.is_own]
    is_away = bool(own) and own[-1].outcome is Outcome.OPEN
    if evidence.checker is not None and not evidence.practice_is_readable and not is_away:
        return "accept"
    return RETURNS_TO[own[-1].purpose] if own else "create-calendar"
