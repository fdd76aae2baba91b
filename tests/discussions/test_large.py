"""Five thousand posts in a thread and as many threads in a network cost what a few cost; sixteen who write at once lose nothing."""

import threading
from functools import partial

import pytest
from sqlalchemy import select

from extranet.core.db import db
from extranet.discussions import actions, queries
from extranet.discussions.models import Post, Thread
from extranet.networks.access import viewer_for
from tests.tools.talk import add_network, add_thread, add_threads

FEW, MANY = 150, 5_000
MOST = 8
PEOPLE = 16


@pytest.fixture
def talk(app):
    """A function that adds a network with so many threads, and a thread of so many posts."""

    def make(name, threads, posts):
        with app.app_context():
            network, writers = add_network(name)
            add_threads(network, writers, threads)
            thread = add_thread(network, writers, posts)
            db.session.commit()
            return f"/networks/{name}/discussions/", f"/discussions/{thread}/"

    return make


@pytest.mark.slow
def test_pages_cost_the_same_however_much_is_written(talk, browser, count_queries):
    few, many = talk("few", FEW, FEW), talk("many", MANY, MANY)
    for role in ("member", "moderator"):
        reader = browser(role)
        for small, large in zip(few, many, strict=True):
            for rest in ("", "?page=2", "?only=unread", "?page=0"):
                pages = [reader.get(path + rest) for path in (small, large)]
                # Twice, for once in ten seconds a page reads the settings anew.
                asked = [min(count_queries(partial(reader.get, path + rest)) for _ in range(2)) for path in (small, large)]
                assert asked[0] == asked[1] <= MOST, (role, large + rest, asked)
                weights = [len(page.html.encode()) for page in pages]
                if rest != "?page=0":  # the last page is as long as what is left for it
                    assert abs(weights[1] - weights[0]) < weights[0] * 0.12, (role, large + rest, weights)


def test_a_long_thread_shows_its_first_its_last_and_any_page_between(talk, browser):
    reader, (_list, thread) = browser("member"), talk("many", 5, MANY)
    for page, numbers in (("1", (1, 50)), ("50", (2451, 2500)), ("0", (4951, 5000)), ("777", (4951, 5000))):
        shown = [int(post["data-number"]) for post in reader.get(f"{thread}?page={page}").soup.select("article[data-number]")]
        assert (shown[0], shown[-1], len(shown)) == (*numbers, 50)


def test_who_takes_part_is_told_by_the_posts_of_the_page(talk, browser):
    reader, (_list, thread) = browser("member"), talk("some", 1, MANY)
    assert len(reader.get(thread).soup.select(".people .avatar")) == queries.PEOPLE_SHOWN
    assert reader.get(thread).text("#people-title") == "Tällä sivulla"


def test_sixteen_who_write_at_once_lose_nothing(app, talk, rows):
    with app.app_context():
        network, writers = add_network("crowd")
        thread_id = add_thread(network, writers, 1)
        db.session.commit()
        people = [*writers, *writers][:PEOPLE]
    gate, faults = threading.Barrier(PEOPLE), []

    def write(n, user_id):
        gate.wait()
        with app.test_request_context("/", method="POST"):
            try:
                viewer = viewer_for(user_id)
                actions.reply(viewer, queries.get_thread(viewer, thread_id), body=f"Vastaus {n}")
                db.session.commit()
            except Exception as error:  # a thread's own would be lost
                faults.append(error)
            db.session.remove()

    crowd = [threading.Thread(target=write, args=(n, user_id)) for n, user_id in enumerate(people)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert faults == []
    written = rows(Post, Post.thread_id == thread_id, Post.number > 1)
    assert sorted(post.number for post in written) == list(range(2, PEOPLE + 2))
    assert sorted(post.body for post in written) == sorted(f"Vastaus {n}" for n in range(PEOPLE))
    with app.app_context():
        row = db.session.execute(select(Thread.last_number, Thread.reply_count).where(Thread.id == thread_id)).one()
        assert tuple(row) == (PEOPLE + 1, PEOPLE)
