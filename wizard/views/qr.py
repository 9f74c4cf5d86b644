"""A link as a picture that a telephone or a scanner reads: drawn as vectors in the page, without a style of its own."""

import segno
from markupsafe import Markup


def svg(address: str) -> Markup:
    """The code of an address, black on white in any light, with the quiet edge that scanners need (ISO/IEC 18004)."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno draws it of modules; nothing of the address stands in it as text
