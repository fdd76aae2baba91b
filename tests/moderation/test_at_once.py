"""Two who do something about one message at the same moment."""

import threading

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.models import Post
from extranet.moderation.models import Case, CaseState, Report
from extranet.networks.models import Membership, MembershipState, Network

ROUNDS = 6


def at_once(*acts):
    """Do all at the same moment; how each ended."""
    gate, ends = threading.Barrier(len(acts)), [0] * len(acts)

    def run(place, act):
        gate.wait()
        ends[place] = act().status

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_a_report_that_comes_while_it_is_decided(app, browser, cast, rows):
    with app.app_context():
        db.session.get_one(Network, cast["network:hr"]).employer_only = False
        place = {"user_id": cast["staff"], "network_id": cast["network:hr"], "rules_version_accepted": 99}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now()))
        db.session.commit()
    url, writer, first, second, moderator = f"/discussions/{cast['hr_thread']}/", *map(browser, ("member", "medlem", "staff", "moderator"))
    for n in range(ROUNDS):
        writer.post(url + "reply", body=f"Viesti {n}.")
        post = rows(Post)[-1]
        first.post(f"/moderation/report/{post.id}", why="insult")
        case = rows(Case)[-1]
        ends = at_once(
            lambda post=post: second.post(f"/moderation/report/{post.id}", why="insult"),
            lambda case=case: moderator.post(f"/moderation/{case.id}/decide", outcome="leave", reason="Asiallinen."),
        )
        assert ends == [303, 303]
    decided = {case.id: case.decided_at for case in rows(Case, Case.state == CaseState.REJECTED)}
    assert len(decided) >= ROUNDS
    assert not [report for report in rows(Report) if report.case_id in decided and report.at > decided[report.case_id]]
