"""Templates compiled once for all the applications of a process: each test begins with a wizard of its own."""

from typing import Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """In memory. Jinja names what it keeps by a template's name and a digest of its source."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._kept.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED: Final = Compiled()


def compiles_once(app: Flask) -> Flask:
    """The same application, which asks whether a template was compiled before."""
    app.jinja_env.bytecode_cache = COMPILED
    return app
