"""Stopping: the checker is removed at Google and its grant closed here. What it saw stays."""

from wizard.clock import Clock
from wizard.google import Google, GoogleTrouble
from wizard.store import answers, grants, log
from wizard.store.database import db
from wizard.store.people import Person
from wizard.store.workstations import Workstation


def remove_checker(google: Google, clock: Clock, person: Person, here: Workstation, *, by: str) -> None:
    """Revoke the checker's permission, then close its grant; nothing to do where none stands.

    Raises GoogleTrouble while Google does not answer: nothing is changed then, here or there.
    Where both permissions belong to one project, the integration's ended with it: that is noted at once if Google says so.
    """
    grant, integration = grants.of(person.id, "checker"), grants.of(person.id, "integration")
    if grant is None:
        return
    grant_id, is_dead = grant.id, grant.is_dead
    writing_id = integration.id if integration is not None and not integration.is_dead else None
    db.session.commit()
    if not is_dead:
        google.revoke(grant_id)
    closed = grants.find(grant_id)
    if closed is not None:
        person.google_account = closed.email  # the account stays the one that is meant
        grants.end(closed, clock())
    answers.give(person.id, None, "stop", "", at=clock(), by=by)
    log.add("checker removed", at=clock(), who=by, person_id=person.id, workstation_id=here.id)
    db.session.commit()
    if writing_id is not None:
        _look_after(google, writing_id)


def _look_after(google: Google, writing_id: int) -> None:
    try:
        google.refresh(writing_id)
    except GoogleTrouble:
        return  # dead: the vault has noted it; silent: a later look will say
