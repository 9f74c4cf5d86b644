"""Keeping a consent: the grant it makes or renews, and the authorization of this person at this workstation."""

from datetime import datetime

from wizard.evidence import Outcome, Purpose
from wizard.google import Consent, Permission
from wizard.store import authorizations, deliveries, grants, log
from wizard.store.attempts import Attempt
from wizard.store.database import db
from wizard.store.encryption import Cipher


def keep(attempt: Attempt, consent: Consent, cipher: Cipher, now: datetime) -> None:
    """Store the grant, and for the writing one the authorization. The caller has judged, and ends the transaction.

    A consent without a refresh token leaves the old one. A generation begins only where the grant was seen dead.
    """
    permission = Permission.INTEGRATION if attempt.purpose == Purpose.INTEGRATION.value else Permission.CHECKER
    grant = grants.of(attempt.person_id, permission.value, to_write=True)
    if grant is None:
        grant = grants.add(attempt.person_id, attempt.workstation_id, permission.value, consent.account.sub, now)
    elif grant.is_dead:
        grant.generation, grant.since = grant.generation + 1, now
    grant.version += 1
    grant.email, grant.hd, grant.given_at = consent.account.email, consent.account.hd, now
    grant.scopes = sorted(consent.scopes)
    grant.access_token, grant.expires_at = cipher.encrypt(consent.access_token), consent.expires_at
    if consent.refresh_token is not None:
        grant.refresh_token = cipher.encrypt(consent.refresh_token)
    db.session.flush()
    if permission is Permission.INTEGRATION:
        authorizations.add(attempt.person_id, attempt.workstation_id, grant.id, grant.sub, grant.generation, now)
        deliveries.hasten(now, attempt.person_id)  # what waited for this permission, or for more of it, has it
    attempt.held = ""
    attempt.end(Outcome.GRANTED, now)
    log.add(
        f"permission for {permission.value} given",
        at=now,
        who="the person at Google's page",
        person_id=attempt.person_id,
        workstation_id=attempt.workstation_id,
    )
