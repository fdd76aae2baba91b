"""A PDF as old programs made them: text without tags, which accessibility advice then finds."""

from unicodedata import normalize

PER_PAGE = 38


def make_pdf(title: str, lines: list[str]) -> bytes:
    """A PDF with a heading and lines of text, in letters that every reader has."""
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)] or [[]]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fi) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        text = _text(title if number == 0 else "", page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    objects.append(b"<< /Title %s >>" % _string(title))
    return _write(objects)


def _write(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), table)
    return bytes(out)


def _text(title: str, lines: list[str]) -> bytes:
    parts = [b"BT"]
    if title:
        parts.append(b"/F1 18 Tf 56 780 Td %s Tj 0 -30 Td" % _string(title))
    else:
        parts.append(b"56 780 Td")
    parts.append(b"/F1 11 Tf 18 TL")
    parts += [b"%s Tj T*" % _string(line) for line in lines]
    return b"\n".join([*parts, b"ET"])


def _string(text: str) -> bytes:
    plain = normalize("NFC", text).encode("cp1252", "replace")
    return b"(" + plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"
