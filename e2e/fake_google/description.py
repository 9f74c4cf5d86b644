"""Google's own description of the Calendar API: its methods, parameters, scopes and schemas.

The document is the one google-api-python-client carries, so a new release of that brings a newer Google.
"""

import functools
import json
from dataclasses import dataclass
from typing import Any, Final

from googleapiclient.discovery_cache import get_static_doc

from .nouns import Json

BASE: Final = "/calendar/v3/"


@dataclass(frozen=True, slots=True)
class Method:
    name: str  # "events.insert"
    verb: str
    path: str  # "calendars/{calendarId}/events", below BASE
    parameters: dict[str, Json]  # the method's and those of every method; name -> type, location, enum, minimum, …
    scopes: frozenset[str]
    body: str  # the schema of what is sent; empty: nothing
    answer: str  # the schema of what comes back; empty: 204


@functools.cache
def document() -> Json:
    found: Json = json.loads(get_static_doc("calendar", "v3"))
    return found


@functools.cache
def methods() -> dict[str, Method]:
    everywhere = document()["parameters"]
    return {
        f"{resource}.{name}": Method(
            f"{resource}.{name}",
            told["httpMethod"],
            told["path"],
            everywhere | told.get("parameters", {}),
            frozenset(told.get("scopes", ())),
            told.get("request", {}).get("$ref", ""),
            told.get("response", {}).get("$ref", ""),
        )
        for resource, content in document()["resources"].items()
        for name, told in content["methods"].items()
    }


def scope_words() -> dict[str, str]:
    """What a person reads for each scope, with plain apostrophes."""
    told = document()["auth"]["oauth2"]["scopes"]
    return {scope: words["description"].replace("\u2019", "'") for scope, words in told.items()}


def schemas() -> dict[str, Any]:
    found: dict[str, Any] = document()["schemas"]
    return found
