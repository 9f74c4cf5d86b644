"""Google: the only package that has heard of Authlib, googleapiclient and tokens."""

from wizard.google.answers import own_words, silent_refusal
from wizard.google.consent import Consent, Departure, Question
from wizard.google.errors import (
    AlienEvent,
    AnswerRefused,
    AnswerUnreadable,
    CalendarGone,
    CalendarOff,
    CalendarOthers,
    ChangedThere,
    ClockWrong,
    CodeRefused,
    GoneThere,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    GrantNarrow,
    InstallationWrong,
    LockBusy,
    MovedThere,
    QuotaUsed,
    TooFast,
)
from wizard.google.events import VANISHED, CalendarNow, EntryNow, Event, Found, found_of
from wizard.google.examining import Examination
from wizard.google.google import Google
from wizard.google.scopes import CHECKER_SCOPES, IDENTITY_SCOPES, INTEGRATION_SCOPES, Permission
from wizard.google.since import Changes
from wizard.google.tokens import StoredTokens, Vault

__all__ = [
    "CHECKER_SCOPES",
    "IDENTITY_SCOPES",
    "INTEGRATION_SCOPES",
    "VANISHED",
    "AlienEvent",
    "AnswerRefused",
    "AnswerUnreadable",
    "CalendarGone",
    "CalendarNow",
    "CalendarOff",
    "CalendarOthers",
    "ChangedThere",
    "Changes",
    "ClockWrong",
    "CodeRefused",
    "Consent",
    "Departure",
    "EntryNow",
    "Event",
    "Examination",
    "Found",
    "GoneThere",
    "Google",
    "GoogleSilent",
    "GoogleTrouble",
    "GrantDead",
    "GrantNarrow",
    "InstallationWrong",
    "LockBusy",
    "MovedThere",
    "Permission",
    "Question",
    "QuotaUsed",
    "StoredTokens",
    "TooFast",
    "Vault",
    "found_of",
    "own_words",
    "silent_refusal",
]
