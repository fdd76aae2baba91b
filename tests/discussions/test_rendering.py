"""Code and tables in a message: they scroll by themselves, by keyboard too, and the editor says how they are written."""

import pytest

from extranet.accounts.models import User
from extranet.core.db import db

BODY = "Näin:\n\n```\n" + "palkkalaji;" * 60 + "\n```\n\n| Kunta | Määrä |\n| --- | --- |\n| Koski | 5 |\n\n`<table>` on koodia."


@pytest.mark.parametrize(("language", "table", "code"), [("fi", "Taulukko", "Koodi"), ("sv", "Tabell", "Kod"), ("en", "Table", "Code")])
def test_code_and_tables_scroll_and_have_buttons(app, browser, cast, language, table, code):
    with app.app_context():
        db.session.get(User, cast["member"]).language = language
        db.session.commit()
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body=BODY)
    page = browser("member").get(f"/discussions/{cast['hr_thread']}/")
    post = page.soup.select(".post__body")[-1]
    assert post.pre["tabindex"] == "0" and post.pre.get_text().startswith("palkkalaji;")
    (wrap,) = post.select(".table-wrap")
    assert (wrap["tabindex"], wrap["role"], wrap["aria-label"]) == ("0", "group", table)
    assert [cell.get_text() for cell in wrap.select("th, td")] == ["Kunta", "Määrä", "Koski", "5"]
    assert post.select("code")[-1].get_text() == "<table>"
    names = [button.get_text(strip=True) for button in page.soup.select("markdown-toolbar > *")]
    assert names[-2:] == [code, table]
    assert "| --- | --- |" in page.soup.select_one("noscript .hint").get_text()
