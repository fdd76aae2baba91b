"""A text document as a word processor writes it: styles, headings, a list, a table with a header row, a picture."""

from xml.sax.saxutils import escape, quoteattr

from extranet.demo.files.paper import Figures, Paper
from extranet.demo.files.picture import draw_figures
from extranet.demo.files.zipped import pack

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDE, _HIGH = 5_486_400, 3_086_100  # 16:9 over the width of the text, in 914 400ths of an inch
LOCALES = {"fi": "fi-FI", "sv": "sv-FI"}

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
    '<w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def make_docx(paper: Paper) -> bytes:
    """The paper as a text document."""
    return pack(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _relations(
                (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": _properties(paper),
            "word/document.xml": _document(paper),
            "word/styles.xml": _styles(paper),
            "word/numbering.xml": _NUMBERING,
            "word/_rels/document.xml.rels": _relations(
                (f"{_OFFICE}/relationships/styles", "styles.xml"),
                (f"{_OFFICE}/relationships/numbering", "numbering.xml"),
                (f"{_OFFICE}/relationships/image", "media/image1.png"),
            ),
            "word/media/image1.png": draw_figures(paper.figures, paper.language),
        }
    )


def _document(paper: Paper) -> str:
    parts = [_paragraph(paper.title, "Title"), _paragraph(paper.lead, "Subtitle")]
    for part in paper.parts:
        parts += [_paragraph(part.heading, "Heading1"), _paragraph(part.text), *(_paragraph(point, "ListBullet") for point in part.points)]
    parts += [_paragraph(paper.figures.caption, "Heading1"), _table(paper.figures), _picture(paper)]
    return (
        f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
        f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"><w:body>{"".join(parts)}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def _paragraph(text: str, style: str = "", bold: bool = False) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    looks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{named}<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(figures: Figures) -> str:
    def row(cells: tuple[str, ...], is_head: bool = False) -> str:
        marks = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
        made = "".join(f'<w:tc><w:tcPr><w:tcW w:w="4536" w:type="dxa"/></w:tcPr>{_paragraph(cell, bold=is_head)}</w:tc>' for cell in cells)
        return f"<w:tr>{marks}{made}</w:tr>"

    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="9DB8B5"/>' for side in ("top", "bottom", "insideH"))
    rows = "".join(row((name, str(value))) for name, value in figures.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9072" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="4536"/><w:gridCol w:w="4536"/></w:tblGrid>{row(figures.names, True)}{rows}</w:tbl><w:p/>'
    )


def _picture(paper: Paper) -> str:
    words = f" descr={quoteattr(paper.figures.in_words())}" if paper.careful else ""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{_WIDE}" cy="{_HIGH}"/><wp:docPr id="1" name="Kuva 1"{words}/>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="image1.png"{words}/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId3"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{_WIDE}" cy="{_HIGH}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _styles(paper: Paper) -> str:
    spoken = f'<w:lang w:val="{LOCALES[paper.language]}"/>' if paper.careful else ""

    def style(key: str, name: str, size: int, paragraph: str = "", run: str = "") -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
            f'<w:pPr>{paragraph}</w:pPr><w:rPr>{run}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/>{spoken}</w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        + style("Title", "Title", 44, run='<w:b/><w:color w:val="123F3D"/>')
        + style("Subtitle", "Subtitle", 26)
        + style("Heading1", "heading 1", 30, '<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>', "<w:b/>")
        + style("ListBullet", "List Bullet", 22, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + "</w:styles>"
    )


def _properties(paper: Paper) -> str:
    named = f"<dc:title>{escape(paper.title)}</dc:title><dc:language>{LOCALES[paper.language]}</dc:language>" if paper.careful else ""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{named}'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-01-02T12:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    lines = (f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
