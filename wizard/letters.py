"""Messages ready to copy: to the clinic's Google administrator, and to whoever runs this wizard."""

from dataclasses import dataclass
from datetime import datetime

from wizard import stayed
from wizard.cards import card_of
from wizard.config import Client, Settings
from wizard.evidence import Evidence, Purpose
from wizard.steps.step import RETURNS_TO
from wizard.verdict import Verdict
from wizard.when import day_and_time

TO_ADMINISTRATOR = frozenset({"ORG-POLICY", "ORG-REVIEW", "GOOGLE-NOCAL"})
TO_OPERATOR = frozenset({"OPERATOR-SETUP", "APP-UNVERIFIED", "CLOCK"})

CONSOLE = (
    "Admin console > Security > Access and data control > API controls > Manage app access > Configure new app"
    " > OAuth client ID. Set it to Trusted."
)
"""Source: support.google.com/a/answer/7281227"""

CALENDAR_SWITCH = "Admin console > Apps > Google Workspace > Calendar > Service status. Set it to On for this account."
"""Source: support.google.com/a/answer/182442"""

READS = "to see who signs in, the list of the person's Google calendars, and the events on calendars the person owns"
WRITES = "to see who signs in, and to see, create, change and delete events on calendars the person owns"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in whole lines, and for whom it is."""

    reader: str
    text: str


def letter_for(verdict: Verdict, step: str, evidence: Evidence, settings: Settings) -> Letter | None:
    """The message that cures this verdict of this step; None where somebody in front of the screen can."""
    if verdict.code in TO_ADMINISTRATOR:
        return Letter("your organisation's Google administrator", _to_administrator(verdict, step, evidence, settings))
    if step == RETURNS_TO[Purpose.INTEGRATION] and not evidence.practice_is_readable:
        return None  # it is PIMSY that asked, and no operator of this wizard can help
    if verdict.code in TO_OPERATOR or verdict.remedy == stayed.UNKNOWN.remedy:
        return Letter("whoever runs this wizard", _to_operator(verdict, step, evidence, settings))
    return None


def _to_administrator(verdict: Verdict, step: str, evidence: Evidence, settings: Settings) -> str:
    account = evidence.address or "(the account that was used)"
    if verdict.code == "GOOGLE-NOCAL":
        return _lines(
            "Hello,",
            f"Google Calendar is turned off for {account}. We need it on: our clinic's appointments are to be seen there.",
            f"Where: {CALENDAR_SWITCH}",
        )
    writes = step == RETURNS_TO[Purpose.INTEGRATION]
    client = settings.integration if writes else settings.checker
    is_ours = evidence.practice_is_readable or not writes
    error = _error(step, evidence)
    return _lines(
        "Hello,",
        "we are setting up Google Calendar Sync for our practice-management system. Google stops us"
        + (f" with “Error {error}”." if error else "."),
        f"App: {client.name}",
        f"OAuth client ID: {client.id if is_ours else 'it stands behind client_id= in the address of Google’s page'}",
        f"It asks {WRITES if writes else READS}." + ("" if writes else " It cannot change anything."),
        "Why: "
        + ("it writes appointments into" if writes else "it looks whether appointments arrive in")
        + " the calendar named PIMSY Calendar, and nothing else.",
        f"Account: {account}",
        f"Where to allow it: {CONSOLE}",
    )


def _to_operator(verdict: Verdict, step: str, evidence: Evidence, settings: Settings) -> str:
    writes = step == RETURNS_TO[Purpose.INTEGRATION]
    client: Client = settings.integration if writes else settings.checker
    card, error = card_of(verdict.code), _error(step, evidence)
    return _lines(
        f"Google Calendar Sync, {settings.public_url}, {day_and_time(evidence.now, evidence.zone)}:"
        f" {f'{card.label}, ' if card else ''}{verdict.code} at {step}.",
        f"Google showed: Error {error}" if error else "",
        verdict.because,
        f"Number {number} {evidence.words_of(verdict.code)}" if (number := evidence.number_of(verdict.code)) else "",
        f"Return address, to be registered exactly so: {settings.redirect_url}",
        f"Client: {client.name}, {client.id}",
        f"Account: {evidence.address}" if evidence.address else "",
        "What to look at: python -m wizard doctor",
    )


def _error(step: str, evidence: Evidence) -> str:
    """What the person told of the newest trip of that step."""
    return stayed.error_of(stayed.shown(evidence, step, _begun(step, evidence)))


def _begun(step: str, evidence: Evidence) -> datetime:
    purpose = next((purpose for purpose, slug in RETURNS_TO.items() if slug == step), Purpose.CHECKER)
    trips = evidence.own_trips(purpose)
    return trips[-1].begun_at if trips else evidence.now


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
