"""The Calendar API's errors, as developers.google.com/workspace/calendar/api/guides/errors shows them."""

from dataclasses import dataclass
from typing import Final

from flask import jsonify
from flask.typing import ResponseReturnValue

from .nouns import Json

SERVICE: Final = "calendar-json.googleapis.com"


class ApiError(Exception):
    """An error answer of the Calendar API: `errors[]` in the old shape, `status` and `details` where Google sends them."""

    def __init__(self, reason: str, message: str = "", location: str = "", number: str = "0") -> None:
        super().__init__(reason)
        kind = ERRORS[reason]
        self.status = kind.status
        self.reason = reason
        self.message = message or kind.message.format(number=number)
        entry: Json = {"domain": kind.domain, "reason": kind.said or reason, "message": self.message}
        if kind.location or location:
            entry |= {"locationType": kind.location_type, "location": location or kind.location}
        self.body: Json = {"error": {"errors": [entry], "code": self.status, "message": self.message}}
        if kind.grpc:
            self.body["error"] |= {"status": kind.grpc}
        if kind.detail:
            detail: Json = {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": kind.detail,
                "domain": "googleapis.com",
                "metadata": {"service": SERVICE, "consumer": f"projects/{number}"},
            }
            if kind.activation:
                address = f"https://console.developers.google.com/apis/api/{SERVICE}/overview?project={number}"
                detail["metadata"]["activationUrl"] = address
            self.body["error"]["details"] = [detail]


def told(error: ApiError) -> ResponseReturnValue:
    asks = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'} if error.status == 401 else {}
    return jsonify(error.body), error.status, asks


class NotBuilt(Exception):
    """What the stand-in does not do; the answer is 501 and names it."""


@dataclass(frozen=True, slots=True)
class Kind:
    status: int
    domain: str
    message: str
    location: str = ""
    location_type: str = "parameter"
    grpc: str = ""
    detail: str = ""
    activation: bool = False
    said: str = ""  # the reason on the wire, where one reason comes with two statuses


ERRORS: Final[dict[str, Kind]] = {
    "badRequest": Kind(400, "global", "Bad Request"),
    "invalid": Kind(400, "global", "Invalid Value"),
    "invalidParameter": Kind(400, "global", "Invalid Value"),
    "parseError": Kind(400, "global", "Parse Error"),
    "required": Kind(400, "global", "Missing title."),
    "timeRangeEmpty": Kind(400, "calendar", "The specified time range is empty.", "timeMax"),
    "authError": Kind(401, "global", "Invalid Credentials", "Authorization", "header"),
    "loginRequired": Kind(401, "global", "Login Required.", "Authorization", "header", said="required"),
    "userRateLimitExceeded": Kind(403, "usageLimits", "User Rate Limit Exceeded"),
    "rateLimitExceeded": Kind(403, "usageLimits", "Rate Limit Exceeded"),
    "rateLimitExceeded429": Kind(429, "usageLimits", "Rate Limit Exceeded", said="rateLimitExceeded"),
    "quotaExceeded": Kind(403, "usageLimits", "Calendar usage limits exceeded."),
    "forbiddenForNonOrganizer": Kind(
        403, "calendar", "Shared properties can only be changed by the organizer of the event."
    ),
    "insufficientPermissions": Kind(
        403,
        "global",
        "Request had insufficient authentication scopes.",
        grpc="PERMISSION_DENIED",
        detail="ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    ),
    "requiredAccessLevel": Kind(403, "global", "You need to have writer access to this calendar."),
    "accessNotConfigured": Kind(
        403,
        "usageLimits",
        "Google Calendar API has not been used in project {number} before or it is disabled. Enable it by visiting "
        f"https://console.developers.google.com/apis/api/{SERVICE}/overview?project={{number}} then retry.",
        grpc="PERMISSION_DENIED",
        detail="SERVICE_DISABLED",
        activation=True,
    ),
    "notACalendarUser": Kind(403, "global", "The user must be signed up for Google Calendar."),
    "forbidden": Kind(403, "global", "Forbidden"),
    "notFound": Kind(404, "global", "Not Found"),
    "methodNotAllowed": Kind(405, "global", "Method Not Allowed"),
    "duplicate": Kind(409, "global", "The requested identifier already exists."),
    "conflict": Kind(409, "global", "Conflict"),
    "fullSyncRequired": Kind(410, "calendar", "Sync token is no longer valid, a full sync is required.", "syncToken"),
    "updatedMinTooLongAgo": Kind(
        410, "calendar", "The requested minimum modification time lies too far in the past.", "updatedMin"
    ),
    "deleted": Kind(410, "global", "Resource has been deleted"),
    "conditionNotMet": Kind(412, "global", "Precondition Failed", "If-Match", "header"),
    "backendError": Kind(500, "global", "Backend Error"),
    "backendError503": Kind(503, "global", "Backend Error", said="backendError"),
}
