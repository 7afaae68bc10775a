"""A QR code (ISO/IEC 18004) of an address, for paper and for a page: the only place that makes one.

In: an address. Out: a PNG and the length of its side in pixels. It knows no lesson and no page.
"""

from __future__ import annotations

from io import BytesIO

import segno

SCALE = 8  # pixels a module: sharp on paper at 3 cm
BORDER = 4  # modules of white around it, as the standard wants


def qr_png(address: str) -> tuple[bytes, int]:
    """Return the code as PNG, black on white with error correction M, and its side in pixels."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    buffer = BytesIO()
    code.save(buffer, kind="png", scale=SCALE, border=BORDER)
    return buffer.getvalue(), int(code.symbol_size(scale=SCALE, border=BORDER)[0])
