"""The failure cards: a number to say on the telephone for each code, who acts, and the words of its help page.

Numbers never change; a new card takes the next free one. The words here name no person and no account, so that the
page of a card needs no sign-in; the words of a finding itself stand beside its rule, in steps/.
"""

from dataclasses import dataclass
from enum import Enum


class Actor(Enum):
    """Who does something about a card; the value is said on its page."""

    PERSON = "you"
    CLINIC = "your clinic's PIMSY administrator"
    GOOGLE = "your clinic's Google administrator"
    OPERATOR = "whoever runs this wizard"
    NOBODY = "nobody: all is well, or time cures it"


@dataclass(frozen=True, slots=True)
class Card:
    """One failure card: its headline says what was found, its cure what to do; both without names."""

    number: int
    code: str
    actors: tuple[Actor, ...]
    headline: str
    cure: str

    @property
    def label(self) -> str:
        """What is said on the telephone: "card 02"."""
        return f"card {self.number:02}"


PERSON, CLINIC, GOOGLE, OPERATOR, NOBODY = ((actor,) for actor in Actor)

CARDS = (
    Card(
        1,
        "CAL-NONE",
        PERSON,
        "We do not see PIMSY Calendar in this Google account yet.",
        "Open Google Calendar and create it. Was it the right account?",
    ),
    Card(
        2,
        "CAL-NEAR",
        PERSON,
        "A calendar is there whose name is almost right. Capital letters, spaces and spelling all count.",
        "Rename it to PIMSY Calendar: open its settings in Google Calendar, click Name and type over it.",
    ),
    Card(
        3,
        "CAL-DUP",
        PERSON,
        "There is more than one calendar named PIMSY Calendar. Appointments may go to either.",
        "Open each in Google Calendar. Keep the one that has appointments and rename the other “Old PIMSY”."
        " Delete neither.",
    ),
    Card(
        4,
        "CAL-PRIMARY",
        PERSON,
        "The main calendar of the account has this name. Private events would stand beside appointments.",
        "Rename the main calendar, then create a separate one named PIMSY Calendar.",
    ),
    Card(
        5,
        "CAL-OTHERS",
        PERSON,
        "This PIMSY Calendar belongs to another account and is only shared with you.",
        "Create your own PIMSY Calendar.",
    ),
    Card(
        6,
        "CAL-GONE",
        PERSON,
        "PIMSY Calendar was there and is not now. Appointments have nowhere to go.",
        "Look in Google Calendar's trash, or create it again.",
    ),
    Card(
        7,
        "CAL-RENAMED",
        PERSON,
        "The calendar we know has another name now. Its appointments are unharmed.",
        "Rename it back to PIMSY Calendar.",
    ),
    Card(
        8,
        "ACC-WRONG",
        PERSON,
        "Another Google account was chosen than the one this set-up is for. Nothing was stored.",
        "Ask again. On Google's page click Use another account and choose the right one."
        " An administrator can change the account of the set-up.",
    ),
    Card(
        9,
        "SIGN-STILL",
        PERSON,
        "A Google account is still signed in in this browser.",
        "Open Google's sign-out page, close other Google tabs, then check again. The third time it is Chrome itself"
        " that is signed in: continue without this check.",
    ),
    Card(
        10,
        "GRANT-CANCEL",
        PERSON,
        "Cancel was chosen on Google's page. Nothing was shared.",
        "Ask again. Without this permission nothing can be looked at, or written.",
    ),
    Card(
        11,
        "GRANT-PART",
        PERSON,
        "A box was left empty on Google's page. Without it we cannot look.",
        "Ask again, and tick all boxes.",
    ),
    Card(
        12,
        "GRANT-NOREFRESH",
        PERSON,
        "Google let us look now, but not later: no lasting permission came.",
        "Ask again. If this repeats, remove the checker at Google first.",
    ),
    Card(
        13,
        "GOOGLE-PAGE-STAYED",
        PERSON,
        "Google's page did not lead back here.",
        "Ask again. Does Google show an error? Read out the line that begins with “Error”.",
    ),
    Card(
        14,
        "ORG-REVIEW",
        GOOGLE,
        "Your organisation's Google administrator has to approve the app first.",
        "Ask the administrator to approve it. In the Admin console: Security, Access and data control,"
        " API controls, Manage app access. In step 1 you may go on without the checker.",
    ),
    Card(
        15,
        "ORG-POLICY",
        GOOGLE,
        "Your organisation does not allow this app.",
        "Ask the administrator to allow it. There is nothing to repeat until then. In step 1 you may go on"
        " without the checker.",
    ),
    Card(
        16,
        "APP-UNVERIFIED",
        OPERATOR,
        "Google says it has not verified this app.",
        "Stop. Do not go on. Call the number on this page. A named tester asks the administrator first.",
    ),
    Card(
        17,
        "REVOKED-CHK",
        PERSON,
        "The checker lost its permission. Appointments are not affected.",
        "Connect the checker again in step 1.",
    ),
    Card(
        18,
        "REVOKED-PIMSY",
        PERSON,
        "The permission of PIMSY Calendar Integration was removed at Google, or new appointments no longer arrive.",
        "Repair: remove PIMSY Calendar Integration at Google, then do steps 2, 5 and 6 at each computer.",
    ),
    Card(
        19,
        "SET-OFF",
        CLINIC,
        "-233 is False. Nothing is sent to Google.",
        "Set Your Value of -233 to True, then click Save.",
    ),
    Card(
        20,
        "FOLDER-EMPTY",
        CLINIC,
        "Google Calendar is empty in the person's folder.",
        "Fill in the Google account, then click Save.",
    ),
    Card(
        21,
        "FOLDER-OTHER",
        CLINIC,
        "The person's folder names another Google account than the one that owns the calendar.",
        "Use the account that owns the calendar, or set up the other one instead.",
    ),
    Card(
        22,
        "FOLDER-PASSWORD",
        CLINIC,
        "PIMSY wants a Google password before it saves. Google no longer takes one from other programs.",
        "Stop here for this person, note the card, go on with the next; support has an answer.",
    ),
    Card(
        23,
        "USER-SUSPENDED",
        CLINIC,
        "The person is marked Suspended (Login). Nothing is sent for that person.",
        "Clear the box Suspended (Login), then click Save.",
    ),
    Card(
        24,
        "CLIENT-NONE",
        CLINIC,
        "The person has no client, so nothing can be booked.",
        "Add the test client on the person's Clients tab.",
    ),
    Card(
        25,
        "APPT-NONE",
        PERSON,
        "There is no appointment at the test time in My SAL Calendar: it was moved, cancelled or lost.",
        "Book it again.",
    ),
    Card(
        26,
        "APPT-EARLY",
        PERSON,
        "The appointment was booked before -233 became True. What was booked before is not sent.",
        "Book it again.",
    ),
    Card(
        27,
        "PAGE-NONE",
        PERSON,
        "No Google page opened. We look for the appointment all the same.",
        "In this order: look behind PIMSY's window. Is -233 True and saved? Does the folder name the right account?"
        " Close PIMSY, open it, book again.",
    ),
    Card(
        28,
        "PAGE-NOT-NEEDED",
        NOBODY,
        "The appointment arrived without a new permission: PIMSY already had one.",
        "Nothing to do.",
    ),
    Card(
        29,
        "EVT-NONE",
        PERSON,
        "The test appointment has not arrived.",
        "In this order: Whose appointment is it? It must be the person's who is set up. Is -233 True and saved? Does"
        " the folder name the right account? Was Google's page seen on this computer? Then repair.",
    ),
    Card(
        30,
        "EVT-WRONGCAL",
        PERSON,
        "The appointment arrived, but in the main calendar.",
        "Check the calendar's name in step 1, then book again.",
    ),
    Card(
        31,
        "EVT-OTHERACC",
        PERSON,
        "The appointment reached another Google account.",
        "Do step 2, remove the access of that account at Google, then do steps 5 and 6 again.",
    ),
    Card(
        32,
        "EVT-TIME",
        PERSON,
        "An appointment arrived at another time than the test time of this computer.",
        "Book it again at the new test time.",
    ),
    Card(
        33,
        "EVT-ZONE",
        CLINIC,
        "The right appointment arrived, whole or half hours off.",
        "Compare three time zones: the clinic's here, PIMSY's, and the one in Google Calendar's settings."
        " Then book it again.",
    ),
    Card(
        34,
        "EVT-CANCELLED",
        PERSON,
        "The appointment arrived and was deleted on Google before we could see it live.",
        "Book it again.",
    ),
    Card(
        35,
        "EVT-LATE",
        NOBODY,
        "The appointment took more than 5 minutes to arrive. All is well.",
        "Nothing to do.",
    ),
    Card(
        36,
        "QUOTA",
        NOBODY,
        "Google has paused changes for this account (usage limits). Several hours are usual. Nothing is lost.",
        "We try again by ourselves. Do not repeat steps.",
    ),
    Card(
        37,
        "GOOGLE-BUSY",
        NOBODY,
        "Google is not answering. It is not something you did.",
        "We keep trying. Nothing is lost.",
    ),
    Card(
        38,
        "OFFLINE",
        PERSON,
        "This computer is not connected.",
        "Look at its network. The page goes on by itself.",
    ),
    Card(
        39,
        "CLOCK",
        OPERATOR,
        "The wizard's clock is wrong by more than 2 minutes, so Google's answers cannot be used.",
        "Tell whoever runs this wizard: its clock has to be set.",
    ),
    Card(
        40,
        "OPERATOR-SETUP",
        OPERATOR,
        "The wizard's own set-up at Google is not complete.",
        "Tell whoever runs this wizard. There is nothing to repair in your Google account.",
    ),
    Card(
        41,
        "TRIP-STALE",
        PERSON,
        "This answer from Google is too old or was used before. Nothing was changed.",
        "Start again from the step.",
    ),
    Card(
        42,
        "OUR-FAULT",
        OPERATOR,
        "Something is wrong on our side, not yours.",
        "Tell support the number that stands on the page. Nothing you did was lost, and other steps still show.",
    ),
    Card(
        43,
        "GOOGLE-NOCAL",
        GOOGLE,
        "Google Calendar is turned off for this account.",
        "Ask your organisation's Google administrator to turn Google Calendar on for this account.",
    ),
    Card(
        44,
        "WS-OTHER",
        PERSON,
        "This page belongs to another computer than the one you are at.",
        "Switch to the computer you are at, or go to the other one.",
    ),
    Card(
        45,
        "WS-FORGOT",
        (Actor.PERSON, Actor.CLINIC),
        "This browser no longer knows which computer it is. Nothing is undone.",
        "Say which computer it is. If it forgets each day, bookmark the address shown: it restores the name.",
    ),
    Card(
        46,
        "LEAVE-DESK",
        PERSON,
        "The last person is still signed in to Google here. The steps stay Verified.",
        "Open Google's sign-out page, then check that you are signed out.",
    ),
)

_BY_CODE = {card.code: card for card in CARDS}
_BY_NUMBER = {str(card.number): card for card in CARDS}


def card_of(spoken: str) -> Card | None:
    """The card of a number or a code as somebody types it: "17", "02", "revoked-chk"; None where there is none."""
    text = spoken.strip().upper()
    return _BY_CODE.get(text) or _BY_NUMBER.get(text.lstrip("0"))


def number_of(code: str) -> int | None:
    """The number to say for a verdict's code; None for the outcomes that are no card."""
    card = _BY_CODE.get(code)
    return card.number if card else None
