"""Templates and rules of addresses compiled once for all the applications of a process: each test begins with a wizard of its own."""

from collections.abc import Callable, Hashable
from typing import Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


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


class CompiledRule(Rule):
    """A rule whose builder of addresses is compiled at its first application; it asks its own rule for everything else.

    Werkzeug 3.1 compiles two functions for each rule of each application, half the time that making one takes.
    """

    _builders: Final[dict[Hashable, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, self.subdomain, repr(self.defaults), append_unknown)
        if key not in self._builders:
            self._builders[key] = super()._compile_builder(append_unknown)
        return self._builders[key]


def compiles_once(app: Flask) -> Flask:
    """The same application, which asks whether a template was compiled before."""
    app.jinja_env.bytecode_cache = COMPILED
    return app
