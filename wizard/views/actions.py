"""Which buttons a card carries, the main one first. The words and addresses stand in parts/_actions.html.

A code that is not here needs none: what cures it stands in "Do this" on the same page, and no button stands there twice.
"""

from wizard import stayed
from wizard.steps.sign_out import CHECK_LATER, STILL_CHROME
from wizard.steps.step import ASK_LATER
from wizard.verdict import Verdict

CONNECT = ("connect",)
BOOK_AGAIN = ("book-again",)
OPEN_CALENDARS = ("open-calendars",)
RENAME = ("rename-calendar",)
"""Both to the calendars that are there. Where one is to be renamed, "Do this" offers no new one beside it."""

SIGN_OUT = ("sign-out", "check-signed-out")

WHEN_DONE = ("when-done",)
"""The same trip, once somebody else has done her part: until then it ends at the same page of Google's."""

TRIPS = frozenset({"connect", "when-done", "reconnect-checker", "confirm-account"})
"""Where one of these cures, a look brings nothing: there is no permission to look with."""

BY_CODE: dict[str, tuple[str, ...]] = {
    "CAL-NEAR": RENAME,
    "CAL-DUP": RENAME,
    "CAL-PRIMARY": OPEN_CALENDARS,
    "CAL-RENAMED": RENAME,
    "ACC-WRONG": ("connect", "change-account"),
    "ACC-CONFIRM": ("confirm-account",),
    "GRANT-CANCEL": ("connect", "without-checker"),
    "GRANT-PART": CONNECT,
    "GRANT-NOREFRESH": CONNECT,
    "GOOGLE-PAGE-STAYED": CONNECT,
    "ORG-REVIEW": ("when-done", "without-checker"),
    "ORG-POLICY": ("when-done", "without-checker"),
    "APP-UNVERIFIED": WHEN_DONE,
    "REVOKED-CHK": ("reconnect-checker",),
    "REVOKED-PIMSY": ("repair",),
    "SIGN-STILL": SIGN_OUT,
    "SIGN-OLD": ("check-signed-out",),
    "SIGN-ENDED": SIGN_OUT,
    "APPT-NONE": BOOK_AGAIN,
    "APPT-EARLY": BOOK_AGAIN,
    "APPT-AGAIN": BOOK_AGAIN,
    "EVT-CANCELLED": BOOK_AGAIN,
    "EVT-TIME": BOOK_AGAIN,
    "EVT-ZONE": BOOK_AGAIN,
    "EVT-NONE": ("book-again", "repair"),
    "EVT-UNSEEN": ("look-yourself",),
    "CLIENT-NONE": ("open-folder",),
}

BY_HAND: dict[str, tuple[str, ...]] = {
    "FOLDER-PASSWORD": ("next-person", "saved"),
    "PAGE-NONE": ("book-again", "page-open"),
    "EVT-NONE": ("look-elsewhere", "book-again", "repair"),
    "EVT-TIME": ("book-again", "type-time"),
    "EVT-WRONGCAL": ("book-again", "open-step-1"),
    "EVT-OTHERACC": ("open-step-2", "connections", "book-again"),
    "REVOKED-PIMSY": ("repair", "book-again", "look-elsewhere"),
}
"""With the clinic's own PIMSY, which asks Google itself: what is found out there, and what only the person can tell."""

TOLD = frozenset(page.verdict.code for page in stayed.PAGES)
"""By hand it is the booking that makes PIMSY ask Google again."""

BY_REMEDY: dict[str, tuple[str, ...]] = {
    STILL_CHROME.remedy: ("pass", *SIGN_OUT),
    CHECK_LATER: SIGN_OUT,
    ASK_LATER: CONNECT,
    stayed.TOLD_OPERATOR: WHEN_DONE,
    stayed.OTHER_ORGANISATION.remedy: WHEN_DONE,
    stayed.UNKNOWN.remedy: WHEN_DONE,
}
"""Where one code has several cures: the third time, and silences that no look ends."""


NOT_A_PERSONS = {"change-account": "", "next-person": "", "open-folder": "tell"}
"""What leads to other people or to an administrator's pages, and what a person presses instead; nothing where empty."""


def for_person(actions: tuple[str, ...]) -> tuple[str, ...]:
    """The actions of a verdict as its own person gets them."""
    own = (NOT_A_PERSONS.get(name, name) for name in actions)
    return tuple(name for name in own if name)


def actions_for(slug: str, verdict: Verdict, *, is_by_hand: bool = False) -> tuple[str, ...]:
    """The names of the actions for that verdict on that step's page; none for a verdict that asks for nothing."""
    code = verdict.code
    if is_by_hand and code in BY_HAND:
        return BY_HAND[code]
    if is_by_hand and slug == "accept" and code in TOLD:
        return BOOK_AGAIN
    if slug != "create-calendar" and code.startswith("CAL-"):
        return ("open-step-1",)
    if slug != "create-calendar" and code == "REVOKED-CHK":
        return ("open-step-1",)
    actions = BY_REMEDY.get(verdict.remedy) or BY_CODE.get(code, ())
    # Only in step 1 there is something to go on without; the same codes stand at step 6, too.
    return actions if slug == "create-calendar" else tuple(name for name in actions if name != "without-checker")
