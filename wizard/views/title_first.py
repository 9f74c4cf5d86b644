"""After the clinic's first proof the round stops until somebody has looked at the title that arrived."""

from flask import url_for

from wizard.store import answers, people, sightings
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.views.present import own_person, practice


def look_first(who: Person, here: Workstation) -> str:
    """Where that look is taken before this person goes on at this computer; empty where nothing stops her."""
    if answers.all_of_clinic("title"):
        return ""
    found = sightings.newest_proof(by_hand=practice().name == "by hand")
    if found is None:
        return ""
    proof, _ = found
    proven = people.find(proof.person_id)
    own = own_person()
    is_own = (own is not None and own.id != proof.person_id) or (proof.person_id, proof.workstation_id) == (
        who.id,
        here.id,
    )
    if is_own or proven is None or proven.left_at is not None:
        return ""
    return url_for("title.show", person_id=proof.person_id, then=who.id)
