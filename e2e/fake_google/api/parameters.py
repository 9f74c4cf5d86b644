"""Query parameters as Google's description types them: kind, enum, range, repeated."""

import re
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from .. import times
from ..description import Method
from ..errors import ApiError
from ..nouns import Json

WHOLE: Final = re.compile(r"-?[0-9]{1,19}")
BOOLEANS: Final = {"true": True, "false": False}


def read(method: Method, args: MultiDict[str, str]) -> dict[str, Any]:
    """Each parameter given, in its type. Raises ApiError for an unknown one or a value outside its type."""
    given: dict[str, Any] = {}
    for name, values in args.lists():
        told = method.parameters.get(name)
        if told is None or told["location"] != "query":
            raise ApiError(
                "badRequest",
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message.",
            )
        if told.get("repeated"):
            given[name] = [typed(name, value, told) for value in values]
        elif len(values) > 1:
            raise ApiError("invalidParameter", f"Repeated parameter: {name}", name)
        else:
            given[name] = typed(name, values[0], told)
    missing = [name for name, told in method.parameters.items() if told.get("required") and told["location"] == "query"]
    if absent := [name for name in missing if name not in given]:
        raise ApiError("required", f"Required parameter: {absent[0]}", absent[0])
    return given


def typed(name: str, value: str, told: Json) -> Any:
    if "enum" in told and value not in told["enum"]:
        raise refusal(name, value, f"Allowed values: {told['enum']}")
    match told["type"]:
        case "boolean":
            if value not in BOOLEANS:
                raise refusal(name, value, "Values must be true or false")
            return BOOLEANS[value]
        case "integer":
            return whole(name, value, told)
    if told.get("format") == "date-time":
        try:
            return times.parse(value)
        except ValueError:
            raise ApiError("badRequest", f"Invalid value for {name}: an RFC 3339 time with an offset", name) from None
    return value


def whole(name: str, value: str, told: Json) -> int:
    least, most = int(told.get("minimum", -(2**31))), int(told.get("maximum", 2**31 - 1))
    if not WHOLE.fullmatch(value):
        raise refusal(name, value, "Values must be whole numbers")
    number = int(value)
    if not least <= number <= most:
        raise refusal(name, value, f"Values must be within the range: [{least}, {most}]")
    return number


def refusal(name: str, value: str, why: str) -> ApiError:
    return ApiError("invalidParameter", f"Invalid value '{value}'. {why}", name)
