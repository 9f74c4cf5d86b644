"""The kind of a browser in words, out of what it says of itself: enough for somebody to tell two of them apart.

Every browser claims to be several others (developer.mozilla.org/docs/Web/HTTP/Reference/Headers/User-Agent), so the
narrower name comes first.
"""

from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def words(agent: str) -> str:
    """Like "Chrome on Windows"; "a browser" where nothing of it is known."""
    browser, system = (_first(kinds, agent) for kinds in (BROWSERS, SYSTEMS))
    return f"{browser or 'a browser'} on {system}" if system else browser or "a browser"


def _first(kinds: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in kinds if sign in agent), "")
