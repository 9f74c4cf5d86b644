"""Cards 28 to 35: what became of the test appointment on Google."""

from wizard.cards.card import CLINIC, NOBODY, PERSON, Card

CARDS = (
    Card(
        28,
        "PAGE-NOT-NEEDED",
        NOBODY,
        headline="The appointment arrived without a new permission: PIMSY already had one.",
        why="The permission was given earlier, at this computer or at another one.",
        cure="Nothing to do.",
        asks="On which computer was Google's page accepted?",
        unharmed="Everything works.",
    ),
    Card(
        29,
        "EVT-NONE",
        PERSON,
        headline="The test appointment has not arrived.",
        why="It was booked for somebody else, nothing is sent (-233, the folder), or the permission at Google"
        " is missing.",
        cure="In this order: Whose appointment is it? It must be the person's who is set up. Is -233 True and"
        " saved? Does the folder name the right account? Was Google's page seen on this computer? Then"
        " repair.",
        asks="Whose appointment is it, at what time was it booked, and what do steps 3, 4 and 6 say?",
        unharmed="The appointment stands where it was booked. Steps that are Verified stay so.",
    ),
    Card(
        30,
        "EVT-WRONGCAL",
        PERSON,
        headline="The appointment arrived, but in the main calendar.",
        why="PIMSY found no calendar of the exact name and wrote into the main one.",
        cure="Check the calendar's name in step 1, then book again.",
        asks="What is the calendar's name, letter by letter, and when was the appointment booked?",
        unharmed="It can be deleted from the main calendar by hand. Nothing else was written there.",
    ),
    Card(
        31,
        "EVT-OTHERACC",
        PERSON,
        headline="The appointment reached another Google account.",
        why="Another account was signed in to Google when Accept was clicked.",
        cure="Do step 2, remove the access of that account at Google, then do steps 5 and 6 again.",
        asks="Which account does the card name, and who uses it?",
        unharmed="The right account was not touched. What arrived in the other one can be deleted there.",
    ),
    Card(
        32,
        "EVT-TIME",
        PERSON,
        headline="An appointment arrived at another time than the test time of this computer.",
        why="The appointment was booked at another time, moved before it was read, or it belongs to another"
        " computer's test.",
        cure="Book it again at the new test time.",
        asks="Which time does step 5 show, and which time stands in My SAL Calendar?",
        unharmed="The appointment that arrived stays where it is.",
    ),
    Card(
        33,
        "EVT-ZONE",
        CLINIC,
        headline="The right appointment arrived, whole or half hours off.",
        why="Two of three clocks disagree: the clinic's zone in this wizard, PIMSY's zone, and the zone in"
        " Google Calendar's settings.",
        cure="Compare three time zones: the clinic's here, PIMSY's, and the one in Google Calendar's settings."
        " Then book it again.",
        asks="Which zone stands in each of the three places, and is it the same for everybody at the clinic?",
        unharmed="Only the test was judged. Compare a real appointment in both calendars before you rely on the times.",
    ),
    Card(
        34,
        "EVT-CANCELLED",
        PERSON,
        headline="The appointment arrived and was deleted on Google before we could see it live.",
        why="Somebody tidied up before we had read it, or PIMSY took it back.",
        cure="Book it again.",
        asks="Who deleted it, and when?",
        unharmed="Nothing else in the calendar was deleted by it.",
    ),
    Card(
        35,
        "EVT-LATE",
        NOBODY,
        headline="The appointment took more than 5 minutes to arrive. All is well.",
        why="The way to Google took its time, as happens when many appointments are sent at once.",
        cure="Nothing to do.",
        asks="How many minutes did it take, and is it always so?",
        unharmed="Everything arrived. Nothing has to be repeated.",
    ),
)
