"""The process that opens strangers' files has limits, and nothing that it leaves is believed."""

import pytest

from extranet.previews import sandbox
from extranet.previews.confinement import has_landlock
from tests.waiting import until


@pytest.fixture
def misbehave(tmp_path):
    def run(how, seconds=20.0):
        return sandbox.run(tmp_path, how, seconds=seconds, module="tests.previews.naughty")

    return run


def test_who_takes_too_long_is_ended_with_all_that_it_started(misbehave, tmp_path):
    made = misbehave("sleep", seconds=1.5)
    assert (made.facts, made.text) == ({"partial": "time"}, "half done")  # what was done until then is not lost
    (started,) = tmp_path.glob("started-*")
    until(lambda: not is_running(started.name.partition("-")[2]))


def is_running(pid):
    """Neither gone nor dead and waiting to be buried."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_crash_is_an_answer_and_a_kill_from_outside_is_none(misbehave):
    assert misbehave("crash").facts["fault"] == "crash"
    with pytest.raises(sandbox.ChildLost):
        misbehave("lost")


@pytest.mark.parametrize("what", ["memory", "disk"])
def test_it_cannot_take_more_than_its_share(misbehave, what):
    assert misbehave(what).text == "refused"


def test_it_reaches_nothing_and_knows_nothing(misbehave, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    made = misbehave("network")
    assert made.text == "refused refused refused"
    assert "SECRET_KEY" not in made.facts["environment"]


@pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
def test_the_kernel_keeps_it_to_its_folder(misbehave, tmp_path):
    assert misbehave("elsewhere").text == "refused refused refused refused"
    assert not (tmp_path.parent / "left-behind").exists()


def test_nothing_that_it_says_is_believed(misbehave):
    made = misbehave("lies")
    assert made.pictures == ()  # a link to some other file
    assert (made.page_count, made.facts) == (0, {})
    assert made.text == "x" * 10  # no database takes the rest
    assert made.html == '<p>a</p>\f<a rel="noopener noreferrer nofollow">d</a>'
