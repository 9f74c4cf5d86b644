"""How often something may be tried from one address of the network, and with one e-mail address."""

import hashlib
from collections.abc import Callable
from math import ceil

from flask import Flask, Response, g, request
from flask_limiter import Limiter

from wizard.clock import system_clock
from wizard.store.database import present_clinic

limiter = Limiter(key_func=lambda: request.remote_addr or "nowhere", strategy="moving-window")

OF_ONE_ADDRESS = "30 per 15 minutes"
"""A whole clinic may stand behind one address, so it is more than one person needs."""

WITH_ONE_EMAIL = "10 per 15 minutes"

LETTERS = "5 per 15 minutes"
"""Mails that are asked for: enough for somebody who does not find the first one."""


def install(app: Flask) -> None:
    """Counted in this process, by the computer's own clock."""
    app.config["RATELIMIT_STORAGE_URI"] = "memory://"
    limiter.init_app(app)


def per_address(allowed: str, counts: Callable[[Response], bool]) -> Callable[..., Callable[..., Response]]:
    """At most so many from one address; `counts` says of an answer whether it was one of them."""
    return limiter.limit(allowed, deduct_when=counts)


def per_email(allowed: str, counts: Callable[[Response], bool]) -> Callable[..., Callable[..., Response]]:
    """At most so many with the e-mail address that the form holds, from anywhere, whether anybody has it or not.

    A computer that was named here counts by itself: who guesses elsewhere keeps nobody from signing in at it.
    """
    return limiter.limit(allowed, key_func=_email_typed, deduct_when=counts)


def in_all(allowed: str, counts: Callable[[Response], bool]) -> Callable[..., Callable[..., Response]]:
    """At most so many by everybody together, wherever they are."""
    return limiter.limit(allowed, key_func=lambda: "everybody", deduct_when=counts)


def per_clinic(allowed: str, counts: Callable[[Response], bool]) -> Callable[..., Callable[..., Response]]:
    """At most so many by everybody of the clinic whose turn it is, wherever they are."""
    return limiter.limit(allowed, key_func=lambda: f"clinic {present_clinic()}", deduct_when=counts)


def minutes_to_wait() -> int:
    """Whole minutes until what was refused can be tried again; at least one."""
    breached = limiter.current_limit
    ends = breached.reset_at - 1 if breached else 0  # the extension adds a second
    return max(1, ceil((ends - system_clock().timestamp()) / 60))


def _email_typed() -> str:
    """Its digest and the computer: what is remembered for 15 minutes is short, whatever was typed."""
    typed = request.form.get("email", "").strip().casefold()
    return f"{hashlib.sha256(typed.encode(errors='replace')).hexdigest()}/{g.browser.workstation_id}"
