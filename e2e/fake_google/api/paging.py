"""Pages and sync tokens of the two lists."""

import base64
import binascii
import json
from typing import Any, Final

from ..errors import ApiError
from ..nouns import Json
from .call import Question

NOT_PART_OF_THE_LIST: Final = frozenset({
    "pageToken", "maxResults", "fields", "prettyPrint", "alt", "quotaUser", "userIp", "key", "oauth_token",
})  # fmt: skip


def pack(**values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, sort_keys=True, default=str).encode()).decode()


def unpack(token: str, kind: str, of: str, *names: str) -> list[int]:
    """The numbers of these names in a token for this list. Raises ApiError for a token we did not give for it."""
    try:
        told = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (binascii.Error, ValueError, RecursionError):
        told = {}
    found = [told.get(name) for name in names] if isinstance(told, dict) else []
    numbers = [one for one in found if type(one) is int]  # True is no number here
    if len(numbers) < len(names) or (told.get("kind"), told.get("of")) != (kind, of):
        raise ApiError("invalid", f"Invalid {kind} token value.", kind + "Token")
    return numbers


def changed_since(question: Question, excluded: frozenset[str]) -> int | None:
    """The change number of the sync token, if one is given. Raises ApiError fullSyncRequired for a stale one."""
    token = question.given.get("syncToken")
    if token is None:
        return None
    if together := sorted(excluded & question.given.keys()):
        raise ApiError("badRequest", f"Sync token cannot be used with other query restrictions: {together[0]}")
    (since,) = unpack(token, "sync", whose(question), "since")
    if since < question.world.manners.sync_tokens_before or since > question.world.changes:
        raise ApiError("fullSyncRequired")
    return since


def whose(question: Question) -> str:
    return f"{question.account.sub} {question.path.get('calendarId', '')}"


def mark(question: Question) -> str:
    """A page belongs to the list it is of: the same question but for what only shapes the answer."""
    asked = {name: value for name, value in question.given.items() if name not in NOT_PART_OF_THE_LIST}
    return pack(kind="list", of=whose(question), asked=asked)


def page(question: Question, items: list[Any], size: int, *, syncs: bool) -> tuple[list[Any], Json]:
    """This page's items and the token that stands in its envelope: for the next page, or for the next sync."""
    manners = question.world.manners
    start, until = -1 if manners.empty_first_page else 0, question.world.changes
    if token := question.given.get("pageToken"):
        start, until = unpack(token, "page", mark(question), "start", "until")
    if start < 0:
        return [], {"nextPageToken": pack(kind="page", of=mark(question), start=0, until=until)}
    end = start + min(size, manners.longest_page)
    if end < len(items):
        return items[start:end], {"nextPageToken": pack(kind="page", of=mark(question), start=end, until=until)}
    sync = {"nextSyncToken": pack(kind="sync", of=whose(question), since=until)} if syncs else {}
    return items[start:end], sync
