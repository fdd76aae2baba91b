"""What a poll shows on the thread's page for paper: how the votes fell, as far as the viewer may know it."""

from extranet.core.beside import Part, beside
from extranet.core.viewer import Viewer
from extranet.discussions.models import Thread
from extranet.polls import queries


@beside("thread_print")
def show_result(viewer: Viewer, thread: Thread) -> Part | None:
    """The poll of the thread; its result is written out, without names, for paper goes further than a page."""
    poll = queries.find_poll_in(viewer, thread) if thread.has_poll else None
    return Part("polls/_print.html", {"poll": poll, "result": queries.count(viewer, poll)}) if poll else None
