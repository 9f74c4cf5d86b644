"""What arrives as JSON, held against the types of the function or the noun it is for."""

import types
import typing
from collections.abc import Callable
from typing import Any, Final

from flask import request

from .nouns import Json

FURTHEST: Final = 1e10  # seconds: three hundred years; also keeps out what is no number


def sent() -> Any:
    """What this request brought; None where it is no JSON, says it is none, or is nested too deeply to be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def fits(value: object, kind: Any) -> bool:
    inside, kind = typing.get_args(kind), typing.get_origin(kind) or kind
    if kind is Any:
        return True
    if kind in {typing.Union, types.UnionType}:
        return any(fits(value, one) for one in inside)
    if isinstance(value, list):
        return kind is list and all(fits(one, inside[0]) for one in value)
    if kind is float and type(value) in {int, float}:
        return -FURTHEST < typing.cast("float", value) < FURTHEST
    return type(value) is kind


def check(given: Json, *kinds: Callable[..., Any]) -> None:
    """Raises TypeError for a value of another type than its parameter in one of `kinds`; unknown names are let by."""
    for kind in kinds:
        hints = typing.get_type_hints(kind)
        for name, value in given.items():
            if name in hints and not fits(value, hints[name]):
                raise TypeError(f"{name} cannot be {str(value)[:60]}.")
