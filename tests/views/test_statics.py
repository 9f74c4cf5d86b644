"""Files that never change under their address are kept by browsers; nothing else is."""

import re

from flask.testing import FlaskClient


def test_a_file_under_its_version_is_kept(browser: FlaskClient) -> None:
    sheet = re.search(r'href="(/static/css/tokens\.css\?v=[0-9a-f]{10})"', browser.get("/").text)
    assert sheet is not None

    kept, not_kept = browser.get(sheet[1]), browser.get("/static/css/tokens.css")

    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not_kept.headers["Cache-Control"] == "no-cache"


def test_a_page_is_never_kept(browser: FlaskClient) -> None:
    assert browser.get("/").headers["Cache-Control"] == "no-store"
