"""The figures of all benchmarks in one file: each merges its own, and leaves the others' as they are."""

import json
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path(__file__).with_name("results.json")


def merge(name: str, figures: dict[str, Any]) -> None:
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(kept | {name: figures}, indent=2) + "\n")
