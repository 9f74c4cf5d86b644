"""What a title seems to tell of a client, and what it does not."""

import pytest

from wizard.titles import ADDRESS, CODE, DATE, DIAGNOSIS, NAME, NUMBER, PHONE, seems_to_hold


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("John Doe", (NAME,)),
        ("Doe, John 90837", (NAME,)),
        ("DOE, JOHN", (NAME,)),
        ("Jean-Luc O’Neill", (NAME,)),
        ("Session with Zoë Müller", (NAME,)),
        ("John D.", (NAME,)),
        ("J. Doe", (NAME,)),
        ("Doe, J 90837", (NAME,)),
        ("J.D. 828-555-0142", (PHONE,)),
        ("call (828) 555 0142", (PHONE,)),
        ("+1 828.555.0142", (PHONE,)),
        ("8285550142", (PHONE,)),
        ("born 4/12/1987", (DATE,)),
        ("J.D., DOB on file", (DATE,)),
        ("1987-04-12", (DATE,)),
        ("j.doe@mail.example", (ADDRESS,)),
        ("078-05-1120", (NUMBER,)),
        ("Individual F32.1", (CODE,)),
        ("F90 follow up", (CODE,)),
        ("Intake, anxiety", (DIAGNOSIS,)),
        ("PTSD group", (DIAGNOSIS,)),
        ("John Doe, depression, F33.2, 828-555-0142", (NAME, PHONE, CODE, DIAGNOSIS)),
    ],
)
def test_a_title_that_seems_to_hold_client_data(title: str, found: tuple[str, ...]) -> None:
    assert seems_to_hold(title) == found


@pytest.mark.parametrize(
    "title",
    [
        "",
        "PIMSY sync test",
        "PIMSY appointment",
        "Test Client",
        "Individual Therapy Session",
        "Group Therapy Tuesday",
        "J.D.",
        "J. D. 6:10",
        "JD 90837",
        "Intake",
        "Appointment 123456",
        "Busy",
        "T.C. 6:10 AM, 10 minutes",
        "room 12-14",
        "Room B",
        "Group A Tuesday",
        "Test C. Client",
    ],
)
def test_a_title_that_seems_to_hold_nothing_of_a_client(title: str) -> None:
    assert seems_to_hold(title) == ()


def test_the_names_of_our_own_people_are_no_client_s() -> None:
    assert seems_to_hold("Maria Lopez") == (NAME,)
    assert seems_to_hold("Maria Lopez", known=("Maria Lopez",)) == ()
    assert seems_to_hold("Maria L.", known=("Maria Lopez",)) == ()
    assert seems_to_hold("Maria Lopez John Doe", known=("Maria Lopez",)) == (NAME,)
