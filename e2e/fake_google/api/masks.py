"""The `fields` parameter: `items(id,start/dateTime),nextPageToken`. Source: …/calendar/api/guides/performance#partial."""

import functools
import re
from typing import Any, Final

from ..description import schemas
from ..errors import ApiError
from ..nouns import Json

TOKEN: Final = re.compile(r"[^,/()\s]+|[,/()]")
Mask = dict[str, Any]  # name -> Mask; an empty one: all below


@functools.lru_cache(maxsize=256)
def read(text: str, schema: str) -> Mask:
    """Raises ApiError for what is no mask or names no property of the answer."""
    tokens = TOKEN.findall(text)
    try:
        mask, left = selections(tokens)
    except IndexError:
        raise refusal(text) from None
    if left:
        raise refusal(text)
    check(mask, {"$ref": schema})
    return mask


def selections(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        name, below, tokens = one_selection(tokens)
        mask[name] = {**mask.get(name, {}), **below}
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def one_selection(tokens: list[str]) -> tuple[str, Mask, list[str]]:
    name, tokens = tokens[0], tokens[1:]
    if name in {",", "/", "(", ")"}:
        raise refusal(name)
    if tokens and tokens[0] == "/":
        below, mask, tokens = one_selection(tokens[1:])
        return name, {below: mask}, tokens
    if tokens and tokens[0] == "(":
        mask, tokens = selections(tokens[1:])
        if tokens[0] != ")":
            raise refusal(tokens[0])
        return name, mask, tokens[1:]
    return name, {}, tokens


def check(mask: Mask, schema: Json) -> None:
    while "$ref" in schema or "items" in schema:
        schema = schemas()[schema["$ref"]] if "$ref" in schema else schema["items"]
    for name, below in mask.items():
        inner = schema.get("additionalProperties") or schema.get("properties", {}).get(name)
        if name == "*":
            continue
        if inner is None:
            raise refusal(name)
        check(below, inner)


def refusal(name: str) -> ApiError:
    return ApiError("invalidParameter", f"Invalid field selection {name}", "fields")


def apply(mask: Mask, answer: Any) -> Any:
    if isinstance(answer, list):
        return [apply(mask, one) for one in answer]
    if not isinstance(answer, dict) or not mask:
        return answer
    wide = mask.get("*")
    if wide is not None:
        return {name: apply(wide | mask.get(name, {}), value) for name, value in answer.items()}
    return {name: apply(mask[name], value) for name, value in answer.items() if name in mask}
