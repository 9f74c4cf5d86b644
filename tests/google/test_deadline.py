"""One time for the whole of what comes out of a socket."""

import socket
from collections.abc import Iterator

import pytest

from wizard.google.deadline import Ending

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_socket_without_a_time_out_is_not_waited_for(pair: Pair) -> None:
    ours, theirs = pair
    theirs.sendall(b"a")

    with ours.makefile("rb", buffering=0) as raw, pytest.raises(TimeoutError):
        Ending(ours, raw).read(1)


def test_what_was_waited_for_one_byte_is_not_given_to_the_next(pair: Pair) -> None:
    ours, theirs = pair
    ours.settimeout(0.2)
    with ours.makefile("rb", buffering=0) as raw:
        ending = Ending(ours, raw)
        theirs.sendall(b"a")
        ours.settimeout(60)

        assert ending.read(1) == b"a"
        left = ours.gettimeout()
        assert left is not None
        assert left <= 0.2
        with pytest.raises(TimeoutError):
            ending.read(1)
