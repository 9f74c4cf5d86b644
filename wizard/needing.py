"""Needing: at which workstations a person has to be set up is the clinic's decision; until it decides, the workstation's rule."""


def is_needed(books_for: str, decided: bool | None) -> bool:
    """`books_for` is the workstation's rule, "everybody" or "nobody"; `decided` the clinic's word about this one cell, or None."""
    return books_for == "everybody" if decided is None else decided
