"""The journey of a person at the computer that sends the request, read anew each time."""

from collections.abc import Sequence

from flask import abort, redirect, url_for

from wizard.evidence import Evidence
from wizard.journey import Journey, travel
from wizard.onboarding.evidence import Known
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.views.present import clinic, now, own_person, practice, services, workstation


def known(people: Sequence[Person], workstations: Sequence[Workstation]) -> Known:
    """What is known about these people at these workstations now."""
    is_own = own_person() is not None
    return Known(clinic(), people, workstations, practice(), services().settings, now(), names_others=not is_own)


def evidence_here(person: Person) -> Evidence:
    """The facts of this person at this computer; a computer without a name is first sent to get one."""
    here = named_workstation(person)
    return known([person], [here]).evidence(person, here)


def journey_here(person: Person) -> Journey:
    return travel(evidence_here(person))


def next_page_of(person: Person) -> str:
    """The address of this person's first unfinished step here, or of the hub when nothing is left."""
    stop = journey_here(person).current
    if stop is None:
        return url_for("hub.show", person_id=person.id)
    return url_for("step.show", person_id=person.id, slug=stop.step.slug)


def named_workstation(person: Person) -> Workstation:
    """The computer's name comes first: without it no step could say where it was done."""
    here = workstation()
    if here is None:
        abort(redirect(url_for("start.show", person=person.id), 303))
    return here
