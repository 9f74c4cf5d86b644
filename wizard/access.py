"""Who may do what: every route has an owner here, and one that is not listed is refused to everybody."""

from enum import Enum


class Role(Enum):
    """Whoever sends a request. More come with personal links; none is ever more than an administrator."""

    NOBODY = "nobody"
    SUPPORT = "support"  # on the telephone, while the clinic lets it look: reads pages made for it, and sends no form
    ADMINISTRATOR = "administrator"


ANYBODY = frozenset(Role)
SIGNED_IN = frozenset({Role.ADMINISTRATOR})
LOOKING = frozenset({Role.SUPPORT})

ROUTES: dict[str, frozenset[Role]] = {
    "static": ANYBODY,
    "health.alive": ANYBODY,
    "health.ready": ANYBODY,
    "help.index": ANYBODY,
    "help.show": ANYBODY,
    "help.vote": ANYBODY,
    "first_run.show": ANYBODY,
    "first_run.create": ANYBODY,
    "sign_in.show": ANYBODY,
    "sign_in.enter": ANYBODY,
    "sign_in.forgotten": ANYBODY,
    "sign_in.ask": ANYBODY,
    "password_link.show": ANYBODY,
    "password_link.choose": ANYBODY,
    "start.show": SIGNED_IN,
    "start.begin": SIGNED_IN,
    "hub.show": SIGNED_IN,
    "hub.start_again": SIGNED_IN,
    "hub.confirm_start_again": SIGNED_IN,
    "account_meant.show": SIGNED_IN,
    "account_meant.change": SIGNED_IN,
    "record.look": SIGNED_IN,
    "record.cancel": SIGNED_IN,
    "record.own_computer": SIGNED_IN,
    "title.show": SIGNED_IN,
    "title.look": SIGNED_IN,
    "title.answer": SIGNED_IN,
    "removing.show": SIGNED_IN,
    "removing.remove": SIGNED_IN,
    "without_checker.show": SIGNED_IN,
    "without_checker.choose": SIGNED_IN,
    "step.show": SIGNED_IN,
    "step.answer": SIGNED_IN,
    "step.check": SIGNED_IN,
    "booked_time.show": SIGNED_IN,
    "booked_time.save": SIGNED_IN,
    "stayed.show": SIGNED_IN,
    "stayed.tell": SIGNED_IN,
    "fix.show": SIGNED_IN,
    "fix.look": SIGNED_IN,
    "fix.begin_repair": SIGNED_IN,
    "record.show": SIGNED_IN,
    "record.sheet": SIGNED_IN,
    "google.connect": SIGNED_IN,
    "google.callback": SIGNED_IN,
    "practice_settings.show": SIGNED_IN,
    "practice_settings.save": SIGNED_IN,
    "practice_personnel.show": SIGNED_IN,
    "practice_personnel.save": SIGNED_IN,
    "practice_calendar.show": SIGNED_IN,
    "practice_calendar.book": SIGNED_IN,
    "practice_calendar.move": SIGNED_IN,
    "practice_calendar.cancel": SIGNED_IN,
    "practice_calendar.try_now": SIGNED_IN,
    "overview.show": SIGNED_IN,
    "account.show": SIGNED_IN,
    "account.rename": SIGNED_IN,
    "account.stay": SIGNED_IN,
    "account.sign_out": SIGNED_IN,
    "administrators.show": SIGNED_IN,
    "administrators.add": SIGNED_IN,
    "administrators.password": SIGNED_IN,
    "administrators.change_password": SIGNED_IN,
    "clinic_settings.show": SIGNED_IN,
    "clinic_settings.change": SIGNED_IN,
    "adding_people.show": SIGNED_IN,
    "adding_people.add": SIGNED_IN,
    "doctor.show": SIGNED_IN,
    "doctor.look": SIGNED_IN,
    "support.show": ANYBODY,
    "support.enter": ANYBODY,
    "support.everybody": LOOKING,
    "support.one": LOOKING,
    "allowing.allow": SIGNED_IN,
    "allowing.stop": SIGNED_IN,
    "tryout.index": SIGNED_IN,
    "tryout.show": SIGNED_IN,
    "tryout.begin": SIGNED_IN,
    "tryout.happen": SIGNED_IN,
}

BEFORE_FIRST_RUN = frozenset(
    {
        "static",
        "health.alive",
        "health.ready",
        "help.index",
        "help.show",
        "help.vote",
        "first_run.show",
        "first_run.create",
    }
)
"""All that is served while nobody has set up this wizard."""


def may(role: Role, endpoint: str) -> bool:
    """Whether somebody in that role may use the route of that endpoint."""
    return role in ROUTES.get(endpoint, frozenset())
