"""Nothing found? Choose what you see: each symptom leads to the step that cures it and to the card that explains it."""

from dataclasses import dataclass

from flask import url_for

from wizard.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Symptom:
    """What a person sees, where to look first, and the code of the card that says more; empty where none does."""

    sees: str
    looks: str
    address: str
    card: str = ""


def of(person_id: int, evidence: Evidence) -> tuple[Symptom, ...]:
    """In the order of the set-up; with the Stand-in nobody has to look for a page behind a window."""

    def step(slug: str) -> str:
        return url_for("step.show", person_id=person_id, slug=slug)

    pages = step("accept") if evidence.practice_is_readable else step("test-appointment")
    return (
        Symptom("No Google page opened", "Book a test, then open Google's page", pages, "PAGE-NONE"),
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
            url_for(
                "stayed.show", person_id=person_id, slug="create-calendar" if evidence.checker is None else "accept"
            ),
            "GOOGLE-PAGE-STAYED",
        ),
        Symptom("It worked, and then it stopped", "Give the permission anew", "#repair", "REVOKED-PIMSY"),
        Symptom("Something else", "Let support look, or copy the report", "#support"),
    )
