"""The cookie that says which computer this is. It is no sign-in: it names a browser and opens nothing."""

import secrets
from dataclasses import dataclass

from flask import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from wizard.config import Settings

KEPT_S = 400 * 24 * 3600  # the longest browsers keep a cookie (RFC 6265bis); renewed at each visit


@dataclass(frozen=True, slots=True)
class Browser:
    """`id` binds trips to Google to the browser they began in; `workstation_id` is 0 until the computer was named.

    `turn` tells the cookie from a copy of it (wizard/store/browsers.py); 0 in one from before it had any.
    """

    id: str
    workstation_id: int = 0
    turn: int = 0


def name_of(settings: Settings, plain: str) -> str:
    """`__Host-` where the address is https, so that no other host can set it."""
    return f"__Host-{plain}" if settings.is_https else f"wizard_{plain}"


def read(request: Request, settings: Settings) -> Browser | None:
    """What the cookie says; None where there is none or nobody of ours signed it. Older keys still count."""
    try:
        said = _serializer(settings).loads(request.cookies.get(name_of(settings, "workstation"), ""))
        return Browser(str(said["browser"]), int(said["workstation"]), int(said.get("turn", 0)))
    except (AttributeError, BadSignature, KeyError, TypeError, ValueError):
        return None


def new() -> Browser:
    """One that nobody has met before."""
    return Browser(secrets.token_urlsafe(16))


def write(response: Response, settings: Settings, browser: Browser) -> None:
    """Signed anew by the first key."""
    response.set_cookie(
        name_of(settings, "workstation"),
        _serializer(settings).dumps(
            {"browser": browser.id, "workstation": browser.workstation_id, "turn": browser.turn}
        ),
        max_age=KEPT_S,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def _serializer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(list(reversed(settings.secret_keys)), salt="workstation")
