"""Which passwords are refused."""

import pytest

from extranet.accounts.passwords import SHORTEST, common_passwords, why_weak
from extranet.core.i18n import in_language

ABOUT = ["Milla Lahdenpohja", "milla.lahdenpohja@koski.example", "Verkostoportaali"]


@pytest.mark.parametrize(
    "password",
    [
        "extranet-demo", "Extranet-Demo", "password1234", "P@ssw0rd12345", "Salasana2026!", "!!salasana123", "qwertyuiop123",
        "qwertyuiopåasd", "123456789012", "abcdefghijkl", "kissakissakissa", "aaaaaaaaaaaa", "Kesäkuu2026!", "lösenord12345",
        "abcabcabcabc", "asdfghjklöäz", "Sommaren2026!!",
    ],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(app, password):
    with app.app_context(), in_language("en"):
        assert why_weak(password, ABOUT) == (
            "This password is one of the first that are guessed. Put together a few words that do not belong together."
        )


@pytest.mark.parametrize("password", ["lahdenpohja on kaunis", "MILLAhyppiipitkälle", "verkostoportaali77x", "asun koskella koski 3"])
def test_what_tells_of_the_person_is_refused(app, password):
    with app.app_context(), in_language("en"):
        assert "your own name" in why_weak(password, ABOUT)


@pytest.mark.parametrize(
    "password",
    ["tuuli vie kolme hattua", "Xk4-pq9R-vm2T", "hevonen söi sinisen pyörän", "x" * 3 + "yzåäö" * 50, "🦔🌲🚲🎻☕🧭🪁🛶🍄🪵🧤🧊"],
)
def test_others_are_taken(app, password):
    with app.app_context(), in_language("en"):
        assert why_weak(password, ABOUT) is None


def test_the_length_has_two_ends(app):
    with app.app_context(), in_language("en"):
        assert why_weak("Xk4-pq9R-vm", ABOUT) == f"Use at least {SHORTEST} characters."
        assert why_weak("Xk4-pq9R-vm2T" * 20, ABOUT) == "Use at most 256 characters."


def test_the_list_is_long_enough():
    assert len([p for p in common_passwords() if len(p) >= 6]) > 3000
