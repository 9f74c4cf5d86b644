"""Where a trip to Google leads back to: the name of a page of ours and, where it is another's, whose page."""

CONTROL = "create-calendar"
"""The silent sign-in right after step 1 comes back there: it is the control, and says nothing about a sign-out."""

LEAVING = "record"
"""The silent sign-in before a desk is left comes back there."""


def record_of(person_id: int) -> str:
    """For the question that is asked for the next person in the same trip: it leads back to hers who leaves the desk."""
    return f"{LEAVING}/{person_id}"


def page_of(return_to: str, person_id: int) -> tuple[int, str]:
    """Whose page, and which, for a trip of this person."""
    page, _, whose = return_to.partition("/")
    return int(whose or person_id), page
