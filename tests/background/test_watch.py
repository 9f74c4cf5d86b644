"""The watch goes on whatever happens to what it does."""

import threading

import pytest

from wizard.background.watch import Watch


def test_it_does_it_at_once_and_again_after_it_broke(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Semaphore(0)

    def breaks() -> None:
        done.release()
        raise ZeroDivisionError

    watch = Watch(breaks, every_s=0.01)
    watch.start()
    twice = [done.acquire(timeout=5) for _ in range(2)]
    watch.stop()

    assert twice == [True, True]
    assert "ZeroDivisionError" in caplog.text


def test_it_ends_while_it_waits() -> None:
    done = threading.Event()
    watch = Watch(done.set, every_s=3600)
    watch.start()

    assert done.wait(5)
    watch.stop()
    assert "watch" not in [thread.name for thread in threading.enumerate()]
