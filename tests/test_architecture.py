"""What no reader should have to check: the rules that hold for every file of a kind, read from the source itself."""

import re
import subprocess
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VENDORED = ("static/vendor/*", "*.min.js")

# Every file that is tracked or about to be. A checkout that another user owns is read too, which git only takes from its
# command line (git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory).
FILES = subprocess.run(
    ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    check=True,
    capture_output=True,
    text=True,
).stdout.split("\0")[:-1]


@dataclass(frozen=True)
class Ban:
    """Words that no file of some kind may hold, but those named in `but`; `like` are samples of what it must find."""

    name: str
    pattern: str
    files: str
    like: tuple[str, ...]
    but: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        return fnmatchcase(path, self.files) and not any(fnmatchcase(path, other) for other in (*self.but, *VENDORED))

    def finds(self, text: str) -> list[str]:
        return [match[0] for match in re.finditer(self.pattern, text)]


BANS = (
    Ban(
        "package index",
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|://[^\s\\]+/simple\b|--(?:extra-)?index-url|\"resolved\": *\"http",
        "*",
        (  # put together here, so that this file does not hold them
            *(f"--{word}" for word in ("index-url", "extra-index-url")),
            *(f"https://{name}.org" for name in ("pypi", "files.pythonhosted")),
            "https://registry.{}.org".format("npmjs"),
            "https://mirror.example/{}/".format("simple"),
            '"{}": "https://a.example/a.tgz"'.format("resolved"),
        ),
    ),
    Ban(
        "path of one machine",
        r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/",
        "*",
        tuple(f"see /{folder}/notes" for folder in ("root", "work", "home/ada", "Users/ada")),
    ),
    Ban(
        "inline script, style or handler in a page (the content policy forbids them)",
        r"(?i)<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|<script[^>]*>[^<]|hx-on|hx-vals=.js:|javascript:"
        r"|\son(?:click|load|error|submit|change|input|focus|blur|key\w+|mouse\w+|pointer\w+|toggle)\s*=",
        "*.html",
        (
            "<style>",
            '<p style="x">',
            "<script>",
            '<script type="module">',
            '<script src="/a.js">a()</script>',
            '<b hx-on:click="x">',
            "<b hx-vals='js:{}'>",
            '<a href="javascript:x">',
            '<b onclick="x">',
            '<b\nonkeyup="x">',
        ),
    ),
    Ban(
        "filter in hx-trigger (it needs unsafe-eval)",
        r"hx-trigger=\"[^\"]*\[",
        "*.html",
        ('hx-trigger="click[ctrlKey]"',),
    ),
    Ban(
        "script, style or picture of another host",
        r"(?i)\ssrc(?:set)?=[\"'](?:https?:)?//|<link[^>]*\shref=[\"'](?:https?:)?//",
        "*.html",
        (
            '<script src="https://a.example/x.js">',
            "<img src='//a.example/x'>",
            '<link rel="x" href="https://a.example">',
        ),
    ),
    Ban(
        "htmx header outside wizard/views/htmx.py",
        r"\bHX-\w+|\bHX_\w+",
        "wizard/*.py",
        ('request.headers["HX-Request"]',),
        but=("wizard/views/htmx.py",),
    ),
    Ban(
        "time that does not come from the clock",
        r"\bdatetime\.(?:now|today)\(|\bdate\.today\(|\butcnow\b|\btime\.time(?:_ns)?\(|from time import time\b",
        "wizard/*.py",
        ("datetime.now(UTC)", "datetime.today()", "date.today()", "datetime.utcnow()", "time.time()", "time.time_ns()"),
        but=("wizard/clock.py",),
    ),
    Ban(
        "environment read outside wizard/config.py",
        r"\bos\.(?:environ|getenv)\b|from os import .*\b(?:environ|getenv)\b",
        "wizard/*.py",
        ('os.environ["A"]', 'os.getenv("A")', "from os import path, environ"),
        but=("wizard/config.py",),
    ),
)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.name)
def test_no_file_holds_what_is_banned(ban: Ban) -> None:
    covered = [path for path in FILES if ban.covers(path) and (ROOT / path).is_file()]

    found = {path: ban.finds((ROOT / path).read_text(errors="replace")) for path in covered}

    assert covered, f"no file is {ban.files}: the ban looks at nothing"
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(("ban", "sample"), [(ban, sample) for ban in BANS for sample in ban.like])
def test_a_ban_finds_what_it_is_for(ban: Ban, sample: str) -> None:
    assert ban.finds(sample)


def test_plain_pages_are_not_banned() -> None:
    page = '<script src="/static/a.js" defer></script><p data-style="x" class="on">one = two</p><a href="https://a.example">'

    assert [ban.name for ban in BANS if ban.files == "*.html" and ban.finds(page)] == []


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z][\w-]*):(?!=)(.*)$", makefile, re.MULTILINE)
    shown = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert [name for name, rest in targets if not re.search(r" ## [A-Z].{10,}", rest)] == []
    assert re.findall(r"^make (\S+) +\S", shown, re.MULTILINE) == [name for name, _ in targets]
    assert {name for name, _ in targets} == set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
