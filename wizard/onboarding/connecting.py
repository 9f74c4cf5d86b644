"""Connecting: the trips to Google and what is kept of them. A trip's row is all that the way back may read."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from wizard.clock import Clock
from wizard.config import Settings
from wizard.evidence import Account, Outcome, Purpose
from wizard.google import (
    AnswerRefused,
    CodeRefused,
    Consent,
    Google,
    GoogleTrouble,
    GrantDead,
    Permission,
    Question,
    own_words,
    silent_refusal,
)
from wizard.onboarding import held, returning
from wizard.onboarding.judging import judge
from wizard.onboarding.keeping import keep
from wizard.onboarding.referring import note_of, written
from wizard.store import attempts, grants
from wizard.store.attempts import Attempt
from wizard.store.database import db, of_every_clinic
from wizard.store.encryption import Cipher
from wizard.store.people import Person

NextHere = Callable[[int], Person | None]
"""Whose step 2 may be asked for in the trip by which that person leaves the desk; None where there is nobody."""


class Stale(Exception):
    """This answer from Google is unknown, used, too old or another browser's. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Back:
    """Where the browser goes after an answer: on to Google once more (`url`), or to a page of ours by its name."""

    person_id: int
    page: str = ""
    url: str = ""


class Connecting:
    """Begins trips to Google and takes their answers."""

    def __init__(self, google: Google, settings: Settings, clock: Clock, cipher: Cipher) -> None:
        self._google, self._settings, self._clock, self._cipher = google, settings, clock, cipher

    def begin(self, person: Person, workstation_id: int, browser: str, purpose: Purpose, return_to: str) -> str:
        """Note a trip and return Google's address for it; empty when there is nothing to go for (the row says why).

        Raises GoogleTrouble while Google's own description cannot be read; the trip then ends as "could not look".
        """
        with of_every_clinic():
            attempts.forget_secrets(self._clock())
        known = grants.of(person.id, "checker")
        attempt = self._attempt(person.id, workstation_id, browser, purpose, return_to, known.sub if known else "")
        db.session.commit()
        if purpose is Purpose.SIGNED_OUT and not self._lives(attempt, known, before=True):
            return ""
        if known is None:
            return self._depart(attempt, person.google_account)
        return self._depart(attempt, known.sub if purpose is Purpose.SIGNED_OUT else known.email)

    def come_back(self, arguments: dict[str, list[str]], browser: str, next_here: NextHere) -> Back:
        """Take Google's answer. Raises Stale when no trip of this browser waits for it: then nothing is changed."""
        if any(len(values) != 1 for values in arguments.values()):
            raise Stale
        said = {name: values[0] for name, values in arguments.items()}
        attempt = attempts.take(said.get("state", ""), browser, self._clock())
        if attempt is None or ("code" in said) == ("error" in said):
            db.session.commit() if attempt is None else self._end(attempt, Outcome.UNSEEN, "GOOGLE-BUSY")
            raise Stale
        db.session.commit()
        if attempt.purpose == Purpose.SIGNED_OUT.value:
            return self._silent_answer(attempt, said, browser, next_here)
        return self._answer(attempt, said, browser)

    def confirm(self, person: Person, workstation_id: int) -> bool:
        """ "Right?" Yes: keep the consent that waited, if it still may be.

        False when it waited too long, was answered before, or the account became somebody else's meanwhile.
        """
        attempt = attempts.newest(person.id, workstation_id, Purpose.CHECKER)
        consent = self._held(attempt)
        if attempt is None or consent is None:
            return False
        judgement = judge(person.id, Permission.CHECKER, consent, is_confirmed=True)
        if judgement.outcome is not Outcome.GRANTED:
            attempt.held, attempt.taken_by = "", judgement.taken_by
            self._end_kept(attempt, judgement.outcome)
            self._give_back(consent)
            return False
        person.google_account = consent.account.email
        keep(attempt, consent, self._cipher, self._clock())
        db.session.commit()
        return True

    def decline(self, person: Person, workstation_id: int) -> None:
        """ "Right?" Use another account: nothing of the consent is kept."""
        attempt = attempts.newest(person.id, workstation_id, Purpose.CHECKER)
        consent = self._held(attempt)
        if attempt is not None and consent is not None:
            attempt.held = ""
            self._end_kept(attempt, Outcome.DECLINED)
            self._give_back(consent)

    # ── on the way ────────────────────────────────────────────────────────────────────────────────────────────────

    def _attempt(
        self, person_id: int, workstation_id: int, browser: str, purpose: Purpose, return_to: str, sub: str
    ) -> Attempt:
        return attempts.begin(
            purpose,
            person_id=person_id,
            workstation_id=workstation_id,
            browser=browser,
            client_id=self._client_id(purpose),
            return_to=return_to,
            at=self._clock(),
            sub=sub,
        )

    def _client_id(self, purpose: Purpose) -> str:
        writes = purpose is Purpose.INTEGRATION
        return self._settings.integration.id if writes else self._settings.checker.id

    def _depart(self, attempt: Attempt, hint: str) -> str:
        purpose = Purpose(attempt.purpose)
        permission = Permission.INTEGRATION if purpose is Purpose.INTEGRATION else Permission.CHECKER
        stored = grants.of(attempt.person_id, permission.value)
        question = Question(
            permission,
            attempt.state,
            login_hint=hint,
            silent=purpose is Purpose.SIGNED_OUT,
            offline=purpose is not Purpose.SIGNED_OUT and not self._has_token(stored),
            finds_calendar=permission is Permission.INTEGRATION and grants.of(attempt.person_id, "checker") is None,
        )
        db.session.commit()
        try:
            departure = self._google.authorize(question)
        except GoogleTrouble as trouble:
            self._end(attempt, Outcome.UNSEEN, trouble.code, note_of(trouble))
            raise
        attempt.secret = self._cipher.encrypt(departure.secret)
        db.session.commit()
        return departure.url

    def _has_token(self, stored: grants.Grant | None) -> bool:
        """Whether a lasting token is here, alive as far as we know, and can be read with the keys we have."""
        return stored is not None and not stored.is_dead and self._cipher.key_of(stored.refresh_token) is not None

    def _lives(self, attempt: Attempt, known: grants.Grant | None, *, before: bool) -> bool:
        """Ask Google, server to server, whether the checker's permission is alive; if it is not, the trip ends here."""
        if known is None or known.is_dead:
            self._end(attempt, Outcome.PERMISSION_GONE)
            return False
        grant_id = known.id
        db.session.commit()
        try:
            self._google.refresh(grant_id)
        except GrantDead:
            self._end(attempt, Outcome.PERMISSION_GONE)
            return False
        except GoogleTrouble as trouble:
            self._end(attempt, Outcome.UNSEEN, trouble.code, note_of(trouble))
            return False
        if before:
            attempt.alive_before = True
        else:
            attempt.alive_after = True
        db.session.commit()
        return True

    def _end(self, attempt: Attempt, outcome: Outcome, failure: str = "", note: str = "") -> None:
        db.session.rollback()
        attempt.end(outcome, self._clock(), failure=failure, note=note)
        db.session.commit()

    # ── a silent sign-in ──────────────────────────────────────────────────────────────────────────────────────────

    def _silent_answer(self, attempt: Attempt, said: dict[str, str], browser: str, next_here: NextHere) -> Back:
        back = Back(*returning.page_of(attempt.return_to, attempt.person_id))
        if "code" in said:
            consent = self._exchange(attempt, Permission.CHECKER, said)
            if consent is not None:
                _note_account(attempt, consent.account)
                self._end_kept(attempt, Outcome.SIGNED_IN)
            return back
        outcome = silent_refusal(said["error"], said.get("error_subtype", ""))
        if outcome is not Outcome.REFUSED or not attempt.is_hinted:
            self._end(attempt, outcome, "" if outcome is not Outcome.UNSEEN else "GOOGLE-BUSY")
            return back
        if attempt.return_to == returning.CONTROL:
            self._end_kept(attempt, Outcome.REFUSED)
            return back
        if not self._lives(attempt, grants.of(attempt.person_id, "checker"), before=False):
            return back
        self._end_kept(attempt, Outcome.REFUSED)
        url = self._next_person_url(attempt, browser, next_here) if attempt.return_to == returning.LEAVING else ""
        return replace(back, url=url or self._lone_account_url(attempt, browser))

    def _next_person_url(self, left: Attempt, browser: str, next_here: NextHere) -> str:
        """The sign-out that ends one person's turn is the next one's step 2: her own account is asked for, by her own
        permission, as a trip of hers. The question without a hint then follows hers.
        """
        following = next_here(left.person_id)
        if following is None:
            return ""
        try:
            return self.begin(
                following, left.workstation_id, browser, Purpose.SIGNED_OUT, returning.record_of(left.person_id)
            )
        except GoogleTrouble:
            return ""

    def _lone_account_url(self, hinted: Attempt, browser: str) -> str:
        """A second question, without a hint: it names another account that is alone in this browser."""
        second = attempts.begin(
            Purpose.SIGNED_OUT,
            person_id=hinted.person_id,
            workstation_id=hinted.workstation_id,
            browser=browser,
            client_id=hinted.client_id,
            return_to=hinted.return_to,
            at=self._clock(),
            sub=hinted.sub,
            is_hinted=False,
        )
        try:
            return self._depart(second, "")
        except GoogleTrouble:
            return ""

    # ── a consent ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _answer(self, attempt: Attempt, said: dict[str, str], browser: str) -> Back:
        back = Back(attempt.person_id, attempt.return_to)
        if "error" in said:
            cancelled = said["error"] == "access_denied"
            busy = said["error"] in {"server_error", "temporarily_unavailable"}
            failure = "" if cancelled else "GOOGLE-BUSY" if busy else "OPERATOR-SETUP"
            told = own_words(": ".join(filter(None, (said["error"], said.get("error_description", "")))))
            note = written(told) if failure == "OPERATOR-SETUP" else ""
            self._end(attempt, Outcome.CANCELLED if cancelled else Outcome.UNSEEN, failure, note)
            return back
        permission = Permission.INTEGRATION if attempt.purpose == Purpose.INTEGRATION.value else Permission.CHECKER
        consent = self._exchange(attempt, permission, said)
        if consent is None:
            return back
        _note_account(attempt, consent.account)
        is_unwatched = permission is Permission.INTEGRATION and grants.of(attempt.person_id, "checker") is None
        attempt.missing = list(consent.missing(permission, finds_calendar=is_unwatched))
        judgement = judge(attempt.person_id, permission, consent)
        outcome, attempt.taken_by = judgement.outcome, judgement.taken_by
        if outcome is Outcome.TO_CONFIRM:
            attempt.held = self._cipher.encrypt(held.written(consent))
        if outcome is Outcome.GRANTED:
            keep(attempt, consent, self._cipher, self._clock())
            db.session.commit()
        else:
            self._end_kept(attempt, outcome)
        if outcome in {Outcome.WRONG_ACCOUNT, Outcome.TAKEN_ACCOUNT}:
            self._give_back(consent)
        if permission is Permission.CHECKER and outcome in {Outcome.GRANTED, Outcome.TO_CONFIRM}:
            return Back(attempt.person_id, attempt.return_to, self._control_url(attempt, consent.account, browser))
        return back

    def _control_url(self, connected: Attempt, account: Account, browser: str) -> str:
        """The address of the control, right after step 1, while the account is signed in here for certain.

        Empty where this client has one already.
        """
        if attempts.control_exists(self._settings.checker.id):
            return ""
        who, here = connected.person_id, connected.workstation_id
        attempt = self._attempt(who, here, browser, Purpose.SIGNED_OUT, returning.CONTROL, account.sub)
        try:
            return self._depart(attempt, account.sub)
        except GoogleTrouble:
            return ""

    def _exchange(self, attempt: Attempt, permission: Permission, said: dict[str, str]) -> Consent | None:
        """The consent behind a code; None when Google could not be asked. Raises Stale for an answer that is forged."""
        secret = self._opened(attempt.secret)
        db.session.commit()
        try:
            return self._google.finish(permission, said["code"], secret, said.get("iss", ""))
        except (AnswerRefused, CodeRefused) as error:
            self._end(attempt, Outcome.UNSEEN, "TRIP-STALE")
            raise Stale from error
        except GoogleTrouble as trouble:
            self._end(attempt, Outcome.UNSEEN, trouble.code, note_of(trouble))
            return None

    def _held(self, attempt: Attempt | None) -> Consent | None:
        if attempt is None or attempt.outcome != Outcome.TO_CONFIRM.value or not attempt.held:
            return None
        if self._clock() - attempt.begun_at > attempts.HELD_FOR:
            return None
        consent = self._opened(attempt.held)
        return held.read(consent) if consent else None

    def _opened(self, secret: str) -> str:
        """What was written down for a trip; empty where nothing was, or where its key was taken away meanwhile."""
        return self._cipher.decrypt(secret) if self._cipher.key_of(secret) is not None else ""

    def _give_back(self, consent: Consent) -> None:
        """Revoke what came for a wrong account, but only where nobody here lives by it: revoking ends a whole project."""
        with of_every_clinic():
            in_use = grants.users_of(consent.account.sub) or attempts.waits_for(consent.account.sub)
        db.session.commit()
        if in_use:
            return
        try:
            self._google.give_back(consent)
        except GoogleTrouble:
            return  # nothing of it is kept here; at Google it stays listed until the person removes it

    def _end_kept(self, attempt: Attempt, outcome: Outcome) -> None:
        attempt.end(outcome, self._clock())
        db.session.commit()


def _note_account(attempt: Attempt, account: Account) -> None:
    attempt.came_sub, attempt.came_email, attempt.came_hd = account.sub, account.email, account.hd
