"""Who came back: an id_token is believed when everything about it is right, and for nothing less."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from e2e.fake_google import FakeGoogle, World
from tests.google.line import http
from tests.google.provider import ACCESS, ANOTHERS, OURS, providing, signed, visiting
from tests.google.travel import Traveller
from tests.google.vault import MemoryVault
from wizard.clock import system_clock
from wizard.config import Settings
from wizard.google import (
    AnswerRefused,
    AnswerUnreadable,
    ClockWrong,
    Consent,
    Google,
    GoogleSilent,
    GoogleTrouble,
    Permission,
    Question,
)

QUESTION = Question(Permission.CHECKER, "state-1")


def finished(settings: Settings, *headers: str, key: RSAKey = OURS, **changed: Any) -> Consent:
    """What we make of a code for which the provider gives an id_token of these claims."""
    with visiting(settings) as visit:
        visit.brings(signed(visit.claims(**changed), key), *headers)
        return visit.finishes()


def raw(settings: Settings, id_token: object, **changed: Any) -> Consent:
    with visiting(settings) as visit:
        visit.brings(id_token, **changed)
        return visit.finishes()


def test_a_right_one_is_believed(settings: Settings) -> None:
    consent = finished(settings)

    assert (consent.account.sub, consent.account.email, consent.email_verified) == (
        "1001",
        "maria@clinic.example",
        True,
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://somebody.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": "another", "azp": "checker"},
        {"aud": ["another", "third"], "azp": "checker"},
        {"aud": ["checker", "another"]},
        {"aud": []},
        {"aud": 7},
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": 1001},
        {"exp": None},
        {"iat": None},
        {"exp": "tomorrow"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_one_wrong_claim_and_nothing_is_believed(settings: Settings, changed: dict[str, Any]) -> None:
    """T41: aud wrong, missing, a list; issuer unknown: refused."""
    with pytest.raises(AnswerRefused):
        finished(settings, **changed)


@pytest.mark.parametrize("changed", [{"aud": ["checker"]}, {"azp": None}, {"at_hash": None}], ids=str)
def test_what_the_standard_leaves_open_is_taken(settings: Settings, changed: dict[str, Any]) -> None:
    assert finished(settings, **changed).account.sub == "1001"


def test_a_signature_by_another_key_of_the_same_name_is_refused(settings: Settings) -> None:
    with pytest.raises(AnswerRefused):
        finished(settings, key=ANOTHERS)


def test_a_key_id_nobody_published_is_refused(settings: Settings) -> None:
    with pytest.raises(AnswerRefused):
        finished(settings, key=RSAKey.generate_key(2048, auto_kid=True))


UNSIGNED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMDAxIn0."


@pytest.mark.parametrize("id_token", [UNSIGNED, "no token", "a.b.c", "...", "", 7, None])
def test_what_is_no_signed_token_is_refused(settings: Settings, id_token: str | None) -> None:
    """T41: malformed: refused."""
    with pytest.raises(AnswerRefused):
        raw(settings, id_token)


def test_our_own_secret_signs_nothing(settings: Settings) -> None:
    """HS256 with what both sides know: the old way to pass a public key off as a secret."""
    forged = jwt.encode({"alg": "HS256", "kid": OURS.kid}, {"sub": "1001"}, OctKey.import_key("checker-secret" * 4))

    with pytest.raises(AnswerRefused):
        raw(settings, forged)


def issued(seconds: int) -> dict[str, Any]:
    """The claims of a token made so long from now, good for an hour."""
    at = int(time.time()) + seconds
    return {"iat": at, "exp": at + 3600}


def dated(seconds: int) -> str:
    """Google's Date header, so far from our clock as it is now."""
    return "Date: " + format_datetime(datetime.fromtimestamp(time.time() + seconds, UTC), usegmt=True)


@pytest.mark.parametrize(
    ("token", "date", "kind"),
    [
        (300, 300, ClockWrong),
        (-9000, -9000, ClockWrong),
        (300, 0, AnswerRefused),
        (-9000, 0, AnswerRefused),
    ],
)
def test_a_wrong_clock_is_told_from_an_old_token_by_googles_date(
    settings: Settings, token: int, date: int, kind: type[GoogleTrouble]
) -> None:
    with pytest.raises(kind):
        finished(settings, dated(date), **issued(token))


def test_a_date_that_cannot_be_read_says_nothing_of_our_clock(settings: Settings) -> None:
    with pytest.raises(AnswerRefused):
        finished(settings, "Date: once upon a time", **issued(300))


def test_another_trips_nonce_is_refused_whatever_the_clock(settings: Settings) -> None:
    with pytest.raises(AnswerRefused):
        finished(settings, dated(9000), nonce="another")


@pytest.mark.parametrize("seconds", [-110, 110])
def test_a_clock_that_is_a_little_off_harms_nothing(settings: Settings, seconds: int) -> None:
    assert finished(settings, dated(seconds), **issued(seconds)).account.sub == "1001"


def test_a_skew_of_google_is_called_a_wrong_clock(traveller: Traveller, world: World) -> None:
    world.clock.skew_s = 600

    with pytest.raises(ClockWrong):
        traveller.consents(Permission.CHECKER, "maria@clinic.example")


@pytest.mark.parametrize("said", [None, "false", False, 0])
def test_an_unverified_address_is_marked(settings: Settings, said: object) -> None:
    assert finished(settings, email_verified=said).email_verified is False


def test_the_address_may_come_from_userinfo(settings: Settings) -> None:
    told = {"sub": "1001", "email": "maria@clinic.example", "email_verified": True}

    assert by_userinfo(settings, told).account.email == "maria@clinic.example"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"sub": "2002", "email": "joe@clinic.example"}, AnswerRefused),
        ({"sub": "1001"}, AnswerUnreadable),
        ([], GoogleSilent),
    ],
)
def test_userinfo_about_somebody_else_or_nobody_is_not_taken(
    settings: Settings, told: object, kind: type[GoogleTrouble]
) -> None:
    with pytest.raises(kind):
        by_userinfo(settings, told)


def by_userinfo(settings: Settings, told: object) -> Consent:
    with visiting(settings, userinfo=http(json.dumps(told).encode())) as visit:
        visit.brings(signed(visit.claims(email=None, email_verified=None)))
        return visit.finishes()


@pytest.mark.parametrize("status", ["401 Unauthorized", "503 Service Unavailable"])
def test_userinfo_that_does_not_answer_is_silence(settings: Settings, status: str) -> None:
    with visiting(settings, userinfo=http(b'{"error": "invalid_request"}', status)) as visit:
        visit.brings(signed(visit.claims(email=None)))

        with pytest.raises(GoogleSilent):
            visit.finishes()


@pytest.mark.parametrize("said", ["https://accounts.google.com", "accounts.google.com"])
def test_google_may_leave_the_scheme_out_of_its_own_name(settings: Settings, said: str) -> None:
    with visiting(settings, named="https://accounts.google.com") as visit:
        visit.brings(signed(visit.claims(iss=said)))

        assert visit.finishes().account.sub == "1001"


def test_scopes_left_out_are_those_asked_for(settings: Settings) -> None:
    with visiting(settings) as visit:
        visit.brings(signed(visit.claims()), scope=None, refresh_token="")

        consent = visit.finishes()

    assert consent.missing(Permission.CHECKER) == ()
    assert consent.refresh_token is None
    assert consent.access_token == ACCESS


@pytest.mark.parametrize("access_token", [None, "", 7, ["ya29"]])
def test_an_answer_without_an_access_token_cannot_be_used(settings: Settings, access_token: object) -> None:
    with pytest.raises(AnswerUnreadable):
        raw(settings, "irrelevant", access_token=access_token)


def test_a_new_signing_key_is_fetched_when_it_is_met(traveller: Traveller, fake: FakeGoogle) -> None:
    traveller.consents(Permission.CHECKER, "maria@clinic.example")
    fake.world.keys.rotate()

    traveller.consents(Permission.CHECKER, "maria@clinic.example")

    assert len(fake.world.calls("certs")) == 2


def test_unknown_key_ids_fetch_the_keys_once_in_five_minutes(settings: Settings, world: World) -> None:
    """T40: a new id: one fetch per window."""
    with visiting(settings, world.now) as visit:
        visit.brings(signed(visit.claims(), RSAKey.generate_key(2048, auto_kid=True)))

        def fetches() -> int:
            with pytest.raises(AnswerRefused):
                visit.finishes()
            return visit.line.requests.count("GET /certs HTTP/1.1")

        assert [fetches(), fetches(), fetches()] == [2, 2, 2]
        world.clock.advance(301)
        assert [fetches(), fetches()] == [3, 3]


def test_keys_are_not_believed_for_ever(traveller: Traveller, world: World) -> None:
    traveller.consents(Permission.CHECKER, "maria@clinic.example")
    world.clock.advance(3601)

    traveller.consents(Permission.CHECKER, "maria@clinic.example")

    assert len(world.calls("certs")) == 2


@pytest.mark.parametrize(
    ("certs", "kind"),
    [
        (http(b"{}", "503 Service Unavailable"), GoogleSilent),
        (http(b"<html>"), GoogleSilent),
        (http(b'{"keys": []}'), AnswerUnreadable),
        (http(b'{"keys": 7}'), AnswerUnreadable),
        (http(b'{"keys": [{"kty": "RSA"}]}'), AnswerUnreadable),
        (http(b"{}"), AnswerUnreadable),
    ],
)
def test_without_keys_nobody_is_believed(settings: Settings, certs: bytes, kind: type[GoogleTrouble]) -> None:
    """T40: signing keys that are none, or cannot be fetched: closed."""
    with visiting(settings, certs=certs) as visit:
        visit.brings(signed(visit.claims()))

        with pytest.raises(kind):
            visit.finishes()


@pytest.mark.parametrize("document", [b"{}", b'{"issuer": 7}', b'{"issuer": "https://a.example"}'])
def test_metadata_without_what_is_needed_is_not_kept(settings: Settings, vault: MemoryVault, document: bytes) -> None:
    with providing() as line:
        honest = line.replies["metadata"]
        line.answers("metadata", http(document))
        google = Google(replace(settings, google_metadata_url=f"{line.url}/metadata"), system_clock, vault)
        with pytest.raises(AnswerUnreadable):
            google.authorize(QUESTION)
        line.replies["metadata"] = honest

        assert google.authorize(QUESTION).url.startswith(f"{line.url}/auth?")
        google.close()
