"""What is sent, held against its schema: wrong types are refused, unknown and read-only properties are left out."""

import json
from typing import Any

from ..description import Method, schemas
from ..errors import ApiError
from ..nouns import Json

KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "object": dict, "array": list,
}  # fmt: skip


def read(method: Method, raw: bytes) -> Json:
    """The resource as sent. `None` stays: in a patch it means "take this away"."""
    try:
        sent = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as unreadable:
        raise ApiError("parseError") from unreadable
    if not isinstance(sent, dict):
        raise ApiError("parseError")
    return fitting(sent, schemas()[method.body], method.body) if method.body else {}


def fitting(sent: Json, schema: Json, where: str) -> Json:
    if extra := schema.get("additionalProperties"):
        return {name: value_fitting(value, extra, f"{where}.{name}") for name, value in sent.items()}
    known = schema.get("properties", {})
    return {
        name: value_fitting(value, known[name], f"{where}.{name}")
        for name, value in sent.items()
        if name in known and "Read-only" not in known[name].get("description", "")
    }


def value_fitting(value: Any, schema: Json, where: str) -> Any:
    if value is None:
        return None
    schema = schemas()[schema["$ref"]] if "$ref" in schema else schema
    kind = KINDS.get(schema.get("type", "any"))
    if kind and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
        raise ApiError("invalid", f"Invalid value for: {where.partition('.')[2]}")
    if isinstance(value, dict):
        return fitting(value, schema, where)
    if isinstance(value, list):
        if None in value:
            raise ApiError("invalid", f"Invalid value for: {where.partition('.')[2]}")
        return [value_fitting(one, schema["items"], where) for one in value]
    return value


def required(method: Method, sent: Json, messages: dict[str, str]) -> None:
    """Raises ApiError required for what the description's annotations demand of this method."""
    properties = schemas()[method.body]["properties"]
    for name, told in properties.items():
        demanded = f"calendar.{method.name}" in told.get("annotations", {}).get("required", ())
        if demanded and not sent.get(name):
            raise ApiError("required", messages.get(name, f"Missing {name}."))


def merged(old: Json, patch: Json) -> Json:
    """Patch semantics: objects are merged, everything else replaced, null takes away."""
    new = dict(old)
    for name, value in patch.items():
        before = old.get(name)
        if value is None:
            new.pop(name, None)
        elif isinstance(value, dict):
            new[name] = merged(before if isinstance(before, dict) else {}, value)
        else:
            new[name] = value
    return new
