"""A thread for paper: everything that everybody reads, no more, a part at a time."""

import pytest

from extranet.core.db import db
from extranet.discussions.models import Post, Thread

HR = "/networks/hr/discussions/"


@pytest.fixture
def lengthen(app, cast):
    """So many replies more in the HR thread."""

    def do(replies):
        with app.app_context():
            thread = db.session.get(Thread, cast["hr_thread"])
            text = {"thread_id": thread.id, "author_id": cast["medlem"], "body": "x"}
            db.session.add_all(Post(number=n, body_html=f"<p>viesti {n}.</p>", **text) for n in range(3, 3 + replies))
            thread.last_number += replies
            thread.reply_count += replies
            db.session.commit()

    return do


def test_all_of_a_thread_stands_on_one_sheet_with_its_answer_on_top(browser, cast):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    browser("medlem").post(f"{url}posts/{cast['hr_post']}/accept")
    assert url + "print" in member.get(url).links()
    page = member.get(url + "print")
    assert "1. Linda Blomstrand" in page.text(".sheet__posts li") and "Meillä on pohja" in page.text("[aria-labelledby=answer-title]")
    assert page.text().count("Meillä on pohja") == 1, "the answer stands on top alone"
    assert not page.soup.select("main form, main .menu")


def test_five_thousand_messages_come_in_parts_with_the_same_few_queries(browser, cast, lengthen, count_queries):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/print"
    lengthen(250)
    member.get(url)
    few = count_queries(lambda: member.get(url))
    assert "Osa 1/2: viestit 1–200, yhteensä 252" in member.get(url).text()
    with member.app.app_context():
        db.session.query(Thread).filter_by(id=cast["hr_thread"]).update({"last_number": 5000})
        db.session.commit()
    assert count_queries(lambda: member.get(url)) == few <= 8
    page = member.get(url + "?part=2")
    assert "Osa 2/25: viestit 201–400" in page.text() and "viesti 252." in page.text() and "viesti 200." not in page.text()
    for odd in ("0", "-1", "99999", "x"):
        assert member.get(f"{url}?part={odd}").status == 200


def test_paper_leaves_out_what_is_hidden_or_removed_and_every_name_kept_back(browser, cast, rows):
    moderator, member, thread = browser("moderator"), browser("member"), f"/discussions/{cast['hr_thread']}/"
    sent = [member.post(thread + "reply", body=text).location.split("post-")[1] for text in ("Piiloon tämä", "Pois tämä")]
    moderator.post(f"{thread}posts/{sent[0]}/hide", reason="Väärä paikka.")
    member.post(f"{thread}posts/{sent[1]}/delete")
    for reader in (moderator, member):
        assert "tämä" not in reader.get(thread + "print").text()

    member.post(HR, title="Nimetön kysymys", body="Miten toimia?", kind="question", language="fi", is_unnamed="y")
    unnamed = max(row.id for row in rows(Thread))
    assert "Milla" in moderator.get(f"/discussions/{unnamed}/").text()
    for reader, somebody in ((moderator, "Verkoston jäsen"), (member, "Verkoston jäsen"), (browser("medlem"), "En medlem i nätverket")):
        page = reader.get(f"/discussions/{unnamed}/print")
        assert somebody in page.text(".sheet__posts") and "Milla" not in page.text() and "Koski" not in page.text()


def test_a_poll_is_printed_as_far_as_the_reader_may_know_it(browser, cast, count_queries):
    reader, url = browser("medlem"), f"/discussions/{cast['poll_thread']}/print"
    reader.get(url)
    assert count_queries(lambda: reader.get(url)) <= 8
    secret = browser("moderator").get(url)
    assert "Äänestys" in secret.text() and "Tuloksen näkevät äänestäneet" in secret.text() and "ääntä" not in secret.text()
    reader.post(f"/polls/{cast['hr_poll']}/close")
    assert "ään" in browser("moderator").get(url).text("[aria-labelledby=poll-title] ul")


def test_a_merged_thread_prints_where_its_posts_stand(browser, app, cast):
    with app.app_context():
        db.session.query(Thread).filter_by(id=cast["closed_thread"]).update({"merged_into_id": cast["hr_thread"]})
        db.session.commit()
    assert browser("member").get(f"/discussions/{cast['closed_thread']}/print").location.endswith(f"/discussions/{cast['hr_thread']}/print")
    assert browser("newcomer").get(f"/discussions/{cast['closed_thread']}/print").status == 404
