"""A person's steps done over HTTP, as a browser without pages would: for state that is not a story's subject."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import APIRequestContext, APIResponse

from e2e.forms import Form, forms_of
from e2e.launcher import Installation
from e2e.pages.people import HubPage
from e2e.pages.step import P
from e2e.pages.tab import A_MOMENT_S, Tab

NAME = "PIMSY Calendar"
STEPS = ("create-calendar", "sign-out", "enable-setting", "personnel-folder", "test-appointment", "accept")
ACCOUNTS = {
    "Maria Lopez": "maria@clinic.example",
    "Joe Hale": "joe@clinic.example",
    "Sam Reed": "sam@clinic.example",
    "Ana Brook": "ana@clinic.example",
}


@dataclass(slots=True)
class Preparing:
    """One person at one desk. Every deed leaves the wizard where a person doing the same would have left it."""

    installation: Installation
    request: APIRequestContext
    new_tab: Callable[[], Tab]
    desk: str
    person: str
    account: str = ""
    id: int = 0

    def __post_init__(self) -> None:
        self.account = self.account or ACCOUNTS[self.person]

    def up_to(self, slug: str) -> "Preparing":
        """Everything before that step is done; "record" comes after the last."""
        self.begins()
        for step in STEPS[: (*STEPS, "record").index(slug)]:
            self.does(step)
        return self

    def does(self, step: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "create-calendar": self.connects_and_creates_the_calendar,
            "sign-out": self.signs_out,
            "enable-setting": self.turns_on_the_setting,
            "personnel-folder": self.saves_the_folder,
            "test-appointment": self.books,
            "accept": self.accepts,
        }
        deeds[step]()

    def again_here(self) -> "Preparing":
        """All that is left for a person who is set up at another computer."""
        for deed in (self.begins, self.signs_out, self.books, self.accepts):
            deed()
        return self

    def opens(self, step: type[P]) -> P:
        """The page of a step, in a tab of its own."""
        return self.new_tab().visits(f"{self.installation.url}{self.path}/{step.SLUG}", step)

    def opens_the_hub(self) -> HubPage:
        return self.new_tab().visits(self.installation.url + self.path, HubPage)

    @property
    def path(self) -> str:
        """Where this person's steps lie."""
        return f"/setup/{self.id}"

    def begins(self) -> "Preparing":
        page = self._get("/").text()
        radio = re.search(rf'value="(\d+)"[^>]*>\s*<label[^>]*>{re.escape(self.person)}<', page)
        assert radio, f"{self.person} cannot be chosen on the start page"
        self.id = int(radio[1])
        name = {"workstation": self.desk} if 'name="workstation"' in page else {}
        self._send(page, "/", person=radio[1], **name)
        return self

    def connects_and_creates_the_calendar(self) -> None:
        world = self.installation.world
        if NAME not in [calendar.summary for calendar in world.calendars_of(self.account)]:
            world.adds_calendar(self.account, NAME)
        self.installation.google.accepts(self.account)
        page = self._get(f"/google/connect/{self.id}/checker").text()
        if "ACC-CONFIRM" in page:
            self._send(page, f"{self.path}/create-calendar", answer="yes")

    def signs_out(self) -> None:
        self.request.get(f"{self.installation.google_url}/Logout")
        self._get(f"/google/connect/{self.id}/signed-out")

    def turns_on_the_setting(self) -> None:
        page = self._get(f"{self.path}/enable-setting").text()
        self._send(page, "/practice/settings", **{"value-233": "True"})

    def saves_the_folder(self) -> None:
        page = self._get(f"{self.path}/personnel-folder").text()
        self._send(page, f"/practice/personnel/{self.id}", google_account=self.account)

    def books(self) -> None:
        page = self._get(f"{self.path}/test-appointment").text()
        self._send(page, f"/practice/calendar/{self.id}/appointments")

    def accepts(self) -> None:
        self.installation.google.accepts(self.account)
        self._get(f"/google/connect/{self.id}/integration")
        self.installation.delivers()
        self.looks_again("accept")
        self.looks_at_the_title()

    def looks_at_the_title(self) -> None:
        """The round waits for it, once in a clinic."""
        page = self._get(f"{self.path}/title").text()
        if 'value="none"' in page:
            self._send(page, f"{self.path}/title/answer", shows="none")

    def looks_again(self, slug: str) -> None:
        page = self._get(f"{self.path}/{slug}").text()
        self._send(page, f"{self.path}/{slug}/check", now="1")

    def _get(self, path: str) -> APIResponse:
        self.installation.world.clock.advance(A_MOMENT_S)
        return self._went_well(self.request.get(self.installation.url + path))

    def _send(self, page: str, action: str, **typed: str) -> None:
        """Send the page's form of that address as it stands, but for what is typed."""
        form = next((form for form in forms_of(page) if form.action == action and action), None)
        assert form is not None, f"no form of the page leads to {action}"
        self._post(form, typed)

    def _post(self, form: Form, typed: dict[str, str]) -> None:
        fields: dict[str, str | float | bool] = {**form.fields, **typed}
        self._went_well(self.request.post(self.installation.url + form.action, form=fields))

    @staticmethod
    def _went_well(answer: APIResponse) -> APIResponse:
        assert answer.ok, f"{answer.status} {answer.url}\n{answer.text()[:2000]}"
        return answer
