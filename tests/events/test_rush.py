"""Many people press at once, through real HTTP, real threads and real processes (T36, I-11, I-13)."""

import threading
from collections import Counter
from http.client import HTTPConnection

import pytest
from werkzeug.serving import make_server

from extranet.events.models import Signup
from tests.tools.rush import Size, gather, rush

PEOPLE = 50
SMALL = {
    "sqlite": Size(people=36, workshops=(4, 6, 8), connections=12),
    "postgresql": Size(people=36, workshops=(4, 6, 8), connections=12, servers=2),
}


def test_fifty_people_sign_up_at_once_for_one_seat(app, plan, crowd, rows):
    event = plan(capacity_onsite=1)
    cookies = [f"session={someone.client.get_cookie('session').value}" for someone in crowd(PEOPLE)]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    gate, answers = threading.Barrier(PEOPLE), []

    def press(cookie: str) -> None:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        gate.wait()
        connection.request("POST", f"/events/{event}/sign-up", headers={"Cookie": cookie, "Host": "localhost"})
        answers.append(connection.getresponse().status)
        connection.close()

    threads = [threading.Thread(target=press, args=(cookie,)) for cookie in cookies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.shutdown()
    serving.join()
    server.server_close()

    assert answers == [303] * PEOPLE
    found = rows(Signup, Signup.event_id == event)
    assert Counter(s.state for s in found) == {"confirmed": 1, "waiting": PEOPLE - 1}
    assert len({s.user_id for s in found}) == PEOPLE
    assert found[0].is_confirmed, "the first to commit has the seat"
    assert [s.created_at for s in found] == sorted(s.created_at for s in found), "the queue is in the order of commit"


@pytest.mark.slow
def test_a_crowd_rushes_to_workshops(stage, tmp_path):
    """36 people and 18 places; on PostgreSQL two processes serve the same database. `make bench` does it with 500."""
    size = SMALL[stage.database.name]
    env = {"EXTRANET_DATA": str(tmp_path), "DATABASE_URL": stage.database.url, "SECRET_KEY": "x" * 40, "BASE_URL": "http://127.0.0.1"}
    outcome = rush(gather(stage.app, env, size), size)
    assert outcome.faults(size) == [], outcome
    assert outcome.states == {"confirmed": 18, "waiting": 18}
    assert [room for room, _inside, _queue in outcome.workshops] == [4, 6, 8]
    assert sum(inside for _room, inside, _queue in outcome.workshops) <= 18
