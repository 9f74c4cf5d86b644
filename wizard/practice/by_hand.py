"""The clinic's own PIMSY: no public interface to it is known, so nothing of it can be seen."""

from collections.abc import Mapping, Sequence

from wizard.evidence import CANT_SEE, Appointment, CantSee, FolderFact, SettingFact


class ByHand:
    """The person does it there and tells; the test appointment that arrives proves it."""

    name = "by hand"

    def setting(self) -> SettingFact | CantSee:
        return CANT_SEE

    def folders(self, person_ids: Sequence[int]) -> Mapping[int, FolderFact | CantSee]:
        return dict.fromkeys(person_ids, CANT_SEE)

    def test_appointments(self, slot_ids: Sequence[int]) -> Mapping[int, Appointment] | CantSee:  # noqa: ARG002 - the port's signature
        return CANT_SEE
