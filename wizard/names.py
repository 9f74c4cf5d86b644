"""Names that are almost right: whether one is meant, and where exactly it differs, marked and in words."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise, takewhile

MOST_EDITS = 2
"""A name that differs by more is another name, not a mistaken one."""

LONGEST = 100
"""Nobody types a mistake of this length; what is longer is not compared sign by sign."""

VISIBLE_SPACE = "␣"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the name as it is to be shown; `is_different` is what a page underlines."""

    text: str
    is_different: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A name beside the right one: the name found in segments, and what is wrong with it in words."""

    segments: tuple[Segment, ...]
    words: str
    is_of_case: bool  # capital and small letters are part of it

    @property
    def shown(self) -> str:
        """The name found, with every space that is wrong made visible and every hidden sign named."""
        return "".join(segment.text for segment in self.segments)


def is_near(found: str, right: str) -> bool:
    """The name is not the right one, but at most two edits away once spaces, case and forms of a sign are evened out."""
    if found == right or len(found) > LONGEST:
        return False
    smooth, aim = _smooth(found), _smooth(right)
    too_many, missing = Counter(smooth) - Counter(aim), Counter(aim) - Counter(smooth)
    if max(too_many.total(), missing.total()) > MOST_EDITS:  # one edit each at least: most names need no closer look
        return False
    return sum(edit.kind is not Kind.SAME for edit in _edits(smooth, aim)) <= MOST_EDITS


def difference(found: str, right: str) -> Difference:
    """Where a near name differs from the right one; for the right name itself nothing is marked and nothing said."""
    edits = _edits(found, right)
    before = _surplus(edits)
    after = _surplus(edits[::-1])[::-1] if len(before) < len(edits) else []
    inside = edits[len(before) : len(edits) - len(after)]
    runs = groupby(_marked(edits), key=lambda sign: sign[1])
    return Difference(
        segments=tuple(Segment("".join(text for text, _ in run), is_different) for is_different, run in runs),
        words=", and ".join(
            [
                *_of_case(inside, right),
                *_of_letters(inside, right),
                *_of_surplus(before, f"before {right.split(maxsplit=1)[0]}"),
                *_of_surplus(after, f"after {right.rsplit(maxsplit=1)[-1]}"),
                *_of_spaces(inside, right),
            ]
        ),
        is_of_case=any(edit.kind is Kind.CASE for edit in edits),
    )


class Kind(Enum):
    """What one edit does; the value is its weight, so that the cheapest way is also the one a person would describe."""

    SAME = 0
    CASE = 1  # the same letter, capital for small or the other way round
    WIDTH = 2  # the same sign in another form of Unicode: full width, a no-break space
    SPACE = 3  # a space or a hidden sign too many
    OTHER = 4  # another sign
    EXTRA = 5  # a sign too many
    MISSING = 6


LETTERS = frozenset({Kind.WIDTH, Kind.OTHER, Kind.EXTRA, Kind.MISSING})

TAIL = 2
"""So many last letters are named by themselves ("-ar"); a mistake further in has the whole word spelled."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One sign found (empty: missing) beside one sign of the right name (empty: too many), at a place in that name."""

    kind: Kind
    found: str
    right: str
    at: int


def _smooth(name: str) -> str:
    """What is left when nobody looks closely (NFKC, no hidden signs, single spaces, case folded)."""
    visible = "".join(sign for sign in unicodedata.normalize("NFKC", name) if not _is_hidden(sign))
    return " ".join(visible.split()).casefold()


def _is_hidden(sign: str) -> bool:
    """Format characters: zero-width space and joiners, soft hyphen, marks of direction, byte-order mark."""
    return unicodedata.category(sign) == "Cf"


def _edits(found: str, right: str) -> list[Edit]:
    """The cheapest way from the right name to the one found (Wagner and Fischer, with the weights of `Kind`)."""
    best: list[list[tuple[int, Edit | None]]] = [[(0, None)]]
    for at, sign in enumerate(right):
        best[0].append(_plus(best[0][at], Edit(Kind.MISSING, "", sign, at)))
    for row, seen in enumerate(found, start=1):
        above, here = best[row - 1], [_plus(best[row - 1][0], Edit(_kind(seen, ""), seen, "", 0))]
        for at, sign in enumerate(right):
            here.append(
                min(
                    _plus(above[at], Edit(_kind(seen, sign), seen, sign, at)),
                    _plus(above[at + 1], Edit(_kind(seen, ""), seen, "", at + 1)),
                    _plus(here[at], Edit(Kind.MISSING, "", sign, at)),
                    key=lambda way: way[0],
                )
            )
        best.append(here)
    return _walked_back(best)


def _plus(way: tuple[int, Edit | None], edit: Edit) -> tuple[int, Edit | None]:
    return way[0] + edit.kind.value, edit


def _walked_back(best: list[list[tuple[int, Edit | None]]]) -> list[Edit]:
    edits: list[Edit] = []
    row, column = len(best) - 1, len(best[0]) - 1
    while (edit := best[row][column][1]) is not None:
        edits.append(edit)
        row, column = row - len(edit.found), column - len(edit.right)
    return edits[::-1]


def _kind(found: str, right: str) -> Kind:
    if found == right:
        return Kind.SAME
    if not right:
        return Kind.SPACE if found.isspace() or _is_hidden(found) else Kind.EXTRA
    if found.casefold() == right.casefold():
        return Kind.CASE
    if unicodedata.normalize("NFKC", found).casefold() == right.casefold() or (found.isspace() and right.isspace()):
        return Kind.WIDTH
    return Kind.OTHER


def _marked(edits: list[Edit]) -> list[tuple[str, bool]]:
    """Every sign found as it is shown, and whether it is wrong. What is missing has no sign: its neighbour is marked."""
    marked: list[tuple[str, bool]] = []
    is_owed = False
    for edit in edits:
        if edit.found:
            is_different = edit.kind is not Kind.SAME or is_owed
            marked.append((_shown(edit.found, is_different), is_different))
        is_owed = not edit.found
    if is_owed and marked:
        marked[-1] = (marked[-1][0], True)
    return marked


def _shown(sign: str, is_different: bool) -> str:
    if _is_hidden(sign):
        return f"[{_called(sign)}]"
    return VISIBLE_SPACE if is_different and sign.isspace() else sign


def _called(sign: str) -> str:
    return unicodedata.name(sign, "a special sign").lower()


def _surplus(edits: list[Edit]) -> list[Edit]:
    """What stands before the right name begins, if it is more than spaces."""
    run = list(takewhile(lambda edit: edit.kind in {Kind.EXTRA, Kind.SPACE}, edits))
    return run if any(edit.kind is Kind.EXTRA for edit in run) else []


def _of_surplus(run: list[Edit], place: str) -> Iterator[str]:
    if run:
        text = "".join(edit.found for edit in run).strip()
        yield f"nothing may stand {place}: take away “{text}”"


def _of_case(edits: list[Edit], right: str) -> Iterator[str]:
    """Per word the letters to mind: "capital P-I-M-S-Y and capital C"."""
    wrong = {edit.at for edit in edits if edit.kind is Kind.CASE}
    parts: list[str] = []
    for start, end in _words(right):
        here = sorted(wrong.intersection(range(start, end)))
        if any(right[at].isupper() for at in here):
            parts.append("capital " + "-".join(letter for letter in right[start:end] if letter.isupper()))
        if small := [right[at] for at in here if not right[at].isupper()]:
            parts.append("small " + "-".join(small))
    if parts:
        yield " and ".join(parts)


def _of_letters(edits: list[Edit], right: str) -> Iterator[str]:
    for start, end in _words(right):
        # A sign too many may also stand behind the word's last letter.
        wrong = [edit for edit in edits if edit.kind in LETTERS and start <= edit.at < end + (edit.kind is Kind.EXTRA)]
        word = right[start:end]
        if any(not edit.found.isascii() for edit in wrong):
            yield f"{word} has to be typed in ordinary letters"
        elif wrong and end == len(right) and all(edit.kind is Kind.OTHER and edit.at >= end - TAIL for edit in wrong):
            yield f"the last letters must be -{word[-TAIL:]}"
        elif wrong:
            yield f"{word} is spelled {'-'.join(word)}"


def _of_spaces(edits: list[Edit], right: str) -> Iterator[str]:
    too_many = [edit for edit in edits if edit.kind is Kind.SPACE]
    for place, run in groupby(too_many, key=lambda edit: _place(edit.at, right)):
        signs = [edit.found for edit in run]
        if spaces := [sign for sign in signs if not _is_hidden(sign)]:
            yield f"there {_counted('a space', 'spaces', len(spaces))} too many {place}"
        if hidden := [sign for sign in signs if _is_hidden(sign)]:
            counted = _counted("a hidden sign", "hidden signs", len(hidden))
            yield f"there {counted} ({_called(hidden[0])}) {place}"
    for edit in edits:
        if edit.right != " " or edit.kind is Kind.SAME:
            continue
        place = f"between {right[: edit.at].rsplit(maxsplit=1)[-1]} and {right[edit.at :].split(maxsplit=1)[0]}"
        if edit.kind is Kind.WIDTH:
            yield f"the space {place} is a special one ({_called(edit.found)}): type an ordinary one"
        else:
            yield f"there must be a space {place}"


def _counted(one: str, many: str, count: int) -> str:
    return f"is {one}" if count == 1 else f"are {count} {many}"


def _place(at: int, right: str) -> str:
    if at == 0:
        return "at the beginning"
    return "at the end" if at == len(right) else f"after {right[:at].rstrip()}"


def _words(right: str) -> Iterator[tuple[int, int]]:
    ends = [-1, *(at for at, sign in enumerate(right) if sign == " "), len(right)]
    for before, after in pairwise(ends):
        yield before + 1, after
