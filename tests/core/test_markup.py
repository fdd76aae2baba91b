"""The check that every page of the tests goes through sees what is wrong."""

import pytest

from tests.markup import check

GOOD = """<!doctype html><html lang="fi"><head><title>Otsikko</title><script src="a.js"></script></head><body><h1>Otsikko</h1>
<form method="post" action="/a" hx-post="/a" hx-target="#b"><p><input name="csrf_token"></p>
<label for="b">Nimi</label><input id="b" aria-describedby="c c"></form><p id="c"><a hx-get="/x" href="/x">Linkki</a></p></body></html>"""


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<h1>Otsikko</h1>", ""),
        ("<h1>Otsikko</h1>", "<h1>Otsikko</h1><h1>Toinen</h1>"),
        ('id="c"', 'id="b"'),
        (' lang="fi"', ' lang=""'),
        ("<title>Otsikko</title>", "<title> </title>"),
        (' href="/x"', ""),
        ('action="/a"', 'action="/b"'),
        ("csrf_token", "csrf"),
        ('hx-target="#b"', 'hx-target="#d"'),
        ('for="b"', 'for="d"'),
        ('"c c"', '"c d"'),
        ('<p id="c">', '<p id="c" style="">'),
        ('<p id="c">', '<p id="c" onclick="">'),
        (' src="a.js"', ""),
    ],
)
def test_each_rule(good, bad):
    check(GOOD)
    assert good in GOOD
    with pytest.raises(AssertionError):
        check(GOOD.replace(good, bad))
