"""Small real files of every type, made here: what the demo's materials hold. The same paper makes the same bytes."""

from extranet.demo.files.plain_pdf import make_pdf

__all__ = ["make_pdf"]
