"""The colours carry their words: each pair that meets on screen, computed again from the CSS by the WCAG formula."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TEXT = 4.5  # www.w3.org/TR/WCAG22/#contrast-minimum
CONTROL = 3.0  # www.w3.org/TR/WCAG22/#non-text-contrast

PAIRS = [
    ("ink", "bg", TEXT),
    ("ink", "card", TEXT),
    ("ink", "accent-tint", TEXT),
    ("ink", "none-tint", TEXT),
    ("ink", "practice-tint", TEXT),
    ("muted", "bg", TEXT),
    ("muted", "card", TEXT),
    ("muted", "none-tint", TEXT),
    ("muted", "practice-tint", TEXT),
    ("accent", "bg", TEXT),
    ("accent", "card", TEXT),
    ("accent", "accent-tint", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    ("accent-hover", "accent-tint", TEXT),
    ("accent-hover", "card", TEXT),
    ("ok", "ok-tint", TEXT),
    ("ok", "bg", TEXT),
    ("ok", "card", TEXT),
    ("wait", "wait-tint", TEXT),
    ("wait", "bg", TEXT),
    ("warn", "warn-tint", TEXT),
    ("error", "error-tint", TEXT),
    ("error", "bg", TEXT),
    ("error", "card", TEXT),
    ("none", "none-tint", TEXT),
    ("practice", "practice-tint", TEXT),
    ("practice", "card", TEXT),
    ("on-practice", "practice", TEXT),
    ("on-practice", "practice-hover", TEXT),
    ("practice-hover", "practice-tint", TEXT),
    ("control", "bg", CONTROL),
    ("control", "card", CONTROL),
    ("control", "none-tint", CONTROL),
    ("focus", "bg", CONTROL),
    ("focus", "card", CONTROL),
    ("focus", "accent-tint", CONTROL),
    ("focus", "error-tint", CONTROL),
    ("focus", "practice-tint", CONTROL),
]


def colours(css: str) -> dict[str, str]:
    """The custom properties that are plain colours: name without dashes -> six hexadecimal digits."""
    return dict(re.findall(r"--([\w-]+): #([0-9A-Fa-f]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": colours(dark)}


def luminance(colour: str) -> float:
    """The relative luminance, 0 to 1. Source: www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio, 1 to 21. Source: www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_the_greatest() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("upper", "lower", "least"), PAIRS)
def test_contrast_of_each_pair_that_meets(scheme: str, upper: str, lower: str, least: float) -> None:
    colour = schemes()[scheme]

    assert contrast(colour[upper], colour[lower]) >= least


def test_both_schemes_name_the_same_colours() -> None:
    scheme = schemes()

    assert scheme["light"].keys() == scheme["dark"].keys()


def test_every_colour_used_has_a_name() -> None:
    named = set(re.findall(r"(--[\w-]+):", (CSS / "tokens.css").read_text()))
    for sheet in CSS.glob("*.css"):
        text = sheet.read_text()

        assert set(re.findall(r"var\((--[\w-]+)", text)) <= named, sheet.name
        if sheet.name not in {"tokens.css", "print.css"}:  # paper is black and white
            assert re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(|hsla?\(", text) == [], sheet.name
