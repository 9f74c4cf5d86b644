"""From the bytes on the wire to our errors: the table of what Google says and what it means."""

import json

import pytest

from wizard.evidence import Outcome
from wizard.google import errors
from wizard.google.answers import Answer, calendar_trouble, own_words, silent_refusal, token_trouble
from wizard.google.errors import (
    ChangedThere,
    GoneThere,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    InstallationWrong,
    MovedThere,
)
from wizard.google.events import Found

HTML = b"<!DOCTYPE html><html><title>Error 503 (Service Unavailable)!!1</title><p>That's an error.</html>"
API_OFF = "Google Calendar API has not been used in project 1234 before or it is disabled."


def refusal(status: int, domain: str, reason: str, message: str = "") -> bytes:
    """An error as developers.google.com/workspace/calendar/api/guides/errors shows it."""
    entry = {"domain": domain, "reason": reason, "message": message}
    return json.dumps({"error": {"errors": [entry], "code": status, "message": message}}).encode()


def detailed(status: int, message: str, *details: str) -> bytes:
    """The newer shape, without `errors`."""
    listed = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": one} for one in details]
    error = {"code": status, "message": message, "status": "PERMISSION_DENIED", "details": listed}
    return json.dumps({"error": error}).encode()


CALENDAR = [
    (400, refusal(400, "calendar", "timeRangeEmpty", "The specified time range is empty."), errors.AnswerUnreadable),
    (400, refusal(400, "global", "required", "Missing title."), errors.AnswerUnreadable),
    (401, refusal(401, "global", "authError", "Invalid Credentials"), errors.AccessRefused),
    (403, refusal(403, "usageLimits", "userRateLimitExceeded", "User Rate Limit Exceeded"), errors.TooFast),
    (403, refusal(403, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded"), errors.TooFast),
    (429, refusal(429, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded"), errors.TooFast),
    (429, detailed(429, "Quota exceeded", "RATE_LIMIT_EXCEEDED"), errors.TooFast),
    (403, refusal(403, "usageLimits", "quotaExceeded", "Calendar usage limits exceeded."), errors.QuotaUsed),
    (429, refusal(429, "usageLimits", "quotaExceeded", "Calendar usage limits exceeded."), errors.QuotaUsed),
    (403, refusal(403, "usageLimits", "dailyLimitExceeded", "Daily Limit Exceeded"), errors.QuotaUsed),
    (410, refusal(410, "calendar", "fullSyncRequired", "Sync token is no longer valid"), errors.SyncTokenOld),
    (403, refusal(403, "calendar", "forbiddenForNonOrganizer", "Shared properties"), errors.CalendarOthers),
    (403, refusal(403, "global", "insufficientPermissions", "Insufficient Permission"), errors.GrantNarrow),
    (403, detailed(403, "insufficient scopes", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), errors.GrantNarrow),
    (403, detailed(403, "insufficient scopes", "SOMETHING_NEW", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), errors.GrantNarrow),
    (403, refusal(403, "global", "requiredAccessLevel", "You need to have writer access"), errors.CalendarOthers),
    (403, refusal(403, "usageLimits", "accessNotConfigured", API_OFF), errors.InstallationWrong),
    (403, detailed(403, API_OFF, "SERVICE_DISABLED"), errors.InstallationWrong),
    (403, refusal(403, "global", "notACalendarUser", "The user must be signed up"), errors.CalendarOff),
    (403, refusal(403, "global", "forbidden", "Forbidden"), errors.AnswerUnreadable),
    (404, refusal(404, "global", "notFound", "Not Found"), errors.NotFound),
    (409, refusal(409, "global", "duplicate", "The requested identifier already exists."), errors.IdTaken),
    (410, refusal(410, "global", "deleted", "Resource has been deleted"), errors.AlreadyGone),
    (412, refusal(412, "global", "conditionNotMet", "Precondition Failed"), errors.Changed),
    (500, refusal(500, "global", "backendError", "Backend Error"), errors.GoogleSilent),
    (503, refusal(503, "global", "backendError", "Backend Error"), errors.GoogleSilent),
    # Not from Google, or not whole: no status makes it an answer.
    *[(status, HTML, errors.GoogleSilent) for status in (302, 400, 401, 403, 404, 407, 410, 500, 502, 503)],
    (403, b'{"error": {"errors": [{"reason": "insufficientPer', errors.GoogleSilent),
    (404, b"", errors.GoogleSilent),
    (403, b"\xff\xfe", errors.GoogleSilent),
    (403, b"[]", errors.GoogleSilent),
    (408, b"{}", errors.GoogleSilent),
    # JSON, but of no shape that is documented.
    (403, b'{"error": "status of something"}', errors.AnswerUnreadable),
    (403, b'{"error": {"errors": "insufficientPermissions"}}', errors.AnswerUnreadable),
    (403, b'{"error": {"errors": [null, 7, {"reason": []}], "details": {}}}', errors.AnswerUnreadable),
    (418, b"{}", errors.AnswerUnreadable),
]


@pytest.mark.parametrize(("status", "body", "kind"), CALENDAR)
def test_a_refusal_of_the_calendar_means(status: int, body: bytes, kind: type[GoogleTrouble]) -> None:
    assert type(calendar_trouble(Answer(status, {}, body))) is kind


TOKEN = [
    (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, errors.GrantDead),
    (400, {"error": "invalid_grant", "error_subtype": "invalid_rapt"}, errors.GrantDead),
    (400, {"error": "invalid_grant", "error_subtype": "rapt_required"}, errors.GrantDead),
    (400, {"error": "admin_policy_enforced"}, errors.GrantDead),
    (401, {"error": "invalid_client", "error_description": "Unauthorized"}, errors.InstallationWrong),
    (401, {"error": "deleted_client"}, errors.InstallationWrong),
    (400, {"error": "redirect_uri_mismatch", "error_description": "Bad Request"}, errors.InstallationWrong),
    (400, {"error": "invalid_request", "error_description": "client_secret is missing."}, errors.InstallationWrong),
    (400, {"error": "unauthorized_client"}, errors.InstallationWrong),
    (503, {"error": "temporarily_unavailable"}, errors.GoogleSilent),
    (400, {"error": "temporarily_unavailable"}, errors.GoogleSilent),
    (500, {"error": "internal_failure"}, errors.GoogleSilent),
    (429, {"error": "rate_limit_exceeded"}, errors.TooFast),
    (500, {"error": "invalid_grant"}, errors.GoogleSilent),
    (400, {"error": "something_new"}, errors.AnswerUnreadable),
    (400, {"error": {"message": "of another shape"}}, errors.AnswerUnreadable),
    (400, {}, errors.AnswerUnreadable),
]


@pytest.mark.parametrize(("status", "body", "kind"), TOKEN)
def test_a_refusal_of_the_token_address_means(status: int, body: object, kind: type[GoogleTrouble]) -> None:
    assert type(token_trouble(Answer(status, {}, json.dumps(body).encode()))) is kind


@pytest.mark.parametrize("status", [200, 400, 403, 502])
def test_no_json_from_the_token_address_never_ends_a_permission(status: int) -> None:
    assert type(token_trouble(Answer(status, {}, HTML))) is GoogleSilent


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"error": "invalid_grant"}, "invalid_grant"),
        ({"error": "invalid_grant", "error_subtype": "invalid_rapt"}, "invalid_rapt"),
        ({"error": "invalid_grant", "error_subtype": "rapt_required"}, "invalid_rapt"),
        ({"error": "invalid_rapt"}, "invalid_rapt"),
        ({"error": "admin_policy_enforced"}, "admin_policy_enforced"),
    ],
)
def test_a_dead_grant_says_why(body: object, reason: str) -> None:
    trouble = token_trouble(Answer(400, {}, json.dumps(body).encode()))

    assert isinstance(trouble, GrantDead)
    assert trouble.reason == reason


@pytest.mark.parametrize(
    "body", [refusal(403, "usageLimits", "accessNotConfigured", API_OFF), detailed(403, API_OFF, "SERVICE_DISABLED")]
)
def test_the_operator_gets_googles_own_words(body: bytes) -> None:
    trouble = calendar_trouble(Answer(403, {}, body))

    assert isinstance(trouble, InstallationWrong)
    assert trouble.said == API_OFF


NOON, LATER = "Mon, 23 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 12:01:30 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"retry-after": " 7 "}, 7.0),
        ({"Retry-After": LATER, "Date": NOON}, 90.0),
        ({"Retry-After": NOON, "Date": LATER}, 0.0),
        ({"Retry-After": LATER}, None),
        ({"Retry-After": "soon", "Date": NOON}, None),
        ({"Retry-After": "Mon, 23 Nov 2026 12:01:30 -0000", "Date": NOON}, None),
        ({"Retry-After": "-5"}, None),
        ({}, None),
    ],
)
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, refusal(429, "usageLimits", "rateLimitExceeded")),
        (403, refusal(403, "usageLimits", "userRateLimitExceeded")),
        (503, HTML),
    ],
)
def test_how_long_google_asks_us_to_wait(
    status: int, body: bytes, headers: dict[str, str], seconds: float | None
) -> None:
    trouble = calendar_trouble(Answer(status, headers, body))

    assert isinstance(trouble, GoogleSilent)
    assert trouble.retry_after == seconds


@pytest.mark.parametrize(
    ("error", "subtype", "outcome"),
    [
        ("interaction_required", "access_denied", Outcome.REFUSED),
        ("interaction_required", "", Outcome.REFUSED),
        ("login_required", "", Outcome.REFUSED),
        ("account_selection_required", "", Outcome.REFUSED),
        ("immediate_failed", "access_denied", Outcome.REFUSED),
        ("access_denied", "", Outcome.REFUSED),
        ("consent_required", "", Outcome.PERMISSION_GONE),
        ("interaction_required", "consent_required", Outcome.PERMISSION_GONE),
        ("server_error", "", Outcome.UNSEEN),
        ("temporarily_unavailable", "access_denied", Outcome.UNSEEN),
        ("invalid_request", "", Outcome.UNSEEN),
        ("", "", Outcome.UNSEEN),
    ],
)
def test_what_a_silent_sign_in_that_came_back_with_an_error_says(error: str, subtype: str, outcome: Outcome) -> None:
    assert silent_refusal(error, subtype) is outcome


def test_every_error_says_itself_in_one_sentence_and_has_a_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GoogleTrouble)]

    found = Found("abc", '"1"', is_gone=True)
    given: dict[type, tuple[object, ...]] = dict.fromkeys((ChangedThere, MovedThere, GoneThere), (found,))
    given[GrantDead] = ("invalid_grant",)

    assert len(kinds) > 15
    for kind in kinds:
        said = str(kind(*given.get(kind, ())))
        assert said == kind.__doc__
        assert said.endswith(".")
        assert kind.code


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Rate Limit Exceeded", "Rate Limit Exceeded"),
        ("two\nlines\tand\x00more", "two lines and more"),
        ("for jane.doe@clinic.example, no", "for … no"),
        ("token ya29.a0AfH6SMBx7KqZtZtZtZtZtZtZt is dead", "token … is dead"),
        ("code 4/0AdeuB5WyQ9Q9Q9Q9Q9Q9Q9Q9Q9Q9Q9 is dead", "code 4/… is dead"),
        (
            "Enable it by visiting https://console.developers.google.com/apis/api/calendar-json.googleapis.com/overview",
            "Enable it by visiting https://console.developers.google.com/apis/api/calendar-json.googleapis.com/overview",
        ),
        ("word " * 60, ("word " * 48)[:239].rstrip() + "…"),
        ("", ""),
    ],
)
def test_google_s_own_words_are_kept_without_what_opens_or_names_anything(said: str, kept: str) -> None:
    assert own_words(said) == kept
