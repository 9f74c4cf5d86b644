"""The same Google behind TLS, by a certificate authority of its own."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import httplib2
import pytest
import requests
from cryptography import x509

from e2e.fake_google import FakeGoogle, World, authority, running
from e2e.fake_google.authority import Certificate, certificate_in
from tests.fake_google.conftest import MARIA
from tests.fake_google.test_process import started
from tests.fake_google.visitor import App, Visitor


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_in(tmp_path_factory.mktemp("tls"), ("accounts.google.example",))


@pytest.fixture
def secure(certificate: Certificate) -> Iterator[tuple[FakeGoogle, str]]:
    google = FakeGoogle(World())
    with running(google, certificate=certificate) as base:
        yield google, base


def trusts(session: requests.Session, certificate: Certificate) -> None:
    session.verify = str(certificate.ca)
    session.trust_env = False  # requests lets REQUESTS_CA_BUNDLE win over a session's own


def test_every_address_is_https(secure: tuple[FakeGoogle, str], certificate: Certificate) -> None:
    _, base = secure

    told = requests.get(base + "/.well-known/openid-configuration", verify=str(certificate.ca), timeout=5).json()

    assert base.startswith("https://127.0.0.1:")
    assert (told["issuer"], told["token_endpoint"]) == (base, base + "/token")


def test_a_person_signs_in_behind_tls(secure: tuple[FakeGoogle, str], certificate: Certificate) -> None:
    google, base = secure
    checker, visitor = App(base, "checker", "checker-secret", "openid email"), Visitor(base)
    trusts(visitor.session, certificate)
    google.accepts(MARIA)

    visitor.opens(checker.question())

    assert {"code", "state", "scope"} <= visitor.brought.keys()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_each_name_of_this_machine_is_vouched_for(certificate: Certificate, host: str) -> None:
    with running(FakeGoogle(World()), host=host, certificate=certificate) as base:
        port = base.rpartition(":")[2]
        address = f"https://{host}:{port}/oauth2/v3/certs"
        assert requests.get(address, verify=str(certificate.ca), timeout=5).status_code == 200


def test_nobody_is_trusted_unasked(secure: tuple[FakeGoogle, str]) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(secure[1] + "/oauth2/v3/certs", timeout=5)


@pytest.mark.parametrize(
    ("kind", "raised"),
    [("drop", requests.exceptions.ConnectionError), ("truncate", requests.exceptions.RequestException)],
)
def test_a_line_is_cut_behind_tls_too(
    secure: tuple[FakeGoogle, str], certificate: Certificate, kind: str, raised: type[Exception]
) -> None:
    google, base = secure
    google.breaks(kind, "certs")

    with pytest.raises(raised):
        requests.get(base + "/oauth2/v3/certs", verify=str(certificate.ca), timeout=5)

    assert requests.get(base + "/oauth2/v3/certs", verify=str(certificate.ca), timeout=5).status_code == 200


def test_a_kept_connection_answers_often(secure: tuple[FakeGoogle, str], certificate: Certificate) -> None:
    with requests.Session() as session:
        trusts(session, certificate)
        assert [session.get(secure[1] + "/oauth2/v3/certs", timeout=5).status_code for _ in range(20)] == [200] * 20


def test_eight_ask_at_once(secure: tuple[FakeGoogle, str], certificate: Certificate) -> None:
    """Each its own connection; nobody gets another's answer."""
    google, base = secure
    token = google.world.grants_token(MARIA, "integration", ["calendar"])["access_token"]
    calendar = google.world.adds_calendar(MARIA, "Together").id
    address, headers = f"{base}/calendar/v3/calendars/{calendar}/events", {"Authorization": f"Bearer {token}"}
    point = {"dateTime": "2026-11-24T06:10:00-05:00"}

    def insert(number: int) -> list[str]:
        with requests.Session() as session:
            trusts(session, certificate)
            bodies = [{"id": f"{number:02d}{event:03d}", "start": point, "end": point} for event in range(5)]
            return [session.post(address, json=one, headers=headers, timeout=10).json()["id"] for one in bodies]

    with ThreadPoolExecutor(8) as together:
        told = list(together.map(insert, range(8)))

    assert told == [[f"{number:02d}{event:03d}" for event in range(5)] for number in range(8)]


def test_a_long_answer_arrives_whole(secure: tuple[FakeGoogle, str], certificate: Certificate) -> None:
    google, base = secure
    for number in range(300):
        google.world.adds_calendar(MARIA, f"{number} " + "long " * 200)
    token = google.world.grants_token(MARIA, "checker", ["calendarlist.readonly"])["access_token"]
    http = httplib2.Http(timeout=10, ca_certs=str(certificate.ca))

    answer, body = http.request(
        base + "/calendar/v3/users/me/calendarList?maxResults=250", headers={"Authorization": f"Bearer {token}"}
    )

    http.close()
    assert (answer.status, len(body) > 250_000) == (200, True)


def test_an_authority_vouches_for_its_names_alone(certificate: Certificate) -> None:
    ca, own = (x509.load_pem_x509_certificate(path.read_bytes()) for path in (certificate.ca, certificate.own))
    names = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    limits = ca.extensions.get_extension_for_class(x509.NameConstraints)

    assert names.get_values_for_type(x509.DNSName) == ["localhost", "accounts.google.example"]
    assert limits.critical
    assert [str(one.value) for one in limits.value.permitted_subtrees or ()] == [
        "localhost", "accounts.google.example", "127.0.0.0/8", "::1/128",
    ]  # fmt: skip


def test_the_key_is_its_owners_and_the_authoritys_is_gone(certificate: Certificate) -> None:
    assert certificate.own.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in certificate.ca.parent.iterdir()) == ["ca.pem", "localhost.pem"]
    assert b"PRIVATE KEY" not in certificate.ca.read_bytes()


def test_a_certificate_is_kept_until_it_will_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = certificate_in(tmp_path).ca.read_bytes()
    assert certificate_in(tmp_path).ca.read_bytes() == first

    named = certificate_in(tmp_path, ("www.googleapis.example",)).ca.read_bytes()
    assert named != first
    assert certificate_in(tmp_path).ca.read_bytes() == named

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Later":
            return cls.fromtimestamp((datetime.now().astimezone() + timedelta(days=367)).timestamp(), tz)  # type: ignore[arg-type]

    monkeypatch.setattr(authority, "datetime", Later)
    assert certificate_in(tmp_path).ca.read_bytes() != named


def test_another_authoritys_certificate_is_replaced(tmp_path: Path) -> None:
    kept, other = certificate_in(tmp_path / "a"), certificate_in(tmp_path / "b")
    kept.ca.write_bytes(other.ca.read_bytes())

    again = certificate_in(tmp_path / "a")

    assert again.ca.read_bytes() != other.ca.read_bytes()
    with running(FakeGoogle(World()), certificate=again) as base:
        assert requests.get(base + "/oauth2/v3/certs", verify=str(again.ca), timeout=5).status_code == 200


def test_the_command_speaks_tls(tmp_path: Path) -> None:
    state = tmp_path / "data" / "google.json"
    with started("--port", "0", "--state", str(state), "--tls", "--issuer", "https://accounts.google.com") as line:
        address = line.removeprefix("Ready: ")
        told = requests.get(
            address + ".well-known/openid-configuration", verify=str(state.parent / "ca.pem"), timeout=5
        )

    assert address.startswith("https://127.0.0.1:")
    assert (told.json()["issuer"], told.json()["jwks_uri"]) == (
        "https://accounts.google.com", address + "oauth2/v3/certs",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--tls",), "name a folder: --tls DIR"), (("--tls-name", "a.example"), "--tls-name belongs to --tls")],
)
def test_what_tls_needs_is_said(arguments: tuple[str, ...], says: str) -> None:
    command = [sys.executable, "-m", "e2e.fake_google", *arguments]

    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert done.returncode == 2
    assert says in done.stderr


def test_a_port_in_use_is_said_behind_tls(base: str, tmp_path: Path) -> None:
    port = base.rpartition(":")[2]
    command = [sys.executable, "-m", "e2e.fake_google", "--port", port, "--tls", str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
