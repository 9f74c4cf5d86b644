"""Many questions, one after another and at once, over the same few connections."""

from concurrent.futures import ThreadPoolExecutor

from tests.google.vault import MARIA, MemoryVault
from wizard.google import Google


def test_a_connection_is_kept_for_the_next_question(google: Google, checker: int) -> None:
    for _ in range(10):
        google.calendars(checker)

    pools = google._wire._pools.poolmanager.pools
    (pool,) = [pools[key] for key in pools.keys()]  # noqa: SIM118 - no mapping one can walk
    assert (pool.num_requests, pool.num_connections) == (10, 1)


def test_everybody_gets_the_own_answer(google: Google, vault: MemoryVault) -> None:
    """Sixteen threads, three accounts, one pool: no answer and no token reaches another."""
    emails = [MARIA, "joe@clinic.example", "frontdesk@gmail.example"]
    grants = {vault.holds(email=email): email for email in emails}
    asked = [grant_id for grant_id in grants for _ in range(40)]

    def primary(grant_id: int) -> str:
        google.refresh(grant_id)
        return next(one.summary for one in google.calendars(grant_id) if one.is_primary)

    with ThreadPoolExecutor(16) as crowd:
        seen = list(crowd.map(primary, asked))

    assert seen == [grants[grant_id] for grant_id in asked]
