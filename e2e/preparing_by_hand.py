"""The same steps where the clinic has its own PIMSY: they are told, and PIMSY's event is put on Google as it would."""

import re
from typing import Final

import requests

from e2e.pages.tab import A_MOMENT_S
from e2e.preparing import NAME, Preparing
from wizard.views.tryout_sentences import known_at

TEST_TIME: Final = re.compile(r"<strong>\w+ \w+ \d+, (\d+):(\d\d) AM, \d+ minutes</strong>")
LASTS_MIN: Final = 10


class PreparingByHand(Preparing):
    """One person at one desk of that clinic."""

    __slots__ = ("_starts",)

    def turns_on_the_setting(self) -> None:
        self._tells("enable-setting", "saved")

    def saves_the_folder(self) -> None:
        self._tells("personnel-folder", "saved")

    def books(self) -> None:
        found = TEST_TIME.search(self._tells("test-appointment", "booked"))
        assert found, "step 5 names no test time early in the morning"
        self._starts = int(found[1]), int(found[2])

    def accepts(self) -> None:
        self.installation.world.clock.advance(A_MOMENT_S)
        hour, minute = self._starts
        known = known_at(self.installation.world.now())
        moments = {
            side: {"dateTime": f"{known['day']}T{hour:02}:{at:02}:00", "timeZone": known["zone"]}
            for side, at in (("start", minute), ("end", minute + LASTS_MIN))
        }
        event = {"email": self.account, "calendar": NAME, "resource": {"summary": "T.C.", **moments}}
        address = f"{self.installation.google_url}/_world/events"
        requests.post(address, json=event, timeout=5).raise_for_status()
        self.looks_again("accept")
        self.looks_at_the_title()

    def _tells(self, step: str, answer: str) -> str:
        """The page on which it was told."""
        page = self._get(f"{self.path}/{step}").text()
        self._send(page, f"{self.path}/{step}", answer=answer)
        return page
