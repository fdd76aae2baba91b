"""Reasons are for administrators and logs: they name no one."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.jobs.reasons import reason, scrub


@settings(deadline=None)
@given(st.emails())
def test_an_address_never_passes(address):
    assert "@" not in scrub(f"550 5.1.1 <{address}>: no such user")


def test_what_the_database_says_of_a_row_is_left_out(app, cast):
    with app.app_context():
        try:
            db.session.execute(insert(User).values(id=cast["member"], email="x@y.example", first_name="Erkki", last_name="Esimerkki"))
        except IntegrityError as error:
            said = reason(error)
        db.session.rollback()
    assert "rror" in said or "Violation" in said
    for secret in ("Erkki", "x@y.example", "Esimerkki"):
        assert secret not in said


def test_a_reason_is_one_line_and_short():
    said = reason(ValueError("first\nsecond " + "x" * 900))
    assert said == "ValueError: first"
    assert len(scrub("y " * 900)) <= 200
