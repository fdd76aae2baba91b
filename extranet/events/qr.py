"""QR codes: dark on light in every theme, or cameras do not read them."""

import io

import segno


def make_png(text: str) -> bytes:
    """As a picture of its own."""
    made = io.BytesIO()
    segno.make_qr(text, error="m").save(made, kind="png", scale=8, border=4)
    return made.getvalue()


def make_svg(text: str) -> bytes:
    """For a document."""
    made = io.BytesIO()
    segno.make_qr(text, error="m").save(made, kind="svg", scale=4, border=1, xmldecl=False)
    return made.getvalue()
