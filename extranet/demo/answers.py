"""What the demo has of answers: one that was accepted, and waits to be saved for the library."""

from extranet.core import clock
from extranet.demo.cast import Cast
from extranet.demo.discussions import add_post, add_thread


def add_to_cast(cast: Cast) -> None:
    """The one that the tests know by name."""
    people = {key: user.id for key, user in cast.people.items()}
    thread = add_thread(
        cast.networks["hr"].id, people["member"], "Kauanko työhakemukset säilytetään?", ["Mitä teillä on päätetty?"], days=40
    )
    answer = add_post(thread, people["medlem"], "Kaksi vuotta valinnasta, **tasa-arvolain** kanneajan vuoksi.", clock.days_ago(39))
    answer.is_accepted, thread.resolved_at = True, clock.days_ago(38)
    cast.things["answered_post"] = answer.id
