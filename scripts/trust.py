"""How far the browser suite can be trusted: whole runs and runs of its smallest story, and what their number proves.

`make e2e-trust` runs it; `python -m scripts.trust --whole 1 --smallest 5` is the short form.
"""

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from math import comb
from pathlib import Path

SUITE = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
SPREAD = ["-n", str((os.cpu_count() or 1) + 1), "--maxprocesses", "4", "--dist", "worksteal"]
JUNIT = Path("test-results/trust.xml")
STORY = "e2e/test_catalogue.py::"
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Run:
    """One run of pytest: how many tests were played, how many went wrong, and the seconds each took by its id."""

    took_s: float
    wrong: int
    seconds: dict[str, float]


def bound(trials: int, failures: int, sure: float = SURE) -> float:
    """The largest share of failures that so many trials leave believable: the upper Clopper-Pearson limit, one-sided.

    With no failure it is close to 3 / trials, the "rule of three" (doi.org/10.1001/jama.1983.03330370053031).
    """
    if failures >= trials:
        return 1.0
    low, high = failures / trials, 1.0
    for _ in range(60):
        share = (low + high) / 2
        seen = sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(failures + 1))
        low, high = (share, high) if seen > 1 - sure else (low, share)
    return high


def run(*what: str) -> Run:
    JUNIT.unlink(missing_ok=True)
    began = time.monotonic()
    ended = subprocess.run([*SUITE, *what, f"--junit-xml={JUNIT}"], stdout=subprocess.PIPE, text=True, check=False)
    took = time.monotonic() - began
    if ended.returncode:
        print(ended.stdout, flush=True)
    cases = list(ET.parse(JUNIT).iter("testcase"))  # noqa: S314 - written by the run just ended
    if ended.returncode not in {0, 1} or not cases:
        raise SystemExit(f"pytest ended with {ended.returncode}: nothing is known of this run")
    wrong = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    return Run(took, wrong, {id_of(case): float(case.get("time", "0")) for case in cases})


def id_of(case: ET.Element) -> str:
    """A case of JUnit as pytest takes it: e2e/test_x.py::test_y[chromium-…]."""
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"


def say(kind: str, trials: int, failures: int) -> None:
    words = f"{kind:<38}{trials:>7}{failures:>10}   at most {bound(trials, failures):.2%}"
    print(words, flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.trust", description=__doc__)
    parser.add_argument("--whole", type=int, default=5, help="runs of the whole browser suite, at least 1 (5)")
    parser.add_argument("--smallest", type=int, default=60, help="runs of the story that took least (60)")
    chosen = parser.parse_args(arguments)
    JUNIT.parent.mkdir(exist_ok=True)
    whole = []
    for number in range(1, chosen.whole + 1):
        whole.append(run("e2e", *SPREAD))
        newest = whole[-1]
        print(
            f"whole run {number}: {len(newest.seconds)} tests in {newest.took_s:.0f} s, {newest.wrong} wrong",
            flush=True,
        )
    stories = {name: took for name, took in whole[0].seconds.items() if STORY in name}
    smallest = min(stories, key=lambda name: stories[name])
    print(f"smallest: {smallest}", flush=True)
    small = [run(smallest) for _ in range(chosen.smallest)]
    print(f"\n{'':<38}{'trials':>7}{'failures':>10}   {SURE:.0%} sure: goes wrong in", flush=True)
    say("whole runs", len(whole), sum(bool(one.wrong) for one in whole))
    say("tests of the whole runs", sum(len(one.seconds) for one in whole), sum(one.wrong for one in whole))
    say("runs of the smallest story", len(small), sum(bool(one.wrong) for one in small))
    return int(any(one.wrong for one in (*whole, *small)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
