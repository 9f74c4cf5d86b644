"""Needing: the clinic's word about one cell, and before it the workstation's rule."""

import pytest

from wizard.needing import is_needed


@pytest.mark.parametrize(
    ("books_for", "decided", "needed"),
    [
        ("everybody", None, True),
        ("nobody", None, False),
        ("everybody", False, False),
        ("nobody", True, True),
        ("everybody", True, True),
        ("nobody", False, False),
    ],
)
def test_a_decision_comes_before_the_rule(books_for: str, decided: bool | None, needed: bool) -> None:
    assert is_needed(books_for, decided) is needed
