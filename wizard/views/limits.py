"""How often something may be tried from one address of the network, and with one e-mail address."""

import hashlib
from collections.abc import Callable
from math import ceil

from flask import Flask, Response, g, request, session
from flask_limiter import Limiter

from wizard.clock import system_clock
from wizard.store import administrators, sessions
from wizard.store.database import of_every_clinic, present_clinic

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
    return limiter.limit(allowed, key_func=email_typed, deduct_when=counts)


def of_passwords(
    whose: Callable[[], str], counts: Callable[[Response], bool]
) -> Callable[..., Callable[..., Response]]:
    """How many passwords may be tried from one place, and how many of one address (`email_typed`, `email_signed_in`).

    Every form that takes one counts together: whoever guesses at one has fewer tries at the others.
    """

    def limited(view: Callable[..., Response]) -> Callable[..., Response]:
        by_place = limiter.shared_limit(OF_ONE_ADDRESS, "passwords of one place", deduct_when=counts)
        by_email = limiter.shared_limit(WITH_ONE_EMAIL, "passwords of one email", key_func=whose, deduct_when=counts)
        return by_place(by_email(view))

    return limited


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


def email_typed() -> str:
    """Whose password it is, by the e-mail address that stands in the form."""
    return _counted_as(request.form.get("email", ""))


def email_signed_in() -> str:
    """Whose password it is, by the sign-in that this browser's cookie names, ended or not; nothing typed decides it."""
    row = sessions.named(session.get("signed_in", ""))
    with of_every_clinic():
        who = administrators.find(row.administrator_id) if row and row.administrator_id else None
    return _counted_as(who.email if who else "")


def _counted_as(email: str) -> str:
    """Its digest and the computer: what is remembered for 15 minutes is short, whatever was typed."""
    digest = hashlib.sha256(email.strip().casefold().encode(errors="replace")).hexdigest()
    return f"{digest}/{g.browser.workstation_id}"
