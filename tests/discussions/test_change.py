"""Titles, merging, splitting and moving: with a reason, told to the author, and taken back (I-27, I-28)."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.discussions.reading_models import ReadMark
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.notifications.models import Notification

REASON = "Sama kysymys kuin aiemmin."


@pytest.fixture
def two(cast):
    """The address of the thread that goes, and that of the one which stays."""
    return f"/discussions/{cast['hr_thread']}/", f"/discussions/{cast['closed_thread']}/"


def places(rows):
    return {post.id: (post.thread_id, post.number, post.is_opening, post.is_accepted) for post in rows(Post)}


def facts(rows):
    return {t.id: (t.reply_count, t.last_post_at, t.last_post_by_id, t.merged_into_id, t.title, t.network_id) for t in rows(Thread)}


def told(rows, verb):
    return {note.user_id for note in rows(Notification) if note.kind == f"discussions.{verb}"}


def undo_last(browser, rows, name="moderator"):
    return browser(name).post(f"/discussions/changes/{rows(ThreadChange)[-1].id}/undo")


def test_a_title_is_changed_with_a_reason_and_back(browser, cast, rows, two):
    url, _other = two
    moderator = browser("moderator")
    done = moderator.submit(moderator.get(url + "retitle"), "main form.form", title="Kaksikieliset työtodistukset", reason=REASON)
    assert "Kaksikieliset työtodistukset" in done.text("h1")
    assert told(rows, "retitle") == {cast["medlem"]}
    event = rows(AuditEvent)[-1]
    assert (event.name, event.reason, event.network_id) == ("discussions.retitle", REASON, cast["network:hr"])
    assert moderator.post(url + "retitle", title="Uusi", reason=" ").status == 422
    assert not done.has(".log") and url + "log" in done.links()
    log = moderator.get(url + "log", target="log")
    assert "arbetsintyg" in log.text(".log") and REASON in log.text(".log"), "the log says what the title was, and why it was changed"

    moderator.submit(log, ".log form")
    assert "arbetsintyg" in moderator.get(url).text("h1")
    assert undo_last(browser, rows).status == 422
    assert told(rows, "undo") == {cast["medlem"]}


def test_merged_threads_are_one_and_come_apart_again(app, browser, cast, rows, two):
    url, other = two
    browser("medlem").post("/discussions/read", mark=[f"{cast['hr_thread']}:2", f"{cast['closed_thread']}:1"])
    was, stood = places(rows), facts(rows)
    moderator = browser("moderator")
    done = moderator.submit(moderator.get(url + "merge"), "main form.form", into=cast["closed_thread"], reason=REASON)
    assert "lähtöhaastatteluista" in done.text("h1")
    assert "Meillä on pohja" in done.text("#replies")
    assert told(rows, "merge") == {cast["medlem"]}

    member = browser("member")
    assert member.get(url).location == other
    assert member.get(f"/discussions/posts/{cast['hr_post']}", follow=True).status == 200
    assert "arbetsintyg" not in member.get("/networks/hr/discussions/").text("#threads")
    assert member.get(url + "incoming?after=1").status == 404
    new = {thread.id: thread for thread in rows(Thread)}[cast["closed_thread"]]
    assert (new.reply_count, new.last_number, new.last_post_by_id) == (2, 3, cast["member"])
    assert [m.number for m in rows(ReadMark) if m.thread_id == cast["closed_thread"]] == [3], "read there is read here"

    assert undo_last(browser, rows).status == 303
    assert places(rows) == was
    assert facts(rows) == stood
    assert member.get(url).status == 200


def test_a_reply_written_while_the_thread_was_merged_lands_where_it_is_now(browser, cast, rows):
    open_one = browser("moderator").post("/networks/hr/discussions/", title="Toinen", body="Sama asia.", kind="question", language="fi")
    target = max(thread.id for thread in rows(Thread))
    assert open_one.status == 303
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/merge", address=f"http://localhost/discussions/{target}/", reason=REASON)
    assert browser("member").post(f"/discussions/{cast['hr_thread']}/reply", body="Kiitos kaikille.").status == 303
    written = rows(Post)[-1]
    assert (written.thread_id, written.number) == (target, 4)
    undo_last(browser, rows)
    assert {post.id: post.thread_id for post in rows(Post)}[written.id] == target, "what was written since stays where it was read"


def test_what_cannot_be_merged_is_refused_in_words(app, browser, cast, rows, two):
    url, other = two
    moderator = browser("moderator")
    assert moderator.post(url + "merge", into=cast["hr_thread"], reason=REASON).status == 422
    assert moderator.post(url + "merge", into=0, reason=REASON).status == 422
    assert moderator.post(url + "merge", address=f"/discussions/{cast['contact_thread']}/", reason=REASON).status == 404
    assert {thread.merged_into_id for thread in rows(Thread)} == {None}
    assert moderator.post(other + "merge", into=cast["hr_thread"], reason=REASON).status == 303


def test_split_replies_keep_their_permalinks_and_go_back(app, browser, cast, rows, two):
    url, _other = two
    for body in ("Toinen aihe: matkakorvaukset.", "Matkoista vielä.", "Ja todistuksista."):
        browser("member").post(url + "reply", body=body)
    browser("medlem").post("/discussions/read", mark=f"{cast['hr_thread']}:4")
    ids = [post.id for post in rows(Post) if post.thread_id == cast["hr_thread"]]
    browser("medlem").post(f"{url}posts/{ids[2]}/accept")
    was, stood = places(rows), facts(rows)

    moderator = browser("moderator")
    form = moderator.get(f"{url}split?from=3")
    assert moderator.post(f"{url}split", **{"from": 3}, title="Matkakorvaukset", which="chosen", reason=REASON).status == 422
    done = moderator.submit(form, "main form.form", title="Matkakorvaukset", which="chosen", posts=[ids[2], ids[3]], reason=REASON)
    assert "Matkakorvaukset" in done.text("h1")
    new = rows(Thread)[-1]
    assert (new.author_id, new.reply_count, new.last_number, new.network_id) == (cast["member"], 1, 2, cast["network:hr"])
    assert told(rows, "split") == {cast["medlem"], cast["member"]}
    assert browser("member").get(f"/discussions/posts/{ids[3]}").location.startswith(f"/discussions/{new.id}/")
    assert {t.id: t.resolved_at for t in rows(Thread)}[cast["hr_thread"]] is None
    assert [m.number for m in rows(ReadMark) if (m.thread_id, m.user_id) == (new.id, cast["medlem"])] == [2]

    browser("member").post(f"/discussions/{new.id}/reply", body="Kirjoitettu jaon jälkeen.")
    later = rows(Post)[-1].id
    assert undo_last(browser, rows).status == 303
    now = places(rows)
    assert now.pop(later) == (cast["hr_thread"], 6, False, False)
    assert now == was
    assert facts(rows)[cast["hr_thread"]][3:] == stood[cast["hr_thread"]][3:]
    assert browser("member").get(f"/discussions/{new.id}/").location == url


def test_splitting_from_a_message_on_takes_all_after_it(browser, cast, rows, two):
    url, _other = two
    for body in ("Yksi.", "Kaksi."):
        browser("member").post(url + "reply", body=body)
    browser("moderator").post(f"{url}split", **{"from": 3}, title="Loput", which="after", reason=REASON)
    new = rows(Thread)[-1]
    assert [p.number for p in rows(Post) if p.thread_id == new.id] == [1, 2]
    assert browser("moderator").post(f"{url}split", **{"from": 9}, title="Ei mitään", which="after", reason=REASON).status == 422


def test_a_message_that_is_hidden_begins_no_thread(browser, cast, rows, two):
    url, _other = two
    browser("moderator").post(f"{url}posts/{cast['hr_post']}/hide", reason="Henkilötietoja.")
    page = browser("moderator").post(f"{url}split", **{"from": 2}, title="Uusi", which="chosen", posts=[cast["hr_post"]], reason=REASON)
    assert page.status == 422
    assert {change.id for change in rows(ThreadChange)} == {cast["hr_change"]}


def test_a_move_is_taken_back_by_one_who_moderates_both(app, browser, cast, rows, two):
    url, _other = two
    with app.app_context():
        for name in ("moderator", "staff"):
            there = db.session.query(Membership).filter_by(user_id=cast[name], network_id=cast["network:work-and-life"]).one_or_none()
            there = there or Membership(user_id=cast[name], network_id=cast["network:work-and-life"], joined_at=clock.now())
            there.state, there.role, there.rules_version_accepted = MembershipState.ACTIVE, MembershipRole.MODERATOR, 1
            db.session.add(there)
        db.session.commit()
    browser("moderator").post(url + "pin", reason="Tärkeä.")
    browser("moderator").post(url + "move", network_id=cast["network:work-and-life"], reason="Kuuluu tänne.")
    medlem = browser("medlem")
    assert medlem.get(url).status == 404
    assert "Kuuluu tänne." in medlem.get("/notifications/").text("main"), "the author hears why, though she cannot read it there"
    assert "Työ ja muu elämä" not in medlem.get("/notifications/").text("main")

    assert undo_last(browser, rows, "staff").status == 422
    assert undo_last(browser, rows, "moderator").status == 303
    assert medlem.get(url).status == 200
    assert rows(Thread, Thread.id == cast["hr_thread"])[0].is_pinned


def test_the_log_needs_no_more_queries_for_more_changes(browser, cast, count_queries, two):
    url, moderator = two[0] + "log", browser("moderator")
    moderator.get(url)
    before = count_queries(lambda: moderator.get(url))
    assert before <= 8
    for title in ("Yksi", "Kaksi", "Kolme"):
        moderator.post(two[0] + "retitle", title=title, reason=REASON)
    assert moderator.get(url).text(".log").count("Otsikko") == 3
    assert count_queries(lambda: moderator.get(url)) == before


def test_the_log_tells_moderators_who_did_what_when_and_why(browser, cast, two):
    url, moderator = two[0], browser("moderator")
    assert (
        not moderator.get(url + "log", target="log", **{"X-Poll": "1"}).html.strip()
        and "eivät ole muuttaneet" in moderator.get(url + "log").text()
    )
    post = f"{url}posts/{cast['hr_post']}/"
    for address in (url + "pin", url + "close", post + "hide", post + "restore", url + "reopen", url + "unpin"):
        assert moderator.post(address, reason=REASON).status == 303, address
    page = moderator.get(url + "log", target="log")
    lines = [" ".join(line.get_text(" ").split()) for line in page.soup.select(".log li")]
    assert len(lines) == 6 and all("Maija Kallioniemi" in line for line in lines) and len(page.soup.select(".log time[datetime]")) == 6
    assert [REASON in line for line in lines[-3:]] == [True] * 3
    assert [link["href"] for link in page.soup.select(".log .is-danger a")] == [f"/discussions/posts/{cast['hr_post']}"]
    assert not page.has("h1")
    assert browser("member").get(url + "log").status == 403 and not browser("member").get(url).has("#log")
    assert browser("newcomer").get(url + "log").status == 404
