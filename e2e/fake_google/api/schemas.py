"""Google's schemas as JSON Schema, strict: a property the description does not know is a mistake of this stand-in."""

import functools
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker

from ..description import schemas
from ..nouns import Json

ANYTHING: Final = ["string", "number", "boolean", "object", "array", "null"]
DIGITS: Final = r"^-?\d+$"


class NotGoogleShaped(AssertionError):
    """An answer of this stand-in that Google's description does not allow."""


def translated(told: Json) -> Json:
    """One schema of a discovery document in draft 2020-12."""
    if "$ref" in told:
        return {"$ref": f"#/$defs/{told['$ref']}"}
    made: Json = {name: told[name] for name in ("enum", "pattern") if name in told}
    made["type"] = ANYTHING if told.get("type", "any") == "any" else told["type"]
    if told.get("format") in {"date", "date-time"}:
        made["format"] = told["format"]
    if told.get("type") == "string" and told.get("format") in {"int64", "uint64"}:
        made["pattern"] = DIGITS
    if "items" in told:
        made["items"] = translated(told["items"])
    if told.get("type") == "object":
        made["properties"] = {name: translated(inner) for name, inner in told.get("properties", {}).items()}
        extra = told.get("additionalProperties")
        made["additionalProperties"] = translated(extra) if extra else False
    return made


@functools.cache
def validator(schema: str) -> Draft202012Validator:
    definitions = {name: translated(told) for name, told in schemas().items()}
    whole: dict[str, Any] = {"$defs": definitions, "$ref": f"#/$defs/{schema}"}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def check(schema: str, answer: Json) -> None:
    """Raises NotGoogleShaped, naming the place."""
    for problem in validator(schema).iter_errors(answer):
        raise NotGoogleShaped(f"{schema} at {problem.json_path}: {problem.message}")
