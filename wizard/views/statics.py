"""Style sheets, scripts and pictures: kept by browsers for a year under an address that changes with their content."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

KEPT_S = 365 * 24 * 3600


def install(app: Flask) -> None:
    version = _version(Path(app.static_folder or ""))

    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", version)

    app.url_defaults(name_version)


def keep(response: Response) -> Response:
    """Only an address that names a version may be kept: another version has another address."""
    if "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={KEPT_S}, immutable"
    return response


def _version(folder: Path) -> str:
    """Ten signs that change whenever a file of the folder does."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()[:10]
