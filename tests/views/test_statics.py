"""Files that never change under their address are kept by browsers; nothing else is."""

import re

from flask.testing import FlaskClient


def test_a_file_under_its_version_is_kept(visitor: FlaskClient) -> None:
    sheet = re.search(r'href="(/static/css/tokens\.css\?v=[0-9a-f]{10})"', visitor.get("/").text)
    assert sheet is not None

    with visitor.get(sheet[1]) as kept, visitor.get("/static/css/tokens.css") as not_kept:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not_kept.headers["Cache-Control"] == "no-cache"


def test_a_page_is_never_kept(visitor: FlaskClient) -> None:
    assert visitor.get("/").headers["Cache-Control"] == "no-store"
