"""Least privilege, pinned: what is asked for, to the letter."""

import json

import pytest
from googleapiclient.discovery_cache import get_static_doc

from wizard.google import CHECKER_SCOPES, IDENTITY_SCOPES, INTEGRATION_SCOPES, Permission
from wizard.google.scopes import GOOGLES_WORDS, missing


def test_each_permission_asks_for_this_and_nothing_more() -> None:
    assert IDENTITY_SCOPES == ("openid", "email")
    assert CHECKER_SCOPES == (
        "openid",
        "email",
        "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
        "https://www.googleapis.com/auth/calendar.events.owned.readonly",
    )
    assert INTEGRATION_SCOPES == ("openid", "email", "https://www.googleapis.com/auth/calendar.events.owned")


def test_the_words_are_googles() -> None:
    said = json.loads(get_static_doc("calendar", "v3"))["auth"]["oauth2"]["scopes"]

    assert {scope: said[scope]["description"] for scope in GOOGLES_WORDS} == GOOGLES_WORDS


@pytest.mark.parametrize("permission", Permission)
def test_nothing_is_missing_when_google_spells_the_identity_its_own_way(permission: Permission) -> None:
    granted = CHECKER_SCOPES + INTEGRATION_SCOPES

    assert missing(permission, ["openid", "https://www.googleapis.com/auth/userinfo.email", *granted[2:]]) == ()


def test_what_is_missing_is_said_in_the_order_of_the_page() -> None:
    assert missing(Permission.CHECKER, ["openid", "email"]) == (
        "See the list of Google calendars you\u2019re subscribed to",
        "See the events on Google calendars you own",
    )


def test_a_wider_scope_is_not_taken_for_the_one_asked_for() -> None:
    assert missing(Permission.INTEGRATION, ["https://www.googleapis.com/auth/calendar"]) != ()
