"""Level × event: who hears, by letter or not, exactly once (T25), and why. One has written in the HR thread, the other has not."""

import pytest

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.discussions.models import Post
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.models import Notification
from tests.jobs.work import work_off

SILENCE, NOTICE = (0, 0, ""), (1, 0, "")
MEMBER = (1, 1, "koska olet verkoston jäsen")
NETWORK = (1, 1, "koska seuraat verkoston keskusteluja")
CHOSEN = (1, 1, "koska seuraat keskustelua")
WROTE = (1, 1, "koska olet kirjoittanut keskusteluun")
NAMED = (1, 1, "koska sinut mainittiin")
MINE = (1, 1, "koska se koskee sinua")
DECIDED = (1, 1, "koska olet mukana palvelussa")

# Who chose what for which; what comes of a new thread, a reply, a mention, an accepted answer, a message that a moderator hid.
TABLE = [
    ("member", None, None, MEMBER, WROTE, NAMED, MINE, DECIDED),
    ("member", "thread", "watch", MEMBER, CHOSEN, NAMED, MINE, DECIDED),
    ("member", "thread", "follow", MEMBER, NOTICE, NAMED, MINE, DECIDED),
    ("member", "thread", "normal", MEMBER, SILENCE, NAMED, MINE, DECIDED),
    ("member", "thread", "mute", MEMBER, SILENCE, SILENCE, SILENCE, DECIDED),
    ("member", "network", "watch", NETWORK, WROTE, NAMED, MINE, DECIDED),
    ("member", "network", "mute", SILENCE, SILENCE, SILENCE, SILENCE, DECIDED),
    ("newcomer", None, None, MEMBER, SILENCE, NAMED, SILENCE, SILENCE),
    ("newcomer", "network", "watch", NETWORK, NETWORK, NAMED, SILENCE, SILENCE),
    ("newcomer", "network", "follow", NETWORK, NOTICE, NAMED, SILENCE, SILENCE),
    ("newcomer", "network", "normal", NETWORK, SILENCE, NAMED, SILENCE, SILENCE),
    ("newcomer", "network", "mute", SILENCE, SILENCE, SILENCE, SILENCE, SILENCE),
]


@pytest.fixture
def heard(app, browser, cast, rows):
    """What a person hears of an act: notifications, letters, and the letter's reason."""

    def do(person, actor, path, **fields):
        before = [len(rows(model, model.user_id == cast[person])) for model in (Notification, Letter)]
        assert browser(actor).post(path, **fields).status == 303
        work_off(app)
        notices, letters = (
            rows(model, model.user_id == cast[person])[count:] for model, count in zip((Notification, Letter), before, strict=True)
        )
        return len(notices), len(letters), letters[-1].text if letters else ""

    return do


@pytest.mark.parametrize("row", TABLE, ids=lambda row: " ".join(str(word) for word in row[:3]))
def test_level_and_event(app, browser, cast, rows, heard, row):
    person, of, level, *expected = row
    url, network = f"/discussions/{cast['hr_thread']}/", "/networks/hr/discussions/"
    with app.app_context():
        if person == "newcomer":
            db.session.add(Membership(network_id=cast["network:hr"], user_id=cast[person], state=MembershipState.ACTIVE))
        post, name = db.session.get(Post, cast["hr_post"]).id, db.session.get(User, cast[person]).name
        db.session.commit()
    if of:
        assert browser(person).post(f"{url if of == 'thread' else network}follow", level=level).status == 303
    found = [
        heard(person, "moderator", network, kind="question", title="Uusi kysymys", body="Miten teillä?"),
        heard(person, "moderator", f"{url}reply", body="Kiitos kaikille!"),
        heard(person, "moderator", f"{url}reply", body=f"Entä @{name}, miten teillä?"),
        heard(person, "medlem", f"{url}posts/{post}/accept"),
        heard(person, "moderator", f"{url}posts/{post}/hide", reason="Sisältää henkilötietoja."),
    ]
    assert [(notices, letters) for notices, letters, _text in found] == [(notices, letters) for notices, letters, _why in expected]
    for (_notices, _letters, text), (_n, _l, why) in zip(found, expected, strict=True):
        assert why in text.replace("\n", " ")
