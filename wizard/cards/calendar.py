"""Cards 01 to 07: the calendar at Google."""

from wizard.cards.card import PERSON, Card

CARDS = (
    Card(
        1,
        "CAL-NONE",
        PERSON,
        headline="We do not see PIMSY Calendar in this Google account yet.",
        why="The calendar was not created yet, or it was created in another Google account than the one that"
        " is connected here.",
        cure="Open Google Calendar and create it. Was it the right account?",
        asks="Which e-mail address stands at the top right of Google Calendar? Is PIMSY Calendar in its list"
        " on the left?",
        unharmed="Nothing was lost, and no other calendar was touched.",
    ),
    Card(
        2,
        "CAL-NEAR",
        PERSON,
        headline="A calendar is there whose name is almost right. Capital letters, spaces and spelling all count.",
        why="Appointments go only to a calendar with exactly this name. A capital, a space at the end or a"
        " sign nobody sees is enough.",
        cure="Rename it to PIMSY Calendar: open its settings in Google Calendar, click Name and type over it.",
        asks="What stands under “What we found” on the card, and which letter is underlined?",
        unharmed="The calendar and everything in it stay as they are; only its name has to change.",
    ),
    Card(
        3,
        "CAL-DUP",
        PERSON,
        headline="There is more than one calendar named PIMSY Calendar. Appointments may go to either.",
        why="The calendar was created twice, or somebody shared one of the same name and made this account its owner.",
        cure="Open each in Google Calendar. Keep the one that has appointments and rename the other “Old"
        " PIMSY”. Delete neither.",
        asks="How many calendars of that name stand in the list, and which of them holds appointments?",
        unharmed="No appointment was lost. Renaming a calendar deletes nothing in it.",
    ),
    Card(
        4,
        "CAL-PRIMARY",
        PERSON,
        headline="The main calendar of the account has this name. Private events would stand beside appointments.",
        why="The account's own first calendar was renamed instead of a new one being created.",
        cure="Rename the main calendar, then create a separate one named PIMSY Calendar.",
        asks="Does the account's e-mail address still stand as a calendar in the list?",
        unharmed="Nothing was sent into it. Renaming it back deletes nothing.",
    ),
    Card(
        5,
        "CAL-OTHERS",
        PERSON,
        headline="This PIMSY Calendar belongs to another account and is only shared with you.",
        why="Somebody else created it and shared it. What is written there belongs to that account, not to"
        " this person.",
        cure="Create your own PIMSY Calendar.",
        asks="Whose address stands under the calendar's settings, and which account is connected in step 1?",
        unharmed="The other person's calendar was not touched.",
    ),
    Card(
        6,
        "CAL-GONE",
        PERSON,
        headline="PIMSY Calendar was there and is not now. Appointments have nowhere to go.",
        why="The calendar was deleted, or the account that owned it is gone or closed.",
        cure="Look in Google Calendar's trash, or create it again.",
        asks="When was it last there, and does Google Calendar's trash still hold it?",
        unharmed="No booked appointment is lost. Only Google's copies are missing.",
    ),
    Card(
        7,
        "CAL-RENAMED",
        PERSON,
        headline="The calendar we know has another name now. Its appointments are unharmed.",
        why="Somebody gave it another name in Google Calendar. Appointments go only to a calendar named PIMSY"
        " Calendar.",
        cure="Rename it back to PIMSY Calendar.",
        asks="What is it called now, and does anybody want that name?",
        unharmed="Every appointment in it is still there.",
    ),
)
