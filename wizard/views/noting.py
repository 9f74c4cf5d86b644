"""Noting in the log what was done in this request: by whom and at which computer; from where, `arriving` has said."""

from wizard.store import log
from wizard.views.present import acting, now, workstation


def note(
    what: str, *, person_id: int | None = None, workstation_id: int | None = None, detail: str = "", who: str = ""
) -> None:
    """In the transaction of what was done, which the caller ends. `who` where nobody is signed in yet."""
    here = workstation()
    log.add(
        what,
        at=now(),
        who=who or acting(),
        person_id=person_id,
        workstation_id=workstation_id or (here.id if here else None),
        detail=detail,
    )
