"""Renewing: a clinic may want a new test every 30 or 90 days. Age ends no proof; that a new one is due is shown beside it."""

from datetime import timedelta

from wizard.evidence import Evidence

CHOICES = (0, 30, 90)
"""Days; 0: never."""


def is_due(evidence: Evidence, proof_days: int) -> bool:
    """Whether the proof of this desk is older than the clinic wants it."""
    proof = evidence.sealed
    return bool(proof_days) and proof is not None and evidence.now - proof.read_at >= timedelta(days=proof_days)
