"""Compressing the answers that repeat themselves a thousand times: the overview and its boxes.

Why these two alone: docs/decisions/011-the-overview-is-compressed.md.
"""

import gzip

from flask import Response, request

LEVEL = 5
"""A table of a thousand cells comes out at a twentieth; higher levels take longer and gain little."""


def compressed(response: Response) -> Response:
    """The same answer in gzip, for a browser that takes it. Nothing of the request may stand in it (BREACH)."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response
