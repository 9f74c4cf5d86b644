"""A commit that fails (the disk is full, or cannot be written to) fails alone."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from e2e.launcher import TODAY
from wizard.store.database import db
from wizard.store.locks import Lock


@pytest.mark.sqlite_alone
def test_a_commit_that_failed_holds_up_nobody_after_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_connection: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with app.app_context():
        engine = db.engine
        db.session.add(Lock(name="anything", until=TODAY))
        with monkeypatch.context() as failing:
            failing.setattr(engine.dialect, "do_commit", full)
            with pytest.raises(OperationalError, match="full"):
                db.session.commit()

    with sqlite3.connect(str(engine.url.database), timeout=0) as other:
        other.execute("BEGIN IMMEDIATE")
        kept = other.execute("SELECT count(*) FROM locks").fetchone()
    other.close()
    assert kept == (0,)
