"""The model of a disk without power: what was synced is there, what was not may be, in any order and in part."""

import random

from crash.disk import ANSWERED, CUT_SHORT, SYNCED, WRITTEN, Did, image_at

BEGUN = {"file": b"....", "other": b"??"}
TRACE = [
    Did(WRITTEN, "file", 0, b"ab"),
    Did(WRITTEN, "other", 0, b"!"),
    Did(SYNCED, "file"),
    Did(ANSWERED, "first"),
    Did(WRITTEN, "file", 6, b"cd"),
    Did(CUT_SHORT, "file", 2),
    Did(ANSWERED, "second"),
]


def images(cut: int) -> list[tuple[dict[str, bytes], frozenset[str]]]:
    found = (image_at(BEGUN, TRACE, cut, random.Random(seed)) for seed in range(200))
    return [(image.files, image.answered) for image in found]


def test_nothing_written_is_as_it_was() -> None:
    assert images(0) == [(BEGUN, frozenset())] * 200


def test_what_was_synced_is_there_whatever_happens() -> None:
    assert {files["file"] for files, _ in images(4)} == {b"ab.."}
    assert {answered for _, answered in images(4)} == {frozenset({"first"})}


def test_what_was_not_synced_may_be_there_or_not_or_in_part() -> None:
    seen = {files["file"] for files, _ in images(5)}

    assert seen == {b"ab..\0\0", b"ab..\0\0c", b"ab..\0\0cd"}
    assert {files["other"] for files, _ in images(5)} == {b"??", b"!?"}


def test_of_several_that_were_not_synced_a_later_one_may_be_there_without_an_earlier() -> None:
    seen = {files["file"] for files, _ in images(7)}

    assert b"ab" in seen
    assert b"ab..\0\0cd" in seen
