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
    ClockWrong,
    CodeRefused,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    GrantNarrow,
    InstallationWrong,
    LockBusy,
    QuotaUsed,
    TooFast,
)
from wizard.google.events import CalendarNow, Event
from wizard.google.examining import Examination
from wizard.google.google import Google
from wizard.google.scopes import CHECKER_SCOPES, IDENTITY_SCOPES, INTEGRATION_SCOPES, Permission
from wizard.google.tokens import StoredTokens, Vault

__all__ = [
    "CHECKER_SCOPES",
    "IDENTITY_SCOPES",
    "INTEGRATION_SCOPES",
    "AlienEvent",
    "AnswerRefused",
    "AnswerUnreadable",
    "CalendarGone",
    "CalendarNow",
    "CalendarOff",
    "CalendarOthers",
    "ClockWrong",
    "CodeRefused",
    "Consent",
    "Departure",
    "Event",
    "Examination",
    "Google",
    "GoogleSilent",
    "GoogleTrouble",
    "GrantDead",
    "GrantNarrow",
    "InstallationWrong",
    "LockBusy",
    "Permission",
    "Question",
    "QuotaUsed",
    "StoredTokens",
    "TooFast",
    "Vault",
    "own_words",
    "silent_refusal",
]
