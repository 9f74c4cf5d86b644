"""What a person sees now, held against what the scenario says must be seen."""

import re
from typing import Final

from playwright.sync_api import Locator, expect

from e2e.catalogue.stage import Stage
from e2e.pages.people import OverviewPage
from e2e.pages.step import StepPage
from wizard.steps import STEPS
from wizard.steps.step import Once
from wizard.views.tryout_scenarios import Sight

PLACE: Final = re.compile(r"/setup/\d+/([\w-]+)")


def compare(stage: Stage, sight: Sight) -> None:
    """Raises AssertionError for the first thing that is not to be seen within a few seconds."""
    page = StepPage(stage.tab)
    if sight.status or sight.headline or sight.code:
        _panel(page, sight)
    main = stage.tab.page.get_by_role("main")
    if sight.heading:
        expect(main.get_by_role("heading", level=1)).to_have_text(sight.heading)
    for words in sight.says:
        expect(main).to_contain_text(words)
    for words in sight.cure:
        expect(stage.tab.button(words).or_(stage.tab.link(words)).first).to_be_visible()
    if sight.card is not None:
        expect(main.get_by_role("link", name=re.compile(r"^card \d\d$"))).to_have_count(int(sight.card))
    _around(stage, page, sight)
    stage.tab.seeing.looks(stage.tab.page)


def _panel(page: StepPage, sight: Sight) -> None:
    if sight.status:
        expect(page.verdict.locator(".status__word").first).to_have_text(sight.status)
    if sight.headline:
        expect(_headline(page)).to_have_text(sight.headline)
    if sight.code:
        expect(page.verdict.locator("input[name=seen]")).to_have_value(re.compile(rf"^\w+:{sight.code}:"))


def _headline(page: StepPage) -> Locator:
    return page.verdict.get_by_role("heading").or_(page.verdict.locator(".check__sentence")).first


def to_the_letter(words: str) -> re.Pattern[str]:
    """These words and no others, but for "…": that stands for what is another at each run, such as the time."""
    return re.compile(f"^{'.+'.join(re.escape(part) for part in words.split('…'))}$")


def _around(stage: Stage, page: StepPage, sight: Sight) -> None:
    if sight.rail:
        expect(page.rail.locator("[aria-current=step]")).to_contain_text(sight.rail)
    if sight.title:
        expect(stage.tab.page).to_have_title(sight.title)
    if sight.announced:
        expect(page.spoken).to_have_text(to_the_letter(sight.announced))
    if sight.trouble:
        expect(stage.tab.page.locator("#trouble")).to_contain_text(sight.trouble)
    if sight.goes_on is not None:
        expect(page.way_on).to_be_visible(visible=sight.goes_on)
    if sight.overview:
        overview = stage.desk.opens("/overview", OverviewPage)
        expect(_cell(stage, overview)).to_contain_text(sight.overview)
        overview.tab.closes()


def _cell(stage: Stage, overview: OverviewPage) -> Locator:
    """The cell that stands for the page in front of us: the clinic's line, the person's, or this desk's."""
    place = PLACE.search(stage.tab.page.url)
    once = next((step.once for step in STEPS if place and step.slug == place[1]), Once.DESK)
    if once is Once.CLINIC:
        return overview.main.get_by_text("System setting -233:")
    return overview.cell(stage.person, "For the person" if once is Once.PERSON else stage.desk.name)
