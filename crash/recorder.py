"""What SQLite really writes and syncs, noted below it: the VFS through which this process opens files is listened to.

Nothing of SQLite is replaced, so that a sync is noted where the product's own settings make SQLite ask for one. It needs a
Python whose sqlite3 uses the machine's shared library, as Debian's, Fedora's and Homebrew's do.

Source: sqlite.org/c3ref/vfs.html, sqlite.org/c3ref/io_methods.html
"""

import _sqlite3
import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crash.disk import CUT_SHORT, SYNCED, WRITTEN, Did

IO_METHODS = 19
"""Of sqlite3_io_methods version 3: the number, and 18 functions."""

WRITE, TRUNCATE, SYNC = 3, 4, 5
"""Which of them; xClose is 1."""

FILE = ctypes.POINTER(ctypes.c_void_p)
"""A sqlite3_file begins with the address of its methods."""

OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, FILE, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
"""The name stays an address: SQLite reads on behind its end (sqlite.org/c3ref/filename.html)."""

DOES: dict[int, Any] = {
    WRITE: ctypes.CFUNCTYPE(ctypes.c_int, FILE, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64),
    TRUNCATE: ctypes.CFUNCTYPE(ctypes.c_int, FILE, ctypes.c_int64),
    SYNC: ctypes.CFUNCTYPE(ctypes.c_int, FILE, ctypes.c_int),
}


class Vfs(ctypes.Structure):
    """sqlite3_vfs, as far as it is read here."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
    )


class NotListening(Exception):
    """Python's SQLite is built into it: nothing below it can be heard."""


@contextmanager
def recording(note: Callable[[Did], object]) -> Iterator[None]:
    """Of every file that is opened meanwhile, while it is open. For a process that ends soon after: SQLite keeps the hooks."""
    vfs = _vfs()
    address = vfs.open
    opens, kept = OPEN(address), []

    def listen(vfs_at: int, name: int | None, file: Any, flags: int, given: Any) -> int:
        answer: int = opens(vfs_at, name, file, flags, given)
        if not answer and name and file[0]:
            methods = (ctypes.c_void_p * IO_METHODS).from_address(file[0])
            own = (ctypes.c_void_p * IO_METHODS)(*methods)
            heard = _hearing(methods, Path(ctypes.string_at(name).decode()).name, note)
            for place, function in heard.items():
                own[place] = ctypes.cast(function, ctypes.c_void_p).value
            kept.append((own, heard))
            file[0] = ctypes.addressof(own)
        return answer

    listens = OPEN(listen)
    vfs.open = ctypes.cast(listens, ctypes.c_void_p).value
    try:
        yield
    finally:
        vfs.open = address
        _kept.append((kept, listens))


_kept: list[Any] = []
"""Files that are still open call what they were opened with."""


def _hearing(methods: Any, name: str, note: Callable[[Did], object]) -> dict[int, Any]:
    write, truncate, sync = (DOES[place](methods[place]) for place in (WRITE, TRUNCATE, SYNC))

    def writes(file: Any, data: int, size: int, offset: int) -> int:
        note(Did(WRITTEN, name, offset, ctypes.string_at(data, size)))
        answer: int = write(file, data, size, offset)
        return answer

    def truncates(file: Any, size: int) -> int:
        note(Did(CUT_SHORT, name, size))
        answer: int = truncate(file, size)
        return answer

    def syncs(file: Any, flags: int) -> int:
        answer: int = sync(file, flags)
        if not answer:
            note(Did(SYNCED, name))
        return answer

    heard = {WRITE: writes, TRUNCATE: truncates, SYNC: syncs}
    return {place: DOES[place](function) for place, function in heard.items()}


def _vfs() -> Vfs:
    """The one that is used where none is named, in the very library that Python's own module calls."""
    try:
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    except AttributeError as error:
        raise NotListening from error
    find.restype = ctypes.POINTER(Vfs)
    vfs: Vfs = find(None).contents
    return vfs
