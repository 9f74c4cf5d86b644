"""What is known by hand of what cannot be read: words of others in the clinic, and what arrived elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wizard import evidence as facts
from wizard.onboarding import seen_as
from wizard.store import answers, sightings, slots


@dataclass(frozen=True, slots=True)
class ByHand:
    """Read once for a page, in a constant number of queries; with a practice that can be read, nothing of it counts."""

    setting_said: answers.Answer | None = None  # -233 is the clinic's: anybody's word holds for all
    arrival: facts.Arrival | None = None
    arrived_at: int = 0  # the workstation of that
    booked: tuple[answers.Answer, ...] = ()  # whoever said so ever, oldest first

    def told(self, person_id: int) -> list[facts.Answer]:
        """What others said and holds for this person, too."""
        said = self.setting_said
        is_new = said is not None and said.person_id != person_id
        return [facts.Answer(said.kind, said.slug, said.at, said.by)] if said is not None and is_new else []

    def booked_at(self, slot: slots.Slot) -> datetime | None:
        """When the test of that slot was said to be booked, whatever was said since about a later one."""
        said = [
            answer.at
            for answer in self.booked
            if (answer.person_id, answer.workstation_id) == (slot.person_id, slot.workstation_id)
            and answer.at >= slot.given_at
        ]
        return said[0] if said else None


def read(person_ids: list[int]) -> ByHand:
    found = sightings.newest_proof(by_hand=True)
    return ByHand(
        setting_said=answers.newest_of_clinic("said", "enable-setting"),
        arrival=seen_as.arrival(found[1]) if found else None,
        arrived_at=(found[0].workstation_id or 0) if found else 0,
        booked=tuple(answers.ever(person_ids, "said", "test-appointment")),
    )


def newest_elsewhere(proofs: Mapping[int, facts.Arrival]) -> tuple[facts.Arrival | None, int]:
    """Of the proofs of one person by workstation the newest, and where it was seen."""
    if not proofs:
        return None, 0
    desk = max(proofs, key=lambda desk: proofs[desk].read_at)
    return proofs[desk], desk
