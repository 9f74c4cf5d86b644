"""What is known by hand of what cannot be read: words of others in the clinic, and what arrived elsewhere."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    # who said so ever, by person and workstation, oldest first
    booked: Mapping[tuple[int, int | None], Sequence[answers.Answer]] = field(default_factory=dict)

    def told(self, person_id: int) -> list[facts.Answer]:
        """What others said and holds for this person, too."""
        said = self.setting_said
        is_new = said is not None and said.person_id != person_id
        return [facts.Answer(said.kind, said.slug, said.at, said.by)] if said is not None and is_new else []

    def booked_at(self, slot: slots.Slot) -> datetime | None:
        """When the test of that slot was said to be booked, whatever was said since about a later one."""
        told = self.booked.get((slot.person_id, slot.workstation_id), ())
        return next((answer.at for answer in told if answer.at >= slot.given_at), None)


def read(person_ids: list[int]) -> ByHand:
    found = sightings.newest_proof(by_hand=True)
    booked: defaultdict[tuple[int, int | None], list[answers.Answer]] = defaultdict(list)
    for answer in answers.ever(person_ids, "said", "test-appointment"):
        booked[answer.person_id, answer.workstation_id].append(answer)
    return ByHand(
        setting_said=answers.newest_of_clinic("said", "enable-setting"),
        arrival=seen_as.arrival(found[1]) if found else None,
        arrived_at=(found[0].workstation_id or 0) if found else 0,
        booked=booked,
    )


def newest_elsewhere(proofs: Mapping[int, facts.Arrival], here: int) -> tuple[facts.Arrival | None, int]:
    """Of the proofs of one person by workstation the newest at another one than this, and where it was seen."""
    others = [(proof.read_at, desk) for desk, proof in proofs.items() if desk != here]
    if not others:
        return None, 0
    _, desk = max(others)
    return proofs[desk], desk
