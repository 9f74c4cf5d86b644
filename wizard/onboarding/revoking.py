"""Revoking: permissions are taken back at Google and their grants closed here, as far as Google answers."""

from dataclasses import dataclass

from wizard.clock import Clock
from wizard.google import Google, GoogleSilent, GoogleTrouble, GrantDead
from wizard.store import grants, log, people
from wizard.store.database import db


@dataclass(frozen=True, slots=True)
class Kept:
    """A permission that Google still honours: nobody could take it back. `code` says why, as a card does."""

    person_id: int
    permission: str
    email: str
    code: str


def take_back(google: Google, clock: Clock, person_ids: list[int], *, by: str) -> list[Kept]:
    """Revoke what stands of these people, each in a transaction of its own; what could not be taken back, and why.

    No transaction is open while Google is asked. A grant is closed only once Google has answered, so a later call goes on
    where this one stopped. Google ends everything that an account gave our project, so an account that somebody else of
    this installation lives by is left alone there, and only forgotten here (the same rule as after a wrong account).
    Where Google is silent it is asked no further: the rest of the list is kept, too.
    """
    standing = grants.standing(person_ids)
    kept: list[Kept] = []
    is_silent = False
    for grant in standing:
        code = GoogleSilent.code if is_silent else _end(google, clock, grant.id, by=by)
        is_silent = is_silent or code == GoogleSilent.code
        if code:
            kept.append(Kept(grant.person_id, grant.permission, grant.email, code))
    return kept


def _end(google: Google, clock: Clock, grant_id: int, *, by: str) -> str:
    """The code of what kept Google from ending it; empty when it is ended."""
    grant = grants.find(grant_id)
    if grant is None or grant.ended_at is not None:
        db.session.commit()
        return ""
    is_shared = bool(grants.used_elsewhere({grant.sub}, grant.person_id))
    is_asked = not (grant.is_dead or is_shared)
    db.session.commit()
    code = ""
    if is_asked:
        try:
            google.revoke(grant_id)
        except GrantDead:
            pass  # it was forgotten or found dead meanwhile: there is nothing left to end
        except GoogleTrouble as trouble:
            code = trouble.code
    closed = grants.find(grant_id)
    if closed is None:
        db.session.commit()
        return code
    said = "could not be taken back" if code else "forgotten here, shared" if is_shared else "taken back"
    if not code:
        _keep_address(closed)
        grants.end(closed, clock())
    log.add(f"permission for {closed.permission} {said}", at=clock(), who=by, person_id=closed.person_id, detail=code)
    db.session.commit()
    return code


def _keep_address(grant: grants.Grant) -> None:
    """The account of the checker stays the one that is meant, should the person be set up again."""
    person = people.find(grant.person_id)
    if person is not None and grant.permission == "checker":
        person.google_account = grant.email
