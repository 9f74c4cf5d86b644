"""Leading a browser to Google and exchanging what it brings back."""

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.travel import Traveller, asked
from wizard.google import (
    CHECKER_SCOPES,
    INTEGRATION_SCOPES,
    AnswerRefused,
    CodeRefused,
    Consent,
    Departure,
    Google,
    GoogleSilent,
    InstallationWrong,
    Permission,
    Question,
)

MARIA = "maria@clinic.example"
ASKED_ALWAYS = {"client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "prompt"}
PKCE = {"code_challenge", "code_challenge_method"}


def test_the_checker_is_asked_for_with_the_page_shown_every_time(google: Google) -> None:
    departure = google.authorize(Question(Permission.CHECKER, "state-1", login_hint=MARIA, offline=True))

    said = asked(departure)
    assert set(said) == ASKED_ALWAYS | PKCE | {"login_hint", "access_type"}
    assert said["client_id"] == "checker"
    assert said["redirect_uri"] == "http://127.0.0.1:5000/google/callback"
    assert said["response_type"] == "code"
    assert said["scope"].split() == list(CHECKER_SCOPES)
    assert said["state"] == "state-1"
    assert said["prompt"] == "select_account consent"
    assert said["code_challenge_method"] == "S256"
    assert said["login_hint"] == MARIA
    assert said["access_type"] == "offline"


def test_a_permission_whose_token_lives_is_asked_for_online(google: Google) -> None:
    said = asked(google.authorize(Question(Permission.INTEGRATION, "state-1")))

    assert set(said) == ASKED_ALWAYS | PKCE
    assert said["client_id"] == "integration"
    assert said["scope"].split() == list(INTEGRATION_SCOPES)
    assert said["prompt"] == "select_account consent"


def test_a_silent_question_asks_who_is_there_and_nothing_else(google: Google) -> None:
    said = asked(
        google.authorize(Question(Permission.CHECKER, "state-1", login_hint="1234", silent=True, offline=True))
    )

    assert set(said) == ASKED_ALWAYS | PKCE | {"login_hint"}
    assert said["prompt"] == "none"
    assert said["scope"] == "openid email"


def test_every_trip_has_a_nonce_and_a_challenge_of_its_own(google: Google) -> None:
    question = Question(Permission.CHECKER, "state-1")

    first, second = asked(google.authorize(question)), asked(google.authorize(question))

    assert first["nonce"] != second["nonce"]
    assert first["code_challenge"] != second["code_challenge"]


def test_the_addresses_come_from_the_metadata_document_read_once(google: Google, world: World) -> None:
    for _ in range(3):
        google.authorize(Question(Permission.CHECKER, "state-1"))

    assert [call.method for call in world.calls()] == ["discovery"]


def test_metadata_that_could_not_be_read_is_asked_for_anew(google: Google, fake: FakeGoogle) -> None:
    fake.goes_silent()
    with pytest.raises(GoogleSilent):
        google.authorize(Question(Permission.CHECKER, "state-1"))
    fake.answers_again()

    assert google.authorize(Question(Permission.CHECKER, "state-1")).url


def test_a_consent_names_the_account_and_what_was_granted(traveller: Traveller, world: World) -> None:
    consent = traveller.consents(Permission.CHECKER, MARIA)

    account = world.account(MARIA)
    assert (consent.account.sub, consent.account.email, consent.account.hd) == (account.sub, MARIA, "clinic.example")
    assert consent.email_verified
    assert set(CHECKER_SCOPES[2:]) < consent.scopes
    assert consent.missing(Permission.CHECKER) == ()
    assert consent.access_token in world.access_tokens
    assert consent.refresh_token in world.refresh_tokens
    assert consent.expires_at is not None
    assert 3590 < (consent.expires_at - world.now()).total_seconds() < 3600


def test_an_account_without_a_workspace_has_no_domain(traveller: Traveller) -> None:
    consent = traveller.consents(Permission.CHECKER, "frontdesk@gmail.example")

    assert consent.account.hd == ""


def test_an_online_consent_brings_no_refresh_token(traveller: Traveller) -> None:
    traveller.consents(Permission.INTEGRATION, MARIA)

    assert traveller.consents(Permission.INTEGRATION, MARIA, offline=False).refresh_token is None


@pytest.mark.parametrize(
    ("box", "missing"),
    [
        ("calendarlist", "See the list of Google calendars you\u2019re subscribed to"),
        ("events.owned", "See the events on Google calendars you own"),
    ],
)
def test_a_box_left_empty_is_named_in_googles_words(
    traveller: Traveller, fake: FakeGoogle, box: str, missing: str
) -> None:
    fake.leaves_a_box_empty(box, MARIA)

    consent = traveller.comes_back(Question(Permission.CHECKER, "state-1", offline=True))

    assert consent.missing(Permission.CHECKER) == (missing,)


def test_a_consent_to_the_checker_lacks_all_of_the_integration(traveller: Traveller) -> None:
    consent = traveller.consents(Permission.CHECKER, MARIA)

    assert consent.missing(Permission.INTEGRATION) == (
        "See, create, change, and delete events on Google calendars you own",
    )


def test_a_silent_sign_in_names_who_is_still_there(traveller: Traveller, world: World) -> None:
    traveller.consents(Permission.CHECKER, MARIA)

    consent = traveller.comes_back(
        Question(Permission.CHECKER, "state-2", login_hint=world.account(MARIA).sub, silent=True)
    )

    assert consent.account.email == MARIA
    assert consent.refresh_token is None


def test_a_silent_sign_in_after_signing_out_is_refused(traveller: Traveller, google: Google, world: World) -> None:
    traveller.consents(Permission.CHECKER, MARIA)
    world.signs_out()

    came = traveller.goes(google.authorize(Question(Permission.CHECKER, "state-2", login_hint=MARIA, silent=True)))

    assert came == {"state": "state-2", "error": "interaction_required", "error_subtype": "access_denied"}


def came_back(traveller: Traveller, google: Google, fake: FakeGoogle) -> tuple[Departure, str]:
    fake.accepts(MARIA)
    departure = google.authorize(Question(Permission.CHECKER, "state-1", offline=True))
    return departure, traveller.goes(departure)["code"]


def test_a_code_is_good_once(traveller: Traveller, google: Google, fake: FakeGoogle) -> None:
    departure, code = came_back(traveller, google, fake)
    google.finish(Permission.CHECKER, code, departure.secret)

    with pytest.raises(CodeRefused):
        google.finish(Permission.CHECKER, code, departure.secret)


def test_a_code_that_is_too_old_is_refused(traveller: Traveller, google: Google, fake: FakeGoogle) -> None:
    departure, code = came_back(traveller, google, fake)
    fake.world.clock.advance(3600)

    with pytest.raises(CodeRefused):
        google.finish(Permission.CHECKER, code, departure.secret)


def test_a_code_brought_to_another_trip_is_refused(traveller: Traveller, google: Google, fake: FakeGoogle) -> None:
    _, code = came_back(traveller, google, fake)
    other = google.authorize(Question(Permission.CHECKER, "state-2"))

    with pytest.raises(CodeRefused):
        google.finish(Permission.CHECKER, code, other.secret)


def test_a_code_of_the_other_permission_is_refused(traveller: Traveller, google: Google, fake: FakeGoogle) -> None:
    departure, code = came_back(traveller, google, fake)

    with pytest.raises(CodeRefused):
        google.finish(Permission.INTEGRATION, code, departure.secret)


@pytest.mark.parametrize(
    "secret", ["", "{}", "[]", "no json", '{"nonce": "n"}', '{"nonce": "", "code_verifier": "v", "scope": "openid"}']
)
def test_a_trip_without_its_secret_is_refused_before_google_is_asked(google: Google, world: World, secret: str) -> None:
    with pytest.raises(AnswerRefused):
        google.finish(Permission.CHECKER, "4/code", secret)

    assert world.calls() == []


def test_an_answer_of_another_issuer_is_refused_before_the_code_is_shown_to_anybody(
    traveller: Traveller, google: Google, fake: FakeGoogle
) -> None:
    departure, code = came_back(traveller, google, fake)

    with pytest.raises(AnswerRefused):
        google.finish(Permission.CHECKER, code, departure.secret, "https://somebody.example")

    assert fake.world.calls("token") == []


def test_an_answer_that_names_our_issuer_is_taken(traveller: Traveller, google: Google, fake: FakeGoogle) -> None:
    fake.world.manners.iss_in_redirect = True
    fake.accepts(MARIA)
    departure = google.authorize(Question(Permission.CHECKER, "state-1"))
    came = traveller.goes(departure)

    consent = google.finish(Permission.CHECKER, came["code"], departure.secret, came["iss"])

    assert consent.account.email == MARIA


def test_a_wrong_client_secret_is_the_operators_and_keeps_googles_words(
    traveller: Traveller, google: Google, fake: FakeGoogle
) -> None:
    departure, code = came_back(traveller, google, fake)
    fake.world.clients["checker"].secret = "another-secret"

    with pytest.raises(InstallationWrong) as wrong:
        google.finish(Permission.CHECKER, code, departure.secret)

    assert wrong.value.said == "invalid_client: Unauthorized"


@pytest.mark.parametrize("kind", ["unavailable", "unavailable_html", "html", "not_json", "drop"])
def test_google_silent_at_the_exchange_is_weather(
    traveller: Traveller, google: Google, fake: FakeGoogle, kind: str
) -> None:
    departure, code = came_back(traveller, google, fake)
    fake.breaks(kind, "token")

    with pytest.raises(GoogleSilent):
        google.finish(Permission.CHECKER, code, departure.secret)

    assert len(fake.world.calls("token")) == 1


@pytest.mark.parametrize("at", ["discovery", "token", "certs"])
def test_a_sign_in_question_has_an_end(
    traveller: Traveller, google: Google, hasty_google: Google, fake: FakeGoogle, at: str
) -> None:
    departure, code = came_back(traveller, google, fake)
    fake.hangs(at)

    with pytest.raises(GoogleSilent):
        hasty_google.finish(Permission.CHECKER, code, departure.secret)


def test_a_consent_hides_what_it_holds(traveller: Traveller, google: Google) -> None:
    consent: Consent = traveller.consents(Permission.CHECKER, MARIA)
    departure = google.authorize(Question(Permission.CHECKER, "state-1", login_hint=MARIA))

    shown = f"{consent!r} {departure!r} {Question(Permission.CHECKER, 'state-1', login_hint=MARIA)!r}"

    assert not [one for one in (consent.access_token, consent.refresh_token, MARIA, "state-1") if str(one) in shown]
