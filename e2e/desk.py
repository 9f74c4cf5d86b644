"""The sample clinic as a story sees it: its desks, each a browser of its own that nobody used before."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, StorageState

from e2e.launcher import Installation
from e2e.pages.start import StartPage
from e2e.pages.tab import S, Tab
from e2e.preparing import Preparing
from e2e.preparing_by_hand import PreparingByHand
from e2e.seeing import DESKTOP, PHONE, Seeing


@dataclass(frozen=True, slots=True)
class Desk:
    """A computer of the clinic: one browser with its cookies."""

    name: str
    context: BrowserContext
    installation: Installation
    seeing: Seeing

    def opens_the_wizard(self) -> StartPage:
        return self.opens("/", StartPage)

    def opens(self, path: str, to: type[S]) -> S:
        """An address of the wizard, in a tab of its own."""
        return self.new_tab().visits(self.installation.url + path, to)

    def opens_at_google(self, path: str, to: type[S]) -> S:
        """An address of Google, in a tab of its own."""
        return self.new_tab().visits(self.installation.google_url + path, to)

    def new_tab(self) -> Tab:
        return Tab(self.context.new_page(), self.installation.world, self.seeing)

    def prepares(self, person: str, account: str = "", practice: str = "builtin") -> Preparing:
        """This person's steps here, done over HTTP: for state that is not the story's subject."""
        prepares = Preparing if practice == "builtin" else PreparingByHand
        return prepares(self.installation, self.context.request, self.new_tab, self.name, person, account)

    def closes(self) -> StorageState:
        """The browser is closed; what it remembers are the cookies that were to outlive it."""
        remembered = self.context.storage_state()
        remembered["cookies"] = [cookie for cookie in remembered["cookies"] if cookie.get("expires", -1) != -1]
        self.seeing.looks_at_all()
        self.seeing.contexts.remove(self.context)
        self.context.close()
        return remembered


@dataclass(frozen=True, slots=True)
class Clinic:
    """One installation, and the browsers of its computers."""

    installation: Installation
    new_context: Callable[..., BrowserContext]
    seeing: Seeing
    signs_in: Callable[[], tuple[str, str]] | None = (
        None  # a cookie for every new desk, where nobody is signed in by himself
    )

    def desk(
        self,
        name: str = "Front desk 1",
        *,
        javascript: bool = True,
        phone: bool = False,
        dark: bool = False,
        remembers: StorageState | None = None,
    ) -> Desk:
        width, height = PHONE if phone else DESKTOP
        given: dict[str, object] = {
            "viewport": {"width": width, "height": height},
            "color_scheme": "dark" if dark else "light",
        }
        if remembers is not None:
            given["storage_state"] = remembers
        context = self.new_context(**given, java_script_enabled=javascript)
        if self.signs_in is not None and remembers is None:
            cookie, value = self.signs_in()
            context.add_cookies([{"name": cookie, "value": value, "url": self.installation.url, "sameSite": "Lax"}])
        self.seeing.watches(context, twin=None if javascript else self.new_context(**given))
        return Desk(name, context, self.installation, self.seeing)
