"""A story told while it happens: a sentence for each step, and a picture of what was on the screen then."""

import base64
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from playwright.sync_api import Page

JPEG_QUALITY: Final = 30
SHOW_CAPTION: Final = """(words) => {
    const caption = document.getElementById("story-caption") ?? document.createElement("p");
    caption.id = "story-caption";
    caption.ariaHidden = "true";
    caption.textContent = words;
    Object.assign(caption.style, {position: "fixed", insetInline: "0", bottom: "0", zIndex: "9999", margin: "0",
        padding: "0.75rem 1.5rem", background: "#111", color: "#fff", font: "1.25rem/1.4 system-ui", pointerEvents: "none"});
    document.body.append(caption);
}"""
"""Beside the page rather than of it: hidden from what reads aloud, and in the way of nobody's click."""

LOOKS: Final[dict[str, dict[str, Any]]] = {
    "light": {"color_scheme": "light", "media": "screen", "width": 1200},
    "dark": {"color_scheme": "dark", "media": "screen", "width": 1200},
    "390 px": {"color_scheme": "light", "media": "screen", "width": 390},
    "print": {"color_scheme": "light", "media": "print", "width": 794},  # A4 at 96 dots an inch
}


@dataclass(slots=True)
class Step:
    """One sentence; `pictures` are data: addresses by the name of the look."""

    sentence: str
    where: str = ""  # the title of the page it led to
    pictures: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Telling:
    """The steps of one story, oldest first. Without pictures and captions it keeps nothing but sentences."""

    takes: frozenset[str] = frozenset()  # the looks a step is pictured in
    captions: bool = False
    only: frozenset[str] | None = None  # picture these steps alone
    steps: list[Step] = field(default_factory=list)

    def tell(self, sentence: str, page: Page) -> None:
        """What was just done, and the page as it is now."""
        step = Step(sentence)
        self.steps.append(step)
        if self.captions:
            page.evaluate(SHOW_CAPTION, sentence)
        if self.takes and (self.only is None or sentence in self.only):
            step.where = page.title()
            whole = len(self.takes) > 1  # looks are held beside each other, steps of a story are not
            step.pictures = {look: picture(page, look, whole=whole) for look in LOOKS if look in self.takes}

    def visit(self, page: Page) -> None:
        """A page that a story without sentences came to or leaves: its title is its sentence."""
        if not (self.takes or self.captions):
            return
        where = page.title()
        if not self.steps or self.steps[-1].where != where:
            self.tell(where, page)
            self.steps[-1].where = where

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(step) for step in self.steps]


def picture(page: Page, look: str, *, whole: bool) -> str:
    """The page in that look, or what of it is on the screen, as a data: address; afterwards it is as before."""
    how, before = LOOKS[look], page.viewport_size
    is_plain = look == "light"
    if not is_plain:
        page.emulate_media(color_scheme=how["color_scheme"], media=how["media"])
        page.set_viewport_size({"width": how["width"], "height": 900})
    taken = page.screenshot(type="jpeg", quality=JPEG_QUALITY, scale="css", full_page=whole)
    if not is_plain:
        page.emulate_media(color_scheme="light", media="screen")
        if before:
            page.set_viewport_size(before)
    return f"data:image/jpeg;base64,{base64.b64encode(taken).decode()}"
