"""The queue of the computer that sends the request, read from stored facts."""

from collections.abc import Sequence

from wizard.journey import travel
from wizard.onboarding.evidence import Known
from wizard.queueing import Queue, place_of
from wizard.store import people
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.views.matrix import needed_places
from wizard.views.travelling import known


def queue_at(here: Workstation) -> Queue:
    """Everybody's place at this computer."""
    everyone = people.everyone()
    return queue_of(known(everyone, [here]), everyone, here)


def queue_of(read: Known, everyone: Sequence[Person], here: Workstation) -> Queue:
    """The same, where what is known of everybody here was read before."""
    needed = needed_places(everyone, [here])
    places = []
    for who in everyone:
        evidence = read.evidence(who, here)
        places.append(place_of(who.id, evidence, travel(evidence), is_needed=(who.id, here.id) in needed))
    return Queue(tuple(places))
