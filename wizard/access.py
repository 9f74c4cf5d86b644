"""Who may do what: every route has an owner here, and one that is not listed is refused to everybody."""

from enum import Enum


class Role(Enum):
    """Whoever sends a request."""

    NOBODY = "nobody"
    SUPPORT = "support"  # on the telephone, while the clinic lets it look: reads pages made for it, and sends no form
    PERSON = "person"  # by a link of her own, or at a computer that was handed to her: her own set-up only
    ADMINISTRATOR = "administrator"


ANYBODY = frozenset(Role)
SIGNED_IN = frozenset({Role.ADMINISTRATOR})
OWN = frozenset({Role.PERSON, Role.ADMINISTRATOR})
"""A person uses it for her own set-up: where the address names somebody else there is no such page (`arriving`)."""

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
    "start.show": OWN,
    "start.begin": OWN,
    "desk.hand": SIGNED_IN,
    "taking_back.show": OWN,
    "taking_back.take_back": OWN,
    "taking_back.go_on": ANYBODY,
    "start.by_code": OWN,
    "which.show": OWN,
    "which.choose": OWN,
    "which.by_code": OWN,
    "phone.forget": OWN,
    "bookmark.offer": OWN,
    "bookmark.restore": ANYBODY,  # it names a browser and opens nothing
    "bookmark.take": ANYBODY,
    "computers.show_code": SIGNED_IN,
    "hub.show": OWN,
    "hub.start_again": SIGNED_IN,
    "hub.confirm_start_again": SIGNED_IN,
    "account_meant.show": SIGNED_IN,
    "account_meant.change": SIGNED_IN,
    "record.look": OWN,
    "record.cancel": OWN,
    "record.own_computer": OWN,
    "title.show": OWN,
    "title.look": OWN,
    "title.answer": OWN,
    "removing.show": OWN,
    "removing.remove": OWN,
    "without_checker.show": OWN,
    "without_checker.choose": OWN,
    "step.show": OWN,
    "step.answer": OWN,
    "step.check": OWN,
    "booked_time.show": OWN,
    "booked_time.save": OWN,
    "stayed.show": OWN,
    "stayed.tell": OWN,
    "fix.show": OWN,
    "fix.look": OWN,
    "fix.begin_repair": OWN,
    "watching.show": OWN,
    "watching.look": OWN,
    "watching.away": OWN,
    "watching.back": OWN,
    "record.show": OWN,
    "record.sheet": OWN,
    "google.connect": OWN,
    "google.callback": OWN,
    "practice_settings.show": SIGNED_IN,
    "practice_settings.save": SIGNED_IN,
    "practice_personnel.show": SIGNED_IN,
    "practice_personnel.save": SIGNED_IN,
    "practice_calendar.show": OWN,
    "practice_calendar.book": OWN,
    "practice_calendar.move": OWN,
    "practice_calendar.cancel": OWN,
    "practice_calendar.try_now": OWN,
    "moved_in_google.look": OWN,
    "moved_in_google.choose": OWN,
    "overview.show": SIGNED_IN,
    "overview.as_csv": SIGNED_IN,
    "waiting.show": SIGNED_IN,
    "waiting.try_all": SIGNED_IN,
    "waiting.try_person": SIGNED_IN,
    "needed.show": SIGNED_IN,
    "needed.of_person": SIGNED_IN,
    "needed.save": SIGNED_IN,
    "needed.save_of_person": SIGNED_IN,
    "day_before.show": SIGNED_IN,
    "day_before.setting_saved": SIGNED_IN,
    "day_before.save": SIGNED_IN,
    "day_before.sheets": SIGNED_IN,
    "account.show": OWN,
    "account.rename": OWN,
    "account.stay": OWN,
    "account.sign_out": OWN,
    "administrators.show": SIGNED_IN,
    "administrators.add": SIGNED_IN,
    "administrators.password": SIGNED_IN,
    "administrators.change_password": SIGNED_IN,
    "clinic_settings.show": SIGNED_IN,
    "clinic_settings.change": SIGNED_IN,
    "adding_people.show": SIGNED_IN,
    "adding_people.add": SIGNED_IN,
    "adding_people.template": SIGNED_IN,
    "adding_people.look_through": SIGNED_IN,
    "adding_people.add_list": SIGNED_IN,
    "people.show": SIGNED_IN,
    "people.one": SIGNED_IN,
    "people.change": SIGNED_IN,
    "parting.show": SIGNED_IN,
    "parting.leave": SIGNED_IN,
    "parting.try_again": SIGNED_IN,
    "parting.come_back": SIGNED_IN,
    "in_use.show": SIGNED_IN,
    "in_use.one": SIGNED_IN,
    "in_use.rename": SIGNED_IN,
    "in_use.confirm": SIGNED_IN,
    "in_use.retire": SIGNED_IN,
    "in_use.use_again": SIGNED_IN,
    "log.show": SIGNED_IN,
    "log.export": SIGNED_IN,
    "whole_clinic.export": SIGNED_IN,
    "whole_clinic.confirm": SIGNED_IN,
    "whole_clinic.delete": SIGNED_IN,
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
    "own_link.enter": ANYBODY,
    "own_link.show": ANYBODY,
    "own_link.begin": ANYBODY,
    "own_link.ask": ANYBODY,
    "own_link.forget": ANYBODY,
    "people_links.show": SIGNED_IN,
    "people_links.make": SIGNED_IN,
    "people_links.cards": SIGNED_IN,
    "people_links.mail": SIGNED_IN,
    "people_links.confirm_end": SIGNED_IN,
    "people_links.end": SIGNED_IN,
    "mailbox.show": SIGNED_IN,
}

OPEN_AFTER_LEAVING = frozenset(
    {"people.one", "people.change", "parting.show", "parting.leave", "parting.try_again", "parting.come_back"}
)
"""Addresses of a person that still answer when she left the clinic; every other leads to the first of them."""

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
