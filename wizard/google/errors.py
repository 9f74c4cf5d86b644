"""What can go wrong at Google, in our words. No error carries a token, a code, a secret or an e-mail in its text."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from wizard.google.events import Found


class GoogleTrouble(Exception):
    """Google did not give what was asked for."""

    code: ClassVar[str] = "OUR-FAULT"
    """The verdict this failure is shown as; stable, for logs and tests."""

    said: str = ""
    """Google's own words, cleaned, where nobody here knows better ones."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class GoogleSilent(GoogleTrouble):
    """Google, or the network before it, gives no answer that can be used. Time cures it."""

    code = "GOOGLE-BUSY"

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__()
        self.retry_after = retry_after
        """Seconds Google asked us to wait; None where it did not say."""


class TooFast(GoogleSilent):
    """Google answers, and asks for fewer questions: of this account, or of the whole installation."""


class LockBusy(GoogleSilent):
    """Somebody else has been refreshing this permission for longer than we wait. Raised by a Vault's `lock`."""


class QuotaUsed(GoogleTrouble):
    """The account's usage limit is used up, for several hours."""

    code = "QUOTA"


class GrantDead(GoogleTrouble):
    """The permission is gone: the person has to be asked again."""

    code = "REVOKED"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        """ "invalid_grant"; "invalid_rapt" (the organisation wants a fresh sign-in); "forgotten": not kept here any more."""


class GrantNarrow(GoogleTrouble):
    """The permission does not reach far enough: a box was left empty."""

    code = "GRANT-PART"


class CalendarGone(GoogleTrouble):
    """The calendar is deleted, or this account cannot see it any more."""

    code = "CAL-GONE"


class CalendarOthers(GoogleTrouble):
    """The calendar belongs to somebody else."""

    code = "CAL-OTHERS"


class CalendarOff(GoogleTrouble):
    """Google Calendar is turned off for this account."""

    code = "GOOGLE-NOCAL"


class InstallationWrong(GoogleTrouble):
    """This installation is not set up right at Google; its operator has to look."""

    code = "OPERATOR-SETUP"

    def __init__(self, said: str = "") -> None:
        super().__init__()
        self.said = said


class ClockWrong(GoogleTrouble):
    """The clock of this computer is more than 2 minutes off Google's, so a sign-in cannot be verified."""

    code = "CLOCK"

    def __init__(self, off: timedelta = timedelta(0)) -> None:
        super().__init__()
        self.off = off
        """How far, whichever way."""


class AnswerRefused(GoogleTrouble):
    """The answer is not one to our question, or not Google's. Nothing may be changed because of it."""

    code = "TRIP-STALE"


class CodeRefused(GoogleTrouble):
    """The code was used before, is too old, or was given to somebody else. Nothing may be changed because of it."""

    code = "TRIP-STALE"


class AnswerUnreadable(GoogleTrouble):
    """Google answered what we do not understand. The fault is ours."""

    def __init__(self, said: str = "") -> None:
        super().__init__()
        self.said = said


class AlienEvent(GoogleTrouble):
    """Under the id of our event lies one that is not ours."""


class ChangedThere(GoogleTrouble):
    """Somebody else decided about our event at Google since we wrote it. Nothing may be overwritten."""

    def __init__(self, found: "Found") -> None:
        super().__init__()
        self.found = found
        """What stands there now."""


class MovedThere(ChangedThere):
    """Somebody moved our event in Google."""

    code = "MOVED-THERE"


class GoneThere(ChangedThere):
    """Somebody deleted our event in Google."""

    code = "GONE-THERE"


class SyncTokenOld(AnswerUnreadable):
    """410: how far we had read is too long ago; the whole calendar has to be read anew."""


class NotFound(AnswerUnreadable):
    """404: the calendar or the event is not there for this account."""


class AlreadyGone(AnswerUnreadable):
    """410: it was deleted before."""


class IdTaken(AnswerUnreadable):
    """409: that id was used before, if only by an event deleted since."""


class Changed(AnswerUnreadable):
    """412: it is not as it was when we read it."""


class Unchanged(AnswerUnreadable):
    """304: it is still as it was when we read it."""


class AccessRefused(AnswerUnreadable):
    """401: this access token opens nothing any more."""
