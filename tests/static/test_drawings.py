"""The drawings can be read aloud, follow the page's colours, and are not older than they say."""

import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]
DRAWINGS = sorted((ROOT / "static" / "drawings").glob("*.svg"))
PART = (ROOT / "templates" / "parts" / "_drawing.html").read_text()
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "rect", "circle", "path", "text", "tspan")}

drawings = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)


def captions() -> dict[str, str]:
    """Name -> caption (as written in the part), out of the table in the part that shows a drawing."""
    return dict(re.findall(r'^  "([\w-]+)": (.+),$', PART, re.MULTILINE))


@drawings
def test_drawing_has_a_title_and_the_same_facts_in_words(path: Path) -> None:
    root = ET.parse(path).getroot()
    title, desc = root[0], root[1]

    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}" == f"{path.stem}-title {path.stem}-desc"
    assert title.text
    assert desc.text
    assert desc.text.endswith(".")


@drawings
def test_drawing_is_lines_and_letters_only(path: Path) -> None:
    elements = list(ET.parse(path).getroot().iter())

    assert {element.tag for element in elements} <= ALLOWED
    assert [element.get("id") for element in elements if element.get("id")] == [
        f"{path.stem}-title",
        f"{path.stem}-desc",
    ]
    for element in elements:
        assert not set(element.keys()) & {"style", "tabindex", "href", "focusable"}


@drawings
def test_drawing_takes_its_colours_from_the_page(path: Path) -> None:
    root = ET.parse(path).getroot()
    css = (ROOT / "static" / "css" / "drawings.css").read_text()
    used = {name for element in root.iter() for name in element.get("class", "").split()}

    assert (root.get("fill"), root.get("stroke")) == ("none", "currentColor")
    assert used
    assert used <= set(re.findall(r"\.(d-[\w-]+)", css))
    assert not [e.tag for e in root.iter() if e is not root and set(e.keys()) & {"fill", "stroke"}]


@drawings
def test_drawing_stays_readable_on_a_phone(path: Path) -> None:
    root = ET.parse(path).getroot()

    assert re.fullmatch(r"0 0 360 \d+", root.get("viewBox", ""))


def test_every_drawing_has_a_caption_and_every_caption_a_drawing() -> None:
    assert set(captions()) == {path.stem for path in DRAWINGS}


def test_drawings_of_foreign_pages_were_compared_within_a_year() -> None:
    month, year = map(int, re.findall(r'set checked = "(\d\d)/(\d{4})"', PART)[0])
    now = datetime.now(UTC)

    age_in_months = (now.year - year) * 12 + now.month - month

    assert age_in_months <= 12, "Compare the drawings with Google's pages of today, then date them anew"
