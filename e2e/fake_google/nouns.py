"""What a world is made of. Fields hold JSON values only, so a world can be written to a file as it is.

Times are seconds since 1970 in world time.
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Account:
    email: str
    sub: str
    hd: str = ""  # the Workspace domain; empty: a consumer account
    name: str = ""
    time_zone: str = "America/New_York"
    calendar_off: bool = False  # the administrator turned Google Calendar off: notACalendarUser
    disabled: bool = False  # by its administrator or by Google: no session, no token, no way in


@dataclass(slots=True)
class Workspace:
    """What the administrator of a domain decided about apps, by OAuth client id."""

    hd: str
    blocked: list[str] = field(default_factory=list)  # admin_policy_enforced
    unreviewed: list[str] = field(default_factory=list)  # access_not_configured
    trusted: list[str] = field(default_factory=list)  # no boxes on the consent page


@dataclass(slots=True)
class Browser:
    """One cookie jar: the accounts its chooser lists, in order, and which of them are signed in."""

    id: str
    listed: list[str] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Project:
    """A Google Cloud project: the name on the consent page, the audience, and one permission for all its clients."""

    id: str
    name: str
    number: str
    testing: bool = False  # publishing status Testing: listed testers only, grants end after 7 days
    testers: list[str] = field(default_factory=list)
    internal_to: str = ""  # an Internal app: only accounts of this domain
    warns: bool = False  # "Google hasn't verified this app" before the consent page
    calendar_api_on: bool = True


@dataclass(slots=True)
class Client:
    id: str
    secret: str
    project: str
    redirect_uris: list[str] = field(default_factory=list)
    any_loopback: bool = False  # any address on 127.0.0.1, localhost or ::1
    deleted: bool = False


@dataclass(slots=True)
class Grant:
    """What one account let one project do. `decided` are the scopes its person was asked about, ticked or not."""

    sub: str
    project: str
    scopes: list[str]
    decided: list[str]
    given_at: float
    ends_at: float | None = None


@dataclass(slots=True)
class Code:
    value: str
    sub: str
    client: str
    redirect_uri: str
    scopes: list[str]
    gives_refresh_token: bool
    nonce: str
    challenge: str
    challenge_method: str
    ends_at: float
    used: bool = False


@dataclass(slots=True)
class RefreshToken:
    value: str
    sub: str
    client: str
    scopes: list[str]
    given_at: float
    used_at: float
    ends_at: float | None = None


@dataclass(slots=True)
class AccessToken:
    value: str
    sub: str
    client: str
    scopes: list[str]
    ends_at: float


@dataclass(slots=True)
class Event:
    """`resource` is the event as its writer gave it; kind, etag and the times of the answer are added when it is read."""

    id: str
    resource: Json
    created: float
    updated: float
    changed: int  # the world's change number of its last change
    sequence: int = 0

    @property
    def cancelled(self) -> bool:
        return self.resource.get("status") == "cancelled"


@dataclass(slots=True)
class Calendar:
    id: str
    summary: str
    owner: str  # sub of the data owner
    time_zone: str
    primary: bool = False
    description: str = ""
    location: str = ""
    public: bool = False
    made_by: str = ""  # project whose client created it; empty: a person, on Google's page
    deleted: bool = False
    updated: float = 0.0
    changed: int = 0
    roles: dict[str, str] = field(default_factory=dict)  # sub -> owner, writer, reader, freeBusyReader
    events: dict[str, Event] = field(default_factory=dict)


@dataclass(slots=True)
class Entry:
    """A calendar on one person's list. `given` are the properties that person set, in the API's names."""

    calendar: str
    hidden: bool = False
    deleted: bool = False
    changed: int = 0
    given: Json = field(default_factory=dict)


@dataclass(slots=True)
class Manners:
    """How this Google behaves where the real one is unconfirmed, is slow, or was different some years ago."""

    silent_refusal: str = "interaction_required"  # or immediate_failed, access_denied, login_required
    login_hint: str = "used"  # or "ignored", or "another": prompt=none answers for another session than the hinted
    words: str = "today"  # the button says Continue; "allow" (2019-23) and "accept" (before): Allow, Accept, no boxes
    boxes_ticked: bool = False
    iss_in_redirect: bool = False
    revocation_delay_s: float = 0.0
    owned_scope_elsewhere: int = 403  # what an owned scope gets on a calendar of another: 403 or 404
    refresh_token_cap: int = 100
    refresh_tokens_rotate: bool = False  # each refresh brings a new one and ends the old (RFC 9700 section 4.14.2)
    sync_tokens_before: int = 0  # change number below which a sync token is stale
    longest_page: int = 2500  # a list's pages may be shorter than asked for
    empty_first_page: bool = False  # and the first one empty, with a token for the next

    def __post_init__(self) -> None:
        allowed: dict[str, tuple[str | int, ...]] = {
            "silent_refusal": ("interaction_required", "immediate_failed", "access_denied", "login_required"),
            "login_hint": ("used", "ignored", "another"),
            "words": ("today", "allow", "accept"),
            "owned_scope_elsewhere": (403, 404),
        }
        for name, values in allowed.items():
            if getattr(self, name) not in values:
                raise ValueError(f"{name} is one of {', '.join(map(str, values))}.")
        if min(self.refresh_token_cap, self.longest_page) < 1 or self.revocation_delay_s < 0:
            raise ValueError("A page and the cap hold one at least, and no delay is below 0.")
