"""Archives that are the same each time: an office file is one."""

import io
import zipfile

# The first moment that an archive can say.
THEN = (1980, 1, 1, 0, 0, 0)


def pack(parts: dict[str, bytes | str]) -> bytes:
    """An archive of these, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def repack(file: bytes) -> bytes:
    """An archive without the times at which its parts were written."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})
