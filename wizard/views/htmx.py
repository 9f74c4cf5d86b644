"""The only Python that knows htmx's words: which answer a request wants, and how a browser is sent away.

htmx 4 renamed its headers; flask-htmx 0.4.0 knows HX-Request and HX-Boosted, the two others are read here.
Source: four.htmx.org/reference
"""

from flask import Response, make_response, redirect, request
from flask_htmx import HTMX

htmx = HTMX()


def is_partial() -> bool:
    """The request comes from a part of a page and wants that part alone."""
    return bool(htmx) and request.headers.get("HX-Request-Type") != "full"


def pressed() -> str:
    """The id or tag of the element that asked, as htmx 4 names it: "button#now"; empty for a plain request."""
    return request.headers.get("HX-Source", "")


def leave(url: str) -> Response:
    """Send the browser itself to another page: HX-Redirect for htmx, 303 for a plain form.

    htmx follows a 303 and would put the other page into the part, and a cross-origin one it cannot follow at all.
    """
    if htmx:
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, 303))


def vary(response: Response) -> Response:
    """The same address answers a part or a page: caches must tell them apart."""
    response.vary.add("HX-Request")
    return response
