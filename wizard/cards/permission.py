"""Cards 08 to 18: accounts, Google's pages and the permissions given there."""

from wizard.cards.card import GOOGLE, OPERATOR, PERSON, Card

CARDS = (
    Card(
        8,
        "ACC-WRONG",
        PERSON,
        headline="Another Google account was chosen than the one this set-up is for. Nothing was stored.",
        why="Google offers the accounts this browser knows, and another one was clicked. Or the account is"
        " already another person's here.",
        cure="Ask again. On Google's page click Use another account and choose the right one. An administrator"
        " can change the account of the set-up.",
        asks="Which of the two addresses on the card is the right one for this person?",
        unharmed="Nothing was stored, and what was given before stands.",
    ),
    Card(
        9,
        "SIGN-STILL",
        PERSON,
        headline="A Google account is still signed in in this browser.",
        why="Google's page was closed before the sign-out was done, another tab signed in again, or Chrome"
        " itself is signed in with its own picture beside the address bar.",
        cure="Open Google's sign-out page, close other Google tabs, then check again. The third time it is"
        " Chrome itself that is signed in: continue without this check.",
        asks="Which address does the card name, and is there a picture right of Chrome's address bar?",
        unharmed="Nothing was changed. The calendar and the permission stay as they are.",
    ),
    Card(
        10,
        "GRANT-CANCEL",
        PERSON,
        headline="Cancel was chosen on Google's page. Nothing was shared.",
        why="Cancel was pressed, or Google's page was left by its own way back.",
        cure="Ask again. Without this permission nothing can be looked at, or written.",
        asks="What stood on Google's page when Cancel was pressed?",
        unharmed="Nothing was shared, and nothing that was given before has ended.",
    ),
    Card(
        11,
        "GRANT-PART",
        PERSON,
        headline="A box was left empty on Google's page. Without it we cannot look.",
        why="Google shows each permission with a box of its own, and the boxes may be empty at first. One stayed so.",
        cure="Ask again, and tick all boxes.",
        asks="Which line does the card name, and was there a box called Select all?",
        unharmed="Nothing was changed. What was ticked is kept only when everything needed is there.",
    ),
    Card(
        12,
        "GRANT-NOREFRESH",
        PERSON,
        headline="Google let us look now, but not later: no lasting permission came.",
        why="Google gives a lasting permission at the first consent. It thought it had given one before.",
        cure="Ask again. If this repeats, remove the checker at Google first.",
        asks="Does the app stand in Google's list of connections, and since when?",
        unharmed="Nothing was changed. What was seen so far stays as it is.",
    ),
    Card(
        13,
        "GOOGLE-PAGE-STAYED",
        PERSON,
        headline="Google's page did not lead back here.",
        why="Some of Google's pages end there: they show an error, or the tab was closed or left.",
        cure="Ask again. Does Google show an error? Read out the line that begins with “Error”.",
        asks="What is the headline of Google's page, and the line that begins with “Error”?",
        unharmed="Nothing was shared, and the trip can be made again at any time.",
    ),
    Card(
        14,
        "ORG-REVIEW",
        GOOGLE,
        headline="Your organisation's Google administrator has to approve the app first.",
        why="The organisation lets its people use apps only after its Google administrator has looked at them.",
        cure="Ask the administrator to approve it. In the Admin console: Security, Access and data control,"
        " API controls, Manage app access. In step 1 you may go on without the checker.",
        asks="Who is the Google administrator, and was the message with the app's client ID sent?",
        unharmed="Nothing was shared, and nothing in the account was changed.",
    ),
    Card(
        15,
        "ORG-POLICY",
        GOOGLE,
        headline="Your organisation does not allow this app.",
        why="The organisation's Google administrator blocks this app, or every app that was not allowed by name.",
        cure="Ask the administrator to allow it. There is nothing to repeat until then. In step 1 you may go"
        " on without the checker.",
        asks="Who is the Google administrator, and was the message with the app's client ID sent?",
        unharmed="Nothing was shared, and nothing in the account was changed.",
    ),
    Card(
        16,
        "APP-UNVERIFIED",
        OPERATOR,
        headline="Google says it has not verified this app.",
        why="Google has not looked at the app yet, or the app is being tried and this account is not on the"
        " list of its testers.",
        cure="Stop. Do not go on. Call the number on this page. A named tester asks the administrator first.",
        asks="Which app does Google's page name, and is the account one of the testers?",
        unharmed="Nothing was shared. Nobody should click past that page.",
    ),
    Card(
        17,
        "REVOKED-CHK",
        PERSON,
        headline="The checker lost its permission. Appointments are not affected.",
        why="The permission was removed at Google, the organisation asks for a fresh sign-in, or the app is"
        " being tried and Google ends it every 7 days.",
        cure="Connect the checker again in step 1.",
        asks="Does the checker stand in Google's list of connections? When did it last look?",
        unharmed="Appointments go on: the checker only reads. The calendar stays as it is.",
    ),
    Card(
        18,
        "REVOKED-PIMSY",
        PERSON,
        headline="The permission of PIMSY Calendar Integration was removed at Google, or new appointments no"
        " longer arrive.",
        why="The permission was removed in Google's list of connections, it ended with another one of the"
        " same project, or nothing is sent any more.",
        cure="Repair: remove PIMSY Calendar Integration at Google, then do steps 2, 5 and 6 at each computer.",
        asks="When was the last appointment seen, on which computer was Google's page accepted last, and is it"
        " listed at Google?",
        unharmed="What has arrived stays in the calendar, and no booked appointment is lost.",
    ),
)
