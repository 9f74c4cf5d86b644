"""The environment is read as docs/settings.md tells it."""

import re
from pathlib import Path

import pytest

from wizard.config import NEEDED, Client, SettingsWrong, settings_from

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = re.compile(r"\bWIZARD_[A-Z_]+\b")
WHOLE = {
    "WIZARD_PUBLIC_URL": "https://sync.clinic.example",
    "WIZARD_SECRET_KEYS": f"{'n' * 32}, {'o' * 32}",
    "WIZARD_CHECKER_CLIENT_ID": " checker-id ",
    "WIZARD_CHECKER_CLIENT_SECRET": "checker-hush",
}


def test_every_variable_is_told_and_no_other() -> None:
    read = set(VARIABLE.findall((ROOT / "wizard" / "config.py").read_text()))
    told = set(VARIABLE.findall((ROOT / "docs" / "settings.md").read_text()))

    assert told == read


def test_what_is_needed_is_enough() -> None:
    settings = settings_from(WHOLE)

    assert settings.secret_keys == ("n" * 32, "o" * 32)
    assert settings.checker == Client("checker-id", "checker-hush", "Calendar Sync Checker")
    assert (settings.integration.id, settings.one_project) == ("checker-id", True)
    assert settings.redirect_url == "https://sync.clinic.example/google/callback"
    assert settings.listens_at == ("127.0.0.1", 5000)
    assert (settings.is_tryout, settings.scenarios) == (False, None)


@pytest.mark.parametrize("name", sorted(NEEDED))
@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_is_needed_and_missing_is_named_with_its_place(name: str, value: str | None) -> None:
    environment = {key: kept for key, kept in WHOLE.items() if key != name} | ({} if value is None else {name: value})

    with pytest.raises(SettingsWrong) as refused:
        settings_from(environment)

    assert refused.value.sentences == (f"{name} is not set. It is {NEEDED[name]}",)


def test_no_secret_is_shown_by_accident() -> None:
    settings = settings_from(WHOLE | {"WIZARD_MAIL_URL": "smtps://wizard:mail-hush@mail.clinic.example"})

    assert "hush" not in repr(settings)
    assert "nnnn" not in repr(settings)


@pytest.mark.parametrize(("bind", "listens_at"), [("0.0.0.0:8000", ("0.0.0.0", 8000)), ("[::1]:5000", ("::1", 5000))])
def test_it_listens_where_it_is_told(bind: str, listens_at: tuple[str, int]) -> None:
    assert settings_from(WHOLE | {"WIZARD_BIND": bind}).listens_at == listens_at


@pytest.mark.parametrize(
    "url",
    [
        "sync.clinic.example",
        "https://",
        "https://sync.clinic.example/wizard",
        "https://sync.clinic.example?from=x",
        "https://sync.clinic.example/#top",
        "https://dana:hush@sync.clinic.example",
        "https://sync.clinic.example:https",
        "https://sync.clinic.example:99999",
        "https://[::1",
    ],
)
def test_an_address_to_which_no_path_can_be_added_is_refused(url: str) -> None:
    with pytest.raises(SettingsWrong) as refused:
        settings_from(WHOLE | {"WIZARD_PUBLIC_URL": url})

    assert refused.value.sentences == ("WIZARD_PUBLIC_URL has to be an address such as https://sync.clinic.example",)


@pytest.mark.parametrize("url", ["https://sync.clinic.example/", "https://sync.clinic.example:8443"])
def test_a_port_and_a_stroke_at_the_end_are_taken(url: str) -> None:
    assert settings_from(WHOLE | {"WIZARD_PUBLIC_URL": url}).redirect_url == f"{url.rstrip('/')}/google/callback"


@pytest.mark.parametrize(
    ("background", "database", "wrong"),
    [
        ("", "", []),
        ("thread", "postgresql+psycopg://wizard@database/wizard", []),
        ("workers", "postgresql+psycopg://wizard@database/wizard", []),
        ("workers", "", ["WIZARD_BACKGROUND=workers needs PostgreSQL"]),
        ("workers", "sqlite:////srv/wizard.sqlite", ["WIZARD_BACKGROUND=workers needs PostgreSQL"]),
        ("processes", "", ["WIZARD_BACKGROUND is one of thread, workers"]),
    ],
)
def test_workers_are_for_postgresql_alone(background: str, database: str, wrong: list[str]) -> None:
    environment = WHOLE | {"WIZARD_BACKGROUND": background, "WIZARD_DATABASE_URL": database}
    told: tuple[str, ...] = ()
    try:
        settings = settings_from(environment)
    except SettingsWrong as refused:
        told = refused.sentences
    else:
        assert settings.background == (background or "thread")

    assert [sentence.partition(":")[0] for sentence in told] == wrong


@pytest.mark.parametrize(
    "database", ["sqlite://", "sqlite:///:memory:", "sqlite:///wizard.sqlite", "sqlite:///a/b.sqlite"]
)
def test_a_sqlite_database_is_a_file_named_by_its_whole_path(database: str) -> None:
    """One in memory ends with its process; a bare name lies where neither doctor nor a back-up looks for it."""
    with pytest.raises(SettingsWrong, match="WIZARD_DATABASE_URL has to name SQLite's file by its whole path"):
        settings_from(WHOLE | {"WIZARD_DATABASE_URL": database})

    kept = "sqlite:////srv/wizard.sqlite"
    assert settings_from(WHOLE | {"WIZARD_DATABASE_URL": kept}).database_url == kept
