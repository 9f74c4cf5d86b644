"""Which buttons a card carries, the main one first. The words and addresses stand in parts/_actions.html.

A code that is not here needs none: what cures it stands in "Do this" on the same page, and no button stands there twice.
"""

CONNECT = ("connect",)
BOOK_AGAIN = ("book-again",)
OPEN_CALENDARS = ("open-calendars",)
"""To the calendars that are there: the way of "Do this" leads to a new one."""

BY_CODE: dict[str, tuple[str, ...]] = {
    "CAL-NEAR": OPEN_CALENDARS,
    "CAL-DUP": OPEN_CALENDARS,
    "CAL-PRIMARY": OPEN_CALENDARS,
    "CAL-RENAMED": OPEN_CALENDARS,
    "ACC-WRONG": CONNECT,
    "ACC-CONFIRM": ("confirm-account",),
    "GRANT-CANCEL": CONNECT,
    "GRANT-PART": CONNECT,
    "GRANT-NOREFRESH": CONNECT,
    "GOOGLE-PAGE-STAYED": CONNECT,
    "REVOKED-CHK": ("reconnect-checker",),
    "REVOKED-PIMSY": ("repair",),
    "SIGN-STILL": ("sign-out", "check-signed-out"),
    "SIGN-OLD": ("check-signed-out",),
    "SIGN-ENDED": ("sign-out", "check-signed-out"),
    "APPT-NONE": BOOK_AGAIN,
    "APPT-EARLY": BOOK_AGAIN,
    "APPT-AGAIN": BOOK_AGAIN,
    "EVT-CANCELLED": BOOK_AGAIN,
    "EVT-TIME": BOOK_AGAIN,
    "EVT-ZONE": BOOK_AGAIN,
    "EVT-NONE": ("book-again", "repair"),
    "CLIENT-NONE": ("open-folder",),
}


def actions_for(slug: str, code: str) -> tuple[str, ...]:
    """The names of the actions for that verdict on that step's page; none for a verdict that asks for nothing."""
    if slug != "create-calendar" and code.startswith("CAL-"):
        return ("open-step-1",)
    if slug != "create-calendar" and code == "REVOKED-CHK":
        return ("open-step-1",)
    return BY_CODE.get(code, ())
