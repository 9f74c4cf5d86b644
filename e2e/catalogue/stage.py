"""Where a scenario is played: its desks, the tab in front of us, and what Google answered last."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, Request

from e2e.catalogue.elsewhere import Elsewhere
from e2e.desk import Clinic, Desk
from e2e.pages.tab import A_MOMENT_S, AnyPage, S, Tab
from e2e.preparing import Preparing
from wizard.views.tryout_scenarios import Scenario
from wizard.views.tryout_sentences import WorldAct, asks_of, known_at

CALLBACK = "/google/callback?"


@dataclass(eq=False)  # no slots: Playwright notes its handlers on their owner
class Stage:
    """One scenario under way. `tells` hears every sentence once it was done, with the page it led to."""

    clinic: Clinic
    scenario: Scenario
    world_acts: tuple[WorldAct, ...]
    tells: Callable[[str, Page], None]
    desk: Desk = field(init=False)
    preparing: Preparing = field(init=False)
    answers: list[str] = field(default_factory=list)  # the paths by which Google answered, oldest first
    beside: Desk | None = None  # another machine that stands beside this one
    _tab: Tab | None = None

    def __post_init__(self) -> None:
        self.clinic.seeing.tells = None  # sentences tell more than the titles of pages
        for words in self.scenario.lets_by:
            self.clinic.seeing.lets_by(words)
        self.sits_down_at(self.scenario.computer)

    @property
    def google_url(self) -> str:
        return self.clinic.installation.google_url

    @property
    def has_page(self) -> bool:
        return self._tab is not None and not self._tab.page.is_closed()

    @property
    def person(self) -> str:
        return self.preparing.person

    @property
    def tab(self) -> Tab:
        """The tab in front of us."""
        assert self._tab is not None, "no page is open yet: begin with 'open step 1' or another page of the wizard"
        return self._tab

    def sits_down_at(self, computer: str) -> None:
        """Another browser from here on, in front of the same person."""
        self.desk = self.clinic.desk(computer)
        self.desk.context.on("request", self._hear)
        self.turns_to(self.scenario.person)

    def turns_to(self, person: str) -> None:
        """Another person, at the same computer."""
        self.preparing = self.desk.prepares(person, practice=self.scenario.practice)

    def stands_beside(self) -> BrowserContext:
        """One more machine beside the one in front of us, with a browser that nobody used before."""
        self.beside = self.clinic.desk(self.desk.name)
        return self.beside.context

    def turns_to_the_other_machine(self) -> None:
        """From the one in front of us to the one beside it, and the same person with us."""
        assert self.beside is not None, "there is one machine only"
        self.desk, self.beside = self.beside, self.desk
        person_id = self.preparing.id
        self.turns_to(self.person)
        self.preparing.id = person_id

    def prepares(self, until: str) -> None:
        """Everything before that step is done, without pages."""
        self.preparing.up_to(until)

    def world_does(self, sentence: str) -> bool:
        """Whether that sentence is one about the world; then it is true now."""
        asks = asks_of(sentence, self.world_acts, known_at(self.clinic.installation.world.now()))
        for ask in asks:
            ask.send(self.google_url)
        return bool(asks)

    def opens(self, path: str, screen: type[S]) -> S:
        """An address of the wizard, in the tab in front of us, or in a new one where none is open."""
        if self._tab is None or self._tab.page.is_closed() or self._tab.page.context is not self.desk.context:
            self._tab = self.desk.new_tab()
        return self._tab.visits(self.clinic.installation.url + path, screen)

    @contextmanager
    def at_google(self, path: str, screen: type[S]) -> Iterator[S]:
        """An address of Google in a tab of its own, closed at the end: then we are back where we were."""
        page = self.desk.opens_at_google(path, screen)
        yield page
        for tab in self.desk.context.pages:
            if tab.url.startswith(self.google_url) and not (self._tab and tab == self._tab.page):
                tab.close()
        if self.has_page:
            self.comes_back()

    def comes_back(self) -> None:
        """The tab in front of us again after another one: a browser with a window says so to the page, ours does not."""
        self.clinic.installation.world.clock.advance(A_MOMENT_S)
        self.tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def lets_a_moment_pass(self) -> None:
        """A press moves the clock here; elsewhere only waiting does."""
        installation = self.clinic.installation
        if isinstance(installation, Elsewhere):
            installation.lets_a_moment_pass()

    def arrives(self) -> None:
        """The page in front of us, wherever it led, once its heading is there."""
        self.tab.shows(AnyPage)

    def _hear(self, request: Request) -> None:
        if CALLBACK in request.url:
            self.answers.append(request.url.removeprefix(self.clinic.installation.url))
