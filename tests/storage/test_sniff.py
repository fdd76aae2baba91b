"""What a file is, by its content and never by its name."""

import io
import zipfile

import pytest

from extranet.demo.files import make_pdf
from extranet.storage.sniff import TYPES, sniff
from extranet.storage.zips import Trouble


def archive(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "<x/>")
    return out.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument"
SAMPLES = {
    "application/pdf": make_pdf("Otsikko", ["Rivi"]),
    f"{OFFICE}.wordprocessingml.document": archive("[Content_Types].xml", "word/document.xml"),
    f"{OFFICE}.presentationml.presentation": archive("[Content_Types].xml", "ppt/presentation.xml"),
    f"{OFFICE}.spreadsheetml.sheet": archive("[Content_Types].xml", "xl/workbook.xml"),
    "application/vnd.oasis.opendocument.text": archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "application/vnd.oasis.opendocument.spreadsheet": archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "image/gif": b"GIF89a" + bytes(20),
    "image/webp": b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(20),
    "audio/mpeg": b"ID3\x04\x00" + bytes(20),
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A " + bytes(20),
    "video/mp4": b"\x00\x00\x00\x20ftypisom" + bytes(20),
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(20),
    "text/plain": "Räksmörgås; rivi 2\n".encode(),
}


@pytest.mark.parametrize("mime", SAMPLES)
def test_allowed_types(mime):
    file = io.BytesIO(SAMPLES[mime])
    assert sniff(file) == mime
    assert mime in TYPES
    assert file.tell() == 0


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"<svg onload='x'/>", b"<?xml version='1.0'?><x/>"])
def test_markup_is_plain_text(content):
    assert sniff(io.BytesIO(content)) == "text/plain"


def test_letters_of_windows_are_text():
    assert sniff(io.BytesIO("Åbo;Ähtäri\r\n".encode("cp1252"))) == "text/plain"


PROGRAM = b"MZ\x90\x00" + bytes(60)
UNKNOWN = {
    "exe": PROGRAM,
    "elf": b"\x7fELF" + bytes(60),
    "empty": b"",
    "mkv": b"\x1a\x45\xdf\xa3 matroska \x00",
    "a telephone's picture": b"\x00\x00\x00\x20ftypheic" + bytes(20),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_everything_else_is_unknown(case):
    assert sniff(io.BytesIO(UNKNOWN[case])) is None


WORD = ("[Content_Types].xml", "word/document.xml")
PDF = make_pdf("Otsikko", ["Rivi"])
TROUBLES = {
    "zip": (archive("x.txt"), Trouble.ARCHIVE),
    "jar": (archive("META-INF/MANIFEST.MF"), Trouble.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(60), Trouble.ARCHIVE),
    "gzip": (b"\x1f\x8b\x08" + bytes(60), Trouble.ARCHIVE),
    "tar": (bytes(257) + b"ustar" + bytes(250), Trouble.ARCHIVE),
    "broken zip": (b"PK\x03\x04 not an archive \x00", Trouble.BROKEN),
    "zip cut off": (archive(*WORD)[:-30], Trouble.BROKEN),
    "old office, or a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), Trouble.OLD_OFFICE),
    "macros": (archive(*WORD, "word/vbaProject.bin"), Trouble.MACROS),
    "macros in a sheet": (archive("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), Trouble.MACROS),
    "controls": (archive(*WORD, "word/activeX/activeX1.bin"), Trouble.MACROS),
    "macros of LibreOffice": (
        archive("content.xml", "Basic/Standard/x.xml", mimetype="application/vnd.oasis.opendocument.text"),
        Trouble.MACROS,
    ),
    "pdf without its end": (PDF[: len(PDF) // 2], Trouble.BROKEN),
    "pdf and zip": (PDF + archive("x.txt"), Trouble.TWO_KINDS),
    "picture and jar": (b"GIF89a" + bytes(20) + archive("META-INF/MANIFEST.MF"), Trouble.TWO_KINDS),
}


@pytest.mark.parametrize("case", TROUBLES)
def test_what_is_wrong_is_told_apart(case):
    content, trouble = TROUBLES[case]
    assert sniff(io.BytesIO(content)) == trouble


def test_a_macro_document_under_another_name():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>")
        file.writestr("word/document.xml", "<x/>")
    assert sniff(out) == Trouble.MACROS


def test_an_archive_with_a_monstrous_list_of_entries_is_not_read():
    content = bytearray(archive(*WORD))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (500_000_000).to_bytes(4, "little")
    assert sniff(io.BytesIO(bytes(content))) == Trouble.BOMB
