"""Lists of people: what is read out of a paste or a file, and what is said of each line that has to change."""

import pytest

from wizard.rosters import MOST_LINES, Known, Line, decoded, read, sort

MARIA = Known(1, "Maria Lopez", "maria@clinic.example")
JOE = Known(2, "Joe Hale", "")
GONE = Known(3, "Ida Roe", "ida@clinic.example", has_left=True)
HERE = (MARIA, JOE, GONE)

ANA = Line(1, "Ana Brook", "ana@clinic.example", "front@clinic.example")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Brook, ana@clinic.example, front@clinic.example",
        "Ana Brook\tana@clinic.example\tfront@clinic.example",
        "Ana Brook;ana@clinic.example;front@clinic.example\r\n",
        '"Ana  Brook","ana@clinic.example", "front@clinic.example"',
        "\ufeffAna Brook , ana@clinic.example,front@clinic.example,,\n\n",
        "Ana Brook,ana@clinic.example,front@clinic.example\r",
    ],
    ids=["commas", "tabs", "semicolons", "quoted", "mark and empty cells", "old line ends"],
)
def test_one_person_is_read_however_the_cells_are_separated(text: str) -> None:
    assert read(text) == ([ANA], [])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ana Brook", [Line(1, "Ana Brook")]),
        (
            "\n\n Ana Brook \n,,\nSam Reed,,sam@clinic.example",
            [Line(3, "Ana Brook"), Line(5, "Sam Reed", "", "sam@clinic.example")],
        ),
        ('"Lopez, Maria",maria@clinic.example', [Line(1, "Lopez, Maria", "maria@clinic.example")]),
        ("Lopez, Maria\tmaria@clinic.example", [Line(1, "Lopez, Maria", "maria@clinic.example")]),
        ('Robert "Bob" Hale, bob@clinic.example', [Line(1, 'Robert "Bob" Hale', "bob@clinic.example")]),
        (
            '"Ana\nBrook",ana@clinic.example\nSam Reed',
            [Line(1, "Ana Brook", "ana@clinic.example"), Line(3, "Sam Reed")],
        ),
        ("Name,Google address,E-mail\nAna Brook,ana@clinic.example", [Line(2, "Ana Brook", "ana@clinic.example")]),
        ("E-mail;Room;Full name\nana@x.example;12;Ana Brook", [Line(2, "Ana Brook", "", "ana@x.example")]),
        ("name\nAna Brook, ana@clinic.example", [Line(2, "Ana Brook", "ana@clinic.example")]),
        ("", []),
        ("Name,Google address,E-mail\r\n", []),
    ],
)
def test_lines_keep_the_number_at_which_they_begin(text: str, lines: list[Line]) -> None:
    assert read(text) == (lines, [])


def test_a_title_counts_in_the_first_line_alone() -> None:
    lines, _ = read("Ana Brook\nName,E-mail")

    assert lines == [Line(1, "Ana Brook"), Line(2, "Name", "E-mail")]


QUOTE = "A name that holds a comma is put in quotation marks"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (",ana@clinic.example", ["Line 1: The name is missing"]),
        ("A" * 81, ["Line 1: The name is longer than 80 letters"]),
        ("Ana\u200bBrook", ["Line 1: The name holds signs that cannot be shown. Type it by hand"]),
        (
            "ana@clinic.example",
            [
                "Line 1: “ana@clinic.example” stands where the name belongs. Write the name, then a comma, then the address"
            ],
        ),
        (
            "Ana Brook, ana@",
            ["Line 1: “ana@” is no whole address (Google address). Write it as in maria@clinic.example"],
        ),
        (
            "Brook, Ana, ana@clinic.example",
            [f"Line 1: “Ana” is no whole address (Google address). Write it as in maria@clinic.example. {QUOTE}"],
        ),
        (
            "Ana Brook,, front desk",
            [f"Line 1: “front desk” is no whole address (e-mail). Write it as in maria@clinic.example. {QUOTE}"],
        ),
        ("Ana Brook\nSam Reed\nana brook", ["Line 3: “ana brook” stands in line 1 already"]),
        (
            "Ana Brook,ana@x.example\nSam Reed,ANA@x.example",
            ["Line 2: “ANA@x.example” stands in line 1 already"],
        ),
        (
            "joe hale, maria@clinic.example",
            ["Line 1: maria@clinic.example is the address of Maria Lopez, who is here already"],
        ),
        (
            "Ana Brook,a@x.example,b@x.example,c",
            [f"Line 1: There are more than three cells: name, Google address, e-mail. {QUOTE}"],
        ),
        (
            'Sam Reed\n"Ana Brook, ana@x.example\nJoe Hale',
            [
                "Line 2: A quotation mark is opened and not closed, or stands inside a cell. The lines below were not read"
            ],
        ),
        ("", ["There is nobody in this list: write one person a line"]),
        (
            "\n".join(f"Person {n}" for n in range(MOST_LINES + 1)),
            ["These are 501 people. Add at most 500 at a time, then the rest"],
        ),
        (
            "Sam Reed, sam\n,x@x.example\nAna Brook, ana@",
            [
                f"Line 1: “sam” is no whole address (Google address). Write it as in maria@clinic.example. {QUOTE}",
                "Line 2: The name is missing",
                "Line 3: “ana@” is no whole address (Google address). Write it as in maria@clinic.example",
            ],
        ),
    ],
)
def test_every_problem_names_its_line_and_its_cure(text: str, problems: list[str]) -> None:
    assert list(sort(text, HERE).problems) == problems


def test_exactly_as_many_as_are_taken_at_a_time() -> None:
    found = sort("\n".join(f"Person {n}" for n in range(MOST_LINES)), HERE)

    assert (len(found.new), found.problems) == (MOST_LINES, ())


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("MARIA LOPEZ", MARIA),
        ("Maria L., Maria@Clinic.example", MARIA),
        ("Joe Hale, joe@elsewhere.example", JOE),
        ("ida roe", GONE),
        ("Ida R., ida@clinic.example", GONE),
    ],
)
def test_who_is_here_already_is_known_by_name_or_address(text: str, who: Known) -> None:
    found = sort(text, HERE)

    assert [known for _, known in found.known] == [who]
    assert (found.new, found.problems) == ((), ())


def test_of_two_of_one_name_it_is_whoever_works_here() -> None:
    again = Known(9, "Ida Roe", "")

    assert [known for _, known in sort("Ida Roe", (again, GONE)).known] == [again]


def test_a_list_says_who_is_new() -> None:
    found = sort("Maria Lopez\nAna Brook,ana@x.example", HERE)

    assert found.new == (Line(2, "Ana Brook", "ana@x.example"),)
    assert found.known == ((Line(1, "Maria Lopez"), MARIA),)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Jos\xc3\xa9", "José"),
        (b"\xef\xbb\xbfJos\xc3\xa9", "José"),
        ("José\t".encode("utf-16"), "José\t"),
        (b"Jos\xe9", "José"),
        (b"PK\x03\x04rest", None),
        (b"a\x00b", None),
        (b"\x81\x8d", None),
        (b"\xff\xfe\x00", None),
    ],
    ids=["UTF-8", "with its mark", "UTF-16", "Windows", "workbook", "zeros", "neither", "half a sign"],
)
def test_a_file_is_read_as_spreadsheets_write_it(data: bytes, text: str | None) -> None:
    assert decoded(data) == text
