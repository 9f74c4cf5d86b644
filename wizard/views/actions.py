"""Which buttons a card carries, the main one first. The words and addresses stand in parts/_actions.html."""

CONNECT = ("connect",)
BOOK_AGAIN = ("book-again",)
OPEN_CALENDAR = ("open-calendar",)

BY_CODE: dict[str, tuple[str, ...]] = {
    "CAL-NONE": OPEN_CALENDAR,
    "CAL-NEAR": ("copy-name", "open-calendar"),
    "CAL-DUP": OPEN_CALENDAR,
    "CAL-PRIMARY": OPEN_CALENDAR,
    "CAL-OTHERS": OPEN_CALENDAR,
    "CAL-GONE": OPEN_CALENDAR,
    "CAL-RENAMED": ("copy-name", "open-calendar"),
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
    "AUTH-NONE": CONNECT,
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
