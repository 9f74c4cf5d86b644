"""The folder, the database and the keys of an installation."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from tests.doctor.conftest import KEY, of
from tests.walking import Desk
from wizard.config import Settings
from wizard.doctor import Fitness, Site, at_home
from wizard.store import schema
from wizard.store.database import db
from wizard.store.encryption import Cipher
from wizard.views.present import Services

SiteWhere = Callable[..., Site]
OTHER = "o" * 43
MB = 10**6


@pytest.fixture
def file(settings: Settings) -> Path:
    return settings.data_dir / "wizard.sqlite"


@pytest.mark.parametrize(
    ("free", "fitness"),
    [
        (50 * MB - 1, Fitness.UNFIT),
        (50 * MB, Fitness.WARNING),
        (500 * MB - 1, Fitness.WARNING),
        (500 * MB, Fitness.FIT),
    ],
)
def test_room(free: int, fitness: Fitness) -> None:
    assert at_home.judge_room(Path("/data"), free).fitness is fitness


def test_room_is_looked_for_where_the_folder_will_be(site_where: SiteWhere, tmp_path: Path) -> None:
    assert at_home.room(site_where(data_dir=tmp_path / "not" / "yet")).fitness is not Fitness.UNSEEN


@pytest.mark.parametrize(
    ("mode", "fitness"),
    [
        (0o700, Fitness.FIT),
        (0o750, Fitness.FIT),
        (0o701, Fitness.UNFIT),
        (0o755, Fitness.UNFIT),
        (0o702, Fitness.UNFIT),
    ],
)
def test_a_folder_open_to_everybody(site_where: SiteWhere, tmp_path: Path, mode: int, fitness: Fitness) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(mode)

    assert at_home.privacy(site_where(data_dir=folder)).fitness is fitness


@pytest.mark.parametrize(
    ("mode", "fitness"), [(0o600, Fitness.FIT), (0o640, Fitness.FIT), (0o644, Fitness.UNFIT), (0o604, Fitness.UNFIT)]
)
def test_keys_that_everybody_may_read(site_where: SiteWhere, tmp_path: Path, mode: int, fitness: Fitness) -> None:
    file = tmp_path / "wizard.env"
    file.write_text(f"WIZARD_SECRET_KEYS={KEY}")
    file.chmod(mode)
    site = replace(site_where(key_files=(tmp_path / "nowhere", file)), has_tables=False)

    found = at_home.keys(site)

    assert found.fitness is fitness
    assert KEY not in found.found
    assert (f"chmod 600 {file}" in found.cure) is (fitness is Fitness.UNFIT)


def test_a_key_that_could_be_guessed_is_counted(site_where: SiteWhere) -> None:
    found = at_home.keys(site_where(secret_keys=(KEY, "short")))

    assert found.fitness is Fitness.UNFIT
    assert "Key 2" in found.found
    assert "short" not in found.found


def test_a_lost_key_is_named_with_what_it_costs() -> None:
    stored = [Cipher((OTHER,)).encrypt("a token"), Cipher((KEY,)).encrypt("a token")]
    found = at_home.judge_keys(Cipher((KEY,)), stored, 1)

    assert found.fitness is Fitness.UNFIT
    assert "1 of 2 stored secrets" in found.found
    assert "WIZARD_SECRET_KEYS" in found.cure
    assert "connects the checker again" in found.cure


def test_an_old_key_is_named_once_nothing_needs_it() -> None:
    cipher = Cipher((KEY, OTHER))
    needs_it = at_home.judge_keys(cipher, [Cipher((OTHER,)).encrypt("a token")], 2)
    needs_it_no_more = at_home.judge_keys(cipher, [cipher.encrypt("a token")], 2)

    assert "No longer needed" not in needs_it.found
    assert "No longer needed: key 2" in needs_it_no_more.found


def test_a_healthy_home(services: Services) -> None:
    report = services.doctor.examine()

    assert [of(report, slug).fitness for slug in ("room", "database", "writing", "keys")] == [Fitness.FIT] * 4


def test_the_key_of_a_real_permission_is_missed(desk: Desk, services: Services) -> None:
    desk.begins()
    desk.trip(1, "checker", "maria@clinic.example")
    cipher = Cipher((OTHER,))
    services.doctor._cipher = cipher
    found = of(services.doctor.examine(), "keys")

    assert found.found.startswith("2 of 2 stored secrets")


def test_a_database_that_is_not_there_is_not_made(services: Services, app: Flask, file: Path) -> None:
    with app.app_context():
        schema.close()
    for piece in file.parent.glob("wizard.sqlite*"):
        piece.unlink()
    report = services.doctor.examine()

    assert of(report, "database").fitness is Fitness.UNSEEN
    assert of(report, "background").cure == "Look at the database above."
    assert not file.exists()


def test_tables_of_another_revision_are_told(services: Services, app: Flask) -> None:
    with app.app_context():
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    report = services.doctor.examine()

    assert of(report, "database").fitness is Fitness.UNFIT
    assert "of revision 0001" in of(report, "database").found
    assert of(report, "owed").fitness is Fitness.UNSEEN


def test_a_database_nobody_may_write_is_told(services: Services, app: Flask) -> None:
    with app.app_context():
        schema.close()
        # not by the file's mode: the superuser of a container may write any file
        event.listen(db.engine, "connect", lambda line, _record: line.execute("PRAGMA query_only=ON"))
    found = of(services.doctor.examine(), "writing")

    assert found.fitness is Fitness.UNFIT
    assert "readonly" in found.found
