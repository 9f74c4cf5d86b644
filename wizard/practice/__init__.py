"""The practice system behind one port: the steps ask it for facts, and it answers a fact or CANT_SEE."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from wizard.evidence import Appointment, CantSee, FolderFact, SettingFact


class Practice(Protocol):
    """What the wizard asks. Each question is asked for many people at once, so that a page costs the same for all."""

    name: str

    def setting(self) -> SettingFact | CantSee:
        """System setting -233 of the clinic whose turn it is."""

    def folders(self, person_ids: Sequence[int]) -> Mapping[int, FolderFact | CantSee]:
        """What each person's folder says, by person."""

    def test_appointments(self, slot_ids: Sequence[int]) -> Mapping[int, Appointment] | CantSee:
        """The newest test appointment of each slot, by slot; a slot without one is left out."""
