"""A disk that can lose its power: what SQLite wrote and what it had synced, byte by byte, and how the files stand after a cut.

Pure. What is recorded comes from `recorder`; the model is this. What was written before the last sync of its file is there.
Of what was written since, each write may be there or not, whatever the order, and one of them may be torn: drives write
their caches in any order they like (sqlite.org/atomiccommit.html, section 2).
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WRITTEN, CUT_SHORT, SYNCED, ANSWERED = "written", "cut short", "synced", "answered"


class Did(NamedTuple):
    """One thing SQLite did to a file; or, under ANSWERED, the mark of a booking whose person was told that it stands."""

    what: str
    file: str
    offset: int = 0  # of a write; the new size of a file that was cut short
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Image:
    """The files after the power came back, and what had been answered before it went."""

    files: dict[str, bytes]
    answered: frozenset[str]


def image_at(begun: dict[str, bytes], trace: Sequence[Did], cut: int, chance: random.Random) -> Image:
    """The power goes right after so many of the trace; `begun` is how the files stood, synced, before the first."""
    files = defaultdict(bytearray, {name: bytearray(data) for name, data in begun.items()})
    waiting: defaultdict[str, list[Did]] = defaultdict(list)
    answered = set()
    for did in trace[:cut]:
        if did.what == ANSWERED:
            answered.add(did.file)
        elif did.what == SYNCED:
            for one in waiting.pop(did.file, ()):
                _apply(files[did.file], one)
        else:
            waiting[did.file].append(did)
    for name, writes in waiting.items():
        for one in _survivors(writes, chance):
            _apply(files[name], one)
    return Image({name: bytes(data) for name, data in files.items()}, frozenset(answered))


def _survivors(writes: list[Did], chance: random.Random) -> Iterator[Did]:
    torn = chance.randrange(len(writes))
    for number, one in enumerate(writes):
        if number == torn and one.what == WRITTEN:
            yield one._replace(data=one.data[: chance.randrange(len(one.data) + 1)])
        elif chance.random() < 0.5:  # noqa: PLR2004 - as likely as not
            yield one


def _apply(file: bytearray, did: Did) -> None:
    if did.what == CUT_SHORT:
        del file[did.offset :]
        return
    if len(file) < did.offset:
        file.extend(bytes(did.offset - len(file)))
    file[did.offset : did.offset + len(did.data)] = did.data
