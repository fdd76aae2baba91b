"""A workbook: a form to fill in, and figures with a sum."""

import io
from datetime import datetime

import xlsxwriter

from extranet.demo.files.docx import LOCALES
from extranet.demo.files.paper import Paper

SHEETS = {"fi": ("Lomake", "Luvut", "Yhteensä", "Oma vastaus"), "sv": ("Blankett", "Siffror", "Sammanlagt", "Eget svar")}


def make_xlsx(paper: Paper) -> bytes:
    """The paper as a workbook of two sheets."""
    out = io.BytesIO()
    form_name, figures_name, total, answer = SHEETS[paper.language]
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        about = {"created": datetime(2024, 1, 2, 12)}
        book.set_properties(about | ({"title": paper.title, "comments": LOCALES[paper.language]} if paper.careful else {}))
        title = book.add_format({"bold": True, "font_size": 16, "font_color": "#123F3D"})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFED"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        form = book.add_worksheet(form_name)
        form.set_column(0, 0, 70)
        form.set_column(1, 1, 40)
        form.write(0, 0, paper.title, title)
        form.write(1, 0, paper.lead, wrapped)
        row = 3
        for part in paper.parts:
            form.write_row(row, 0, [part.heading, answer], head)
            for point in part.points or (part.text,):
                row += 1
                form.write(row, 0, point, wrapped)
            row += 2
        numbers = book.add_worksheet(figures_name)
        numbers.set_column(0, 0, 40)
        numbers.write(0, 0, paper.figures.caption, title)
        numbers.write_row(2, 0, paper.figures.names, head)
        for row, (name, value) in enumerate(paper.figures.rows, 3):
            numbers.write(row, 0, name)
            numbers.write(row, 1, value)
        last = 3 + len(paper.figures.rows)
        numbers.write(last, 0, total, head)
        numbers.write_formula(last, 1, f"=SUM(B4:B{last})", head, sum(value for _name, value in paper.figures.rows))
    return out.getvalue()
