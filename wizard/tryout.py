"""The try-out: a sample clinic, the Stand-in for PIMSY and a fake Google, all on this computer and nowhere else."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import requests

from wizard.config import Client, GooglePages, Settings
from wizard.practice.builtin import sample
from wizard.store import clinics
from wizard.store.database import db

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "e2e" / "scenarios"


def settings_for(data_dir: Path, port: int, google_url: str, database_url: str = "") -> Settings:
    """A configuration that talks to the fake Google at that address and to nobody else."""
    base = google_url.rstrip("/")
    return Settings(
        database_url=database_url or f"sqlite:///{data_dir.resolve() / 'wizard.sqlite'}",
        data_dir=data_dir,
        secret_keys=(_key(data_dir),),
        public_url=f"http://127.0.0.1:{port}",
        bind=f"127.0.0.1:{port}",
        checker=Client("checker", "checker-secret", "Calendar Sync Checker"),
        integration=Client("integration", "integration-secret", "PIMSY Calendar Integration"),
        google_metadata_url=f"{base}/.well-known/openid-configuration",
        google_api_url=f"{base}/",
        google_audience="verified",
        google_pages=GooglePages(
            create_calendar=f"{base}/calendar/r/settings/createcalendar",
            calendar=f"{base}/calendar/",
            sign_out=f"{base}/Logout",
            connections=f"{base}/connections",
        ),
        is_tryout=True,
        scenarios=SCENARIOS,
    )


def _key(data_dir: Path) -> str:
    """The key of this try-out's database, made once and readable by its owner alone."""
    path = data_dir / "secret-key"
    if not path.exists():
        fresh = path.with_suffix(".new")  # renamed when it is whole: an empty key would be a key everybody knows
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        fresh.replace(path)
    return path.read_text().strip()


def open_sample_clinic(now: datetime) -> None:
    """The sample clinic of four people, once: what was saved stays as it is."""
    if clinics.first() is not None:
        db.session.commit()
        return
    sample.open_clinic(now)
    db.session.commit()


@contextmanager
def fake_google(port: int, state: Path) -> Iterator[str]:
    """The fake Google in a process of its own, which ends with this one; its address."""
    command = [sys.executable, "-m", "e2e.fake_google", "--port", str(port), "--state", str(state)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield _wait_until_ready(process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_ready(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        message = "the fake Google was started without a way to hear it"
        raise RuntimeError(message)
    for line in process.stdout:
        if line.startswith("Ready: "):
            return line.removeprefix("Ready: ").strip()
    message = "The fake Google did not start; its own words stand above. Is its port in use? (GOOGLE_PORT=...)"
    raise SystemExit(message)


def add_accounts(google_url: str) -> None:
    """The rest of the sample clinic gets Google accounts; those that are there already stay as they are."""
    for email, hd in sample.MORE_ACCOUNTS:
        requests.post(f"{google_url}_world/accounts", json={"email": email, "hd": hd}, timeout=5)
