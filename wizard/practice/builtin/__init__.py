"""The Stand-in for PIMSY: a practice system that can be read, for training, testing and support."""

from collections.abc import Mapping, Sequence

from wizard import evidence as facts
from wizard.practice.builtin.furnish import furnish
from wizard.practice.builtin.settings import SYNC
from wizard.store import appointments, clients, folders, practice_settings, slots, workstations

__all__ = ["BuiltIn", "furnish"]


class BuiltIn:
    """The port, answered from the Stand-in's own tables (`wizard.practice.Practice`)."""

    name = "builtin"

    def setting(self) -> facts.SettingFact | facts.CantSee:
        """-233; a clinic whose grid has no such row has never turned it on."""
        row = practice_settings.find(SYNC)
        if row is None:
            return facts.SettingFact(is_on=False)
        return facts.SettingFact(
            is_on=row.value == "True",
            is_touched=row.edited_at is not None,
            is_your_value=bool(row.your_value),
            since=row.turned_at,
            where=_desks().get(row.workstation_id or 0, ""),
        )

    def folders(self, person_ids: Sequence[int]) -> Mapping[int, facts.FolderFact | facts.CantSee]:
        rows, desks = folders.of_people(list(person_ids)), _desks()
        have_clients = {client.person_id for client in clients.of_people(list(person_ids))}
        return {
            person_id: facts.FolderFact(
                google_account=row.google_account,
                is_suspended=row.is_suspended,
                has_client=person_id in have_clients,
                is_touched=row.saved_at is not None,
                saved_at=row.saved_at,
                where=desks.get(row.workstation_id or 0, ""),
            )
            if (row := rows.get(person_id))
            else facts.FolderFact(google_account="", has_client=person_id in have_clients)
            for person_id in person_ids
        }

    def test_appointments(self, slot_ids: Sequence[int]) -> Mapping[int, facts.Appointment] | facts.CantSee:
        """Of several booked at one slot the one that still stands there; otherwise the newest."""
        starts = slots.starts(list(slot_ids))
        best: dict[int, appointments.Appointment] = {}
        for row in appointments.of_slots(list(slot_ids)):
            slot_id = row.slot_id or 0
            if slot_id not in best or not _stands(best[slot_id], starts) or _stands(row, starts):
                best[slot_id] = row
        return {slot_id: _fact(slot_id, row) for slot_id, row in best.items()}


def _stands(row: appointments.Appointment, starts: Mapping[int, object]) -> bool:
    return row.cancelled_at is None and row.starts_at == starts.get(row.slot_id or 0)


def _fact(slot_id: int, row: appointments.Appointment) -> facts.Appointment:
    return facts.Appointment(
        slot_id=slot_id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        booked_at=row.booked_at,
        cancelled_at=row.cancelled_at,
        unsent=row.unsent,
        sent_at=row.sent_at,
        mark=row.event_id,
    )


def _desks() -> dict[int, str]:
    return {workstation.id: workstation.name for workstation in workstations.ever()}
