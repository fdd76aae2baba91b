"""Files that no program would write, made byte by byte, and a paper for those that are well made."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from extranet.demo.files.paper import Figures, Paper, Part

PAPER = Paper(
    title="Perehdytyksen muistilista åäö",
    lead="Lyhyt ohje esihenkilölle ensimmäistä työpäivää varten.",
    language="fi",
    parts=(
        Part("Ennen ensimmäistä päivää", "Varaa työväline ja aika #let x = 1 <script>alert(1)</script>.", ("Avain", "Tunnukset")),
        Part("Ensimmäinen viikko", "Käy läpi työn tavoitteet ja tavat.", ("Tutustuminen",)),
    ),
    figures=Figures("Perehdytetyt vuosittain", ("Vuosi", "Määrä"), (("2025", 12), ("2026", 18))),
)
CARELESS = Paper(PAPER.title, PAPER.lead, PAPER.language, PAPER.parts, PAPER.figures, careful=False)


def pack(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def bloated_zip() -> bytes:
    """Says of itself that it unpacks to half a terabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.infolist()[0].file_size = 500_000_000_000
    return out.getvalue()


def crowded_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"p/{number}.xml", "")
    return out.getvalue()


def laughing_docx() -> bytes:
    """The billion laughs: entities made of entities."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'
    return pack(**{"[Content_Types].xml": "<Types/>", "word__document.xml": xml})


def vast_png() -> bytes:
    """A picture of 60,000 times 60,000 pixels in a hundred bytes."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def photo() -> bytes:
    """A JPEG on its side, with a place and a name in it."""
    image = Image.new("RGB", (2400, 1200), "teal")
    exif = image.getexif()
    exif[0x0112] = 6
    exif[0x9C9D] = "Salainen Kuvaaja"
    exif[0x010E] = "Salainen kuvaus"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def endless_pdf(pages: int = 100_000) -> bytes:
    """Very many pages that share one text."""
    kids = " ".join(f"{n + 5} 0 R" for n in range(pages))
    text = b"BT /F1 12 Tf 50 700 Td (Sivu yksi kahdesta tuhannesta) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"
    return as_pdf([*objects, *([leaf] * pages)])


def locked_pdf() -> bytes:
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"41" * 32, b"42" * 32)
    return as_pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", encrypt], b"/Encrypt 3 0 R /ID [<41> <41>]"
    )


def as_pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def mp4(seconds: int) -> bytes:
    """The boxes that say how long and how large, after a body that does not matter."""

    def box(name: bytes, *parts: bytes) -> bytes:
        body = b"".join(parts)
        return struct.pack(">I4s", 8 + len(body), name) + body

    mvhd = box(b"mvhd", bytes(12), struct.pack(">II", 600, 600 * seconds), bytes(80))
    tkhd = box(b"tkhd", bytes(76), struct.pack(">II", 1280 << 16, 720 << 16))
    return box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(5000)) + box(b"moov", mvhd, box(b"trak", tkhd))


def odt() -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    body = (
        '<text:h text:outline-level="1">Otsikko</text:h><text:p>Ensimmäinen &lt;b&gt; kappale</text:p>'
        "<text:list><text:list-item><text:p>Kohta</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Solu</text:p></table:table-cell></table:table-row></table:table>"
    )
    return pack(
        mimetype="application/vnd.oasis.opendocument.text",
        **{
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {names}><office:meta><dc:title>Ohje</dc:title><dc:language>fi-FI</dc:language></office:meta></office:document-meta>",
        },
    )
