"""Whether the work gets done: the background turns, what is owed goes out, Google took what we asked, mail can leave."""

from datetime import timedelta

from wizard.doctor.finding import Finding, fit, unfit, unseen, warning
from wizard.doctor.site import Site
from wizard.onboarding import returning
from wizard.store import attempts, deliveries, patrols, pulse, sightings
from wizard.store.database import db, of_every_clinic

OVERDUE = timedelta(minutes=15)
STANDS_STILL = timedelta(minutes=10)
"""Between two turns lie a minute, and as long as a silent Google keeps a batch waiting."""

RECENT = timedelta(days=1)
REFUSED = unfit(
    "Google refused this installation within the last day.",
    "In each client's project: turn on the Google Calendar API (console.cloud.google.com > APIs & Services > Library),"
    " then compare client, secret and redirect address with the checks above.",
)
CLOCK_WAS_WRONG = unfit(
    "A sign-in could not be verified within the last day because of this computer's clock.",
    "Look at the clock above. Once it is right, this finding ends by itself within a day.",
)


def background(site: Site) -> Finding:
    at = pulse.last(pulse.DISPATCHER)
    db.session.rollback()
    by_workers = site.settings.background == "workers"
    command = "python -m wizard worker" if by_workers else "python -m wizard serve"
    if at is None and by_workers:
        return unfit("No worker has turned yet: nothing goes out.", f"Start one: {command}.")
    if at is None:
        return unseen("The background has not run yet.", f"It begins with {command}.")
    ago = site.now - at
    if ago > pulse.PROMISED:
        who, runs = ("A worker", "Does a worker run?") if by_workers else ("The background", "Is the wizard running?")
        return unfit(
            f"{who} turned last {_ago(ago)} ago.",
            f"{runs} Start it: {command}. If it does, start it anew and look at its log.",
        )
    return fit("The background turns.")


def patrol(site: Site) -> Finding:
    """It shows itself while it walks, however long a round takes."""
    at = pulse.last(pulse.PATROL)
    with of_every_clinic():
        failing = patrols.failing()
    db.session.rollback()
    command = "python -m wizard worker" if site.settings.background == "workers" else "python -m wizard serve"
    if at is None:
        return unseen("The patrol has not walked yet.", f"It begins with {command}.")
    ago = site.now - at
    if ago > STANDS_STILL:
        return unfit(
            f"The patrol walked last {_ago(ago)} ago: nobody would be told that a set-up has stopped working.",
            f"Does it run? Start it: {command}. If it does, start it anew and look at its log.",
        )
    if failing and failing[0].failing_since is not None and site.now - failing[0].failing_since > OVERDUE:
        return warning(
            f"{len(failing)} looks have brought no answer, the first for {_ago(site.now - failing[0].failing_since)}.",
            "Nothing is lost. Look at Google's addresses above; the looks are repeated by themselves.",
        )
    return fit("Everybody's permission is looked at a few times a day.")


def owed(site: Site) -> Finding:
    with of_every_clinic():
        late = deliveries.count_due(site.now - OVERDUE)
    db.session.rollback()
    if late:
        what = "1 change of an appointment has" if late == 1 else f"{late} changes of appointments have"
        return warning(
            f"{what} been due for more than {_ago(OVERDUE)}.",
            "Nothing is lost. Look at the background and at Google's addresses above; then they go out by themselves.",
        )
    return fit("Nothing that could go out waits.")


def refusals(site: Site) -> Finding:
    """What no question without a permission shows: an API that is turned off, a clock that was wrong."""
    since = site.now - RECENT
    with of_every_clinic():
        met = attempts.failures_since(since) | sightings.failures_since(since)
    db.session.rollback()
    if "OPERATOR-SETUP" in met:
        return REFUSED
    if "CLOCK" in met:
        return CLOCK_WAS_WRONG
    return fit("Google took every question of the last day that it answered.")


def control(site: Site) -> Finding:
    """Without it a refused silent sign-in shows nothing."""
    client = site.settings.checker.id
    with of_every_clinic():
        exists = attempts.control_exists(client)
        refused = not exists and attempts.control_was_refused(client, returning.CONTROL)
    db.session.rollback()
    if exists:
        return fit("Google has answered a silent sign-in of the checker: a sign-out can be seen.")
    if refused:
        return warning(
            "Google refused a silent sign-in of the checker right after a consent. Signing out cannot be seen: step 2"
            " says so, and lets everybody go on.",
            "Connect the checker once in a browser in which one Google account alone is signed in. Does it stay so? Some"
            " browsers keep Google's cookies from us: try another one.",
        )
    return unseen("Nobody has connected the checker yet.", "It is taken by itself when the first person connects.")


def kept_consents(site: Site) -> Finding:
    with of_every_clinic():
        old = attempts.held_since_before(site.now - attempts.HELD_FOR - OVERDUE)
    db.session.rollback()
    if old:
        return warning(
            f"{old} consents still wait for “Right?” and are too old to be answered.",
            "They are erased by the background: look at it above.",
        )
    return fit("No consent is kept that nobody answered.")


def _ago(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    if minutes < 2 * 60:
        return f"{minutes} minutes"
    return f"{round(minutes / 60)} hours" if minutes < 2 * 24 * 60 else f"{round(minutes / 60 / 24)} days"
