"""The macros that pages are made of: labels, errors and hints tied together, one place for action and htmx."""

import pytest
from bs4 import BeautifulSoup
from flask import g, render_template_string
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from extranet.core.viewer import NOBODY


class Wish(FlaskForm):
    title_fi = StringField("Title", [DataRequired("Write the title")])
    title_sv = StringField("Title", [Optional()])
    body = TextAreaField("Body", [DataRequired("Write the text")])
    kind = RadioField("Kind", choices=[SelectChoice("a", "First"), SelectChoice("b", "Second")], validators=[DataRequired("Choose one")])
    agrees = BooleanField("I agree")


@pytest.fixture
def render(app):
    """Render a line of template as HTML, with a form that has been refused."""

    def make(source, **context):
        with app.test_request_context("/?lang=en"):
            g.viewer = NOBODY
            form = Wish(meta={"csrf": False})
            form.validate()
            return BeautifulSoup(render_template_string(source, form=form, **context), "html.parser")

    return make


def test_a_field_names_its_hint_and_its_error(render):
    soup = render('{{ ui.field(form.body, hint="Short is good", autocomplete="off") }}')
    control = soup.select_one("textarea")
    assert soup.select_one("label")["for"] == control["id"]
    assert control["aria-invalid"] == "true" and control["autocomplete"] == "off"
    said = [soup.find(id=i).get_text(" ", strip=True) for i in control["aria-describedby"].split()]
    assert said == ["Short is good", "Error: Write the text"]


def test_a_tick_box_has_its_hint_inside_its_label(render):
    soup = render('{{ ui.field(form.agrees, hint="You may change your mind") }}')
    assert "You may change your mind" in soup.select_one("label").get_text()
    assert soup.find(id=soup.select_one("input")["aria-describedby"])


def test_choices_are_a_group_with_a_name_and_an_error(render):
    soup = render("{{ ui.choices(form.kind, boxed=true) }}")
    group = soup.select_one("fieldset")
    assert group.legend.get_text() == "Kind" and len(group.select("input[type=radio]")) == 2
    assert "Choose one" in soup.find(id=group["aria-describedby"]).get_text()


def test_the_summary_takes_the_focus_and_leads_to_each_field(render):
    soup = render('{{ ui.errors(form) }}{{ ui.local_field(form, "title", "Title") }}{{ ui.editor(form.body) }}{{ ui.choices(form.kind) }}')
    summary = soup.select_one("[data-errors]")
    assert summary["tabindex"] == "-1" and summary.has_attr("autofocus")
    assert summary.h2.get_text() == "3 things to correct"
    for link in summary.select("a"):
        assert soup.select_one(link["href"])


def test_both_languages_stand_side_by_side_each_marked(render):
    soup = render('{{ ui.local_field(form, "title", "Title") }}')
    assert [tag["lang"] for tag in soup.select("input")] == ["fi", "sv"]
    assert [tag.get_text() for tag in soup.select("label")] == ["In Finnish", "In Swedish (optional)"]


def test_the_form_writes_address_token_and_htmx_together(render):
    soup = render('{% call ui.form("/x/y", fills="replies", hidden={"kind": "a"}, next="/z") %}{% endcall %}')
    form = soup.form
    assert (form["action"], form["hx-post"], form["hx-target"], form["method"]) == ("/x/y", "/x/y", "#replies", "post")
    assert form["hx-sync"] == "this:drop"
    assert {tag["name"]: tag["value"] for tag in form.select("input")}.items() >= {"kind": "a", "next": "/z"}.items()
    assert form.select_one("[name=csrf_token]")["value"]
    assert not render('{% call ui.form("/x/y") %}{% endcall %}').form.has_attr("hx-post")


def test_the_preview_works_with_and_without_javascript(render):
    button = render("{{ ui.editor(form.body) }}").select_one("[formaction]")
    assert button["formaction"] == button["hx-post"] == "/preview"
    assert (button["name"], button["value"], button["formtarget"]) == ("preview", "body", "_blank")


@pytest.mark.parametrize(("page", "shown"), [(1, "1 2 … 9"), (5, "1 … 4 5 6 … 9"), (9, "1 … 8 9")])
def test_page_links_show_both_ends_and_the_neighbours(render, page, shown):
    soup = render('{{ ui.pages(page, 9, "/list?page={n}") }}', page=page)
    [hidden.extract() for hidden in soup.select(".vh, [rel]")]
    assert " ".join(soup.get_text(" ").split()) == shown
    assert soup.select_one("[aria-current=page]")["href"] == f"/list?page={page}"


def test_one_page_needs_no_links(render):
    assert not render('{{ ui.pages(1, 1, "/list?page={n}") }}').select("nav")


@pytest.mark.parametrize(("taken", "kind"), [(10, set()), (55, {"meter--few"}), (60, {"meter--full"}), (61, {"meter--full"})])
def test_the_meter_tells_how_full(render, taken, kind):
    soup = render('{{ ui.meter(taken, 60, "words") }}', taken=taken)
    assert set(soup.div["class"]) == {"meter"} | kind
    assert float(soup.rect["width"]) <= 100


def test_an_avatar_shows_initials_and_its_tone_comes_from_the_id(render):
    soup = render('{{ ui.avatar("Anna Maria Lehto", 6) }}')
    assert (soup.span.get_text(), soup.span["class"]) == ("AL", ["avatar", "avatar--3"])
