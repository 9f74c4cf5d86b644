"""Judging a consent: whether the account and the boxes are those meant. It reads what is stored, and changes nothing."""

from dataclasses import dataclass

from wizard.evidence import Account, Outcome
from wizard.google import Consent, Permission
from wizard.store import answers, grants, people


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a consent comes to, and whose account it is already where it is another person's of this clinic."""

    outcome: Outcome
    taken_by: str = ""


def judge(person_id: int, permission: Permission, consent: Consent, *, is_confirmed: bool = False) -> Judgement:
    """GRANTED, or why not. The account decides before the boxes: it names the greater mistake.

    Before the first grant the address entered for the person is the expectation; after it the `sub` alone. Who goes
    without the checker has nothing but the address: it decides then for the integration, too.
    `is_confirmed`: the person was asked "Right?" and said yes; everything else is judged as it stands now.
    """
    person = people.find(person_id)
    checker, stored = grants.of(person_id, "checker"), grants.of(person_id, permission.value)
    if person is not None and person.left_at is not None:
        return Judgement(Outcome.WRONG_ACCOUNT)  # she left the clinic while she was at Google's page: nothing is kept
    account, meant = consent.account, person.google_account if person else ""
    if checker is not None and checker.sub != account.sub:
        return Judgement(Outcome.WRONG_ACCOUNT)
    is_unwatched = checker is None and permission is Permission.INTEGRATION
    if is_unwatched and not (meant and answers.stands(person_id, "without checker")):
        return Judgement(Outcome.WRONG_ACCOUNT)
    if checker is None and not consent.email_verified:
        return Judgement(Outcome.WRONG_ACCOUNT)
    if checker is None and meant and meant.casefold() != account.email.casefold():
        return Judgement(Outcome.WRONG_ACCOUNT)
    if others := _users_of(account, person_id, is_first=checker is None):
        return Judgement(Outcome.TAKEN_ACCOUNT, ", ".join(who.name for who in people.everyone() if who.id in others))
    if consent.missing(permission, finds_calendar=is_unwatched):
        return Judgement(Outcome.BOX_EMPTY)
    if consent.refresh_token is None and (stored is None or stored.is_dead):
        return Judgement(Outcome.NO_REFRESH)
    if checker is None and not meant and not is_confirmed:
        return Judgement(Outcome.TO_CONFIRM)
    return Judgement(Outcome.GRANTED)


def _users_of(account: Account, person_id: int, *, is_first: bool) -> set[int]:
    """Who else in the clinic uses this account: by a grant and, before the first one here, by an address entered."""
    entered = people.meant_by(account.email) if is_first else set()
    return (grants.users_of(account.sub) | entered) - {person_id}
