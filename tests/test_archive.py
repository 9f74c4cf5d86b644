"""An archive of tables: what is read first, and each table as JSON."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from wizard.archive import packed

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_each_table_is_a_file_and_times_are_written_out() -> None:
    rows = [{"id": 1, "name": "José", "at": AT, "scopes": ["a", "b"], "left_at": None}]

    archive = zipfile.ZipFile(io.BytesIO(packed({"people": rows, "slots": []}, "Read this.\n", AT)))

    assert archive.namelist() == ["README.txt", "people.json", "slots.json"]
    assert archive.read("README.txt") == b"Read this.\n"
    assert json.loads(archive.read("people.json")) == [{**rows[0], "at": "2026-11-23T15:00:00+00:00"}]
    assert "José" in archive.read("people.json").decode()
    assert json.loads(archive.read("slots.json")) == []
    assert {member.date_time for member in archive.infolist()} == {(2026, 11, 23, 15, 0, 0)}


def test_what_json_does_not_know_is_no_silent_text() -> None:
    with pytest.raises(TypeError, match="bytes"):
        packed({"people": [{"name": b"Jos"}]}, "", AT)
