"""What becomes of a letter that came in: a post, a polite no, or silence (T55).

Silence for whatever no person waits on: bounces, out-of-office notes, letters without a right token or from another address.
Whoever is who she says gets an answer, to the address that the service knows, never to one that the letter names.
"""

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from flask import current_app
from flask_babel import LazyString
from sqlalchemy import func, select

from extranet.core import clock
from extranet.core.db import db, let_go
from extranet.core.errors import NotAllowed, Refused
from extranet.core.i18n import DEFAULT_LANGUAGE, in_language
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.discussions import actions, naming
from extranet.discussions.attachments import NewFile
from extranet.discussions.following_links import REPLY, read_token
from extranet.discussions.models import Thread
from extranet.discussions.writing_queries import find_to_reply
from extranet.discussions.writing_text import MOST_BODY, MOST_MENTIONS, list_mentioned
from extranet.inbox.message import MOST_BYTES, File, Message, Unreadable, read
from extranet.inbox.models import InboundLetter, Outcome, Why
from extranet.inbox.quoting import own_words
from extranet.jobs.queue import insert
from extranet.mail.outbox import put_letter
from extranet.networks.access import viewer_for
from extranet.storage import store
from extranet.storage.actions import hold
from extranet.storage.checks import fault_of_name, fault_of_size
from extranet.storage.scan import ScannerDown
from extranet.storage.uploads import Faulty, Received, admit

POSTS_AN_HOUR = 10
ANSWERS_A_DAY = 3
SAME_WORDS = timedelta(days=1)

SENTENCES: dict[Why, LazyString] = {
    Why.EMPTY: _l("We found no text of yours in the letter. Write your reply above the letter that you answer."),
    Why.REFUSED: _l("You cannot write in this discussion any more."),
    Why.TOO_MANY: _l("You have sent many replies by e-mail within an hour. Wait a while, or write on the page."),
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reply:
    """A letter of a person whom we know, to a thread."""

    writer: Viewer
    thread_id: int
    text: str = field(repr=False)

    @property
    def text_hash(self) -> str:
        return hashlib.sha256(f"{self.thread_id}:{self.text}".encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What was decided of a letter, and what is noted with it."""

    outcome: Outcome
    why: Why
    reply: Reply | None = None
    post_id: int | None = None


def receive(raw: bytes) -> Verdict | None:
    """Take one letter in, in two short transactions around the slow checks of its files. None: it had been taken in before.

    Whatever is wrong with the letter is decided here; an error means: try again later.
    """
    let_go()
    if len(raw) > MOST_BYTES:
        return _note(hashlib.sha256(raw).hexdigest(), Verdict(Outcome.SILENT, Why.TOO_LARGE))
    try:
        message = read(raw)
    except Unreadable as error:
        log.info("a letter could not be read: %s", error)
        return _note(hashlib.sha256(raw).hexdigest(), Verdict(Outcome.SILENT, Why.UNREADABLE))
    with db.session.begin():
        if db.session.scalar(select(InboundLetter.id).where(InboundLetter.digest == message.digest)):
            return None
        found = _judge(message)
    if isinstance(found, Verdict):
        return _note(message.digest, found)
    files, faults = _store(message.files)
    with db.session.begin():
        return _settle(message, found, files, faults)


def _note(digest: str, verdict: Verdict) -> Verdict | None:
    with db.session.begin():
        if not _remember(digest, verdict):
            return None
        if verdict.reply and verdict.outcome == Outcome.ANSWERED:
            with in_language(verdict.reply.writer.language or DEFAULT_LANGUAGE):
                _answer(digest, verdict.reply, str(SENTENCES.get(verdict.why, "")))
        return verdict


def _remember(digest: str, verdict: Verdict) -> int | None:
    """Add the note; None where the same letter has one already: somebody was faster."""
    reply = verdict.reply
    row = {
        "digest": digest,
        "at": clock.now(),
        "outcome": verdict.outcome,
        "why": verdict.why,
        "user_id": reply.writer.user_id if reply else None,
        "thread_id": reply.thread_id if reply else None,
        "post_id": verdict.post_id,
        "text_hash": reply.text_hash if reply else "",
    }
    added = insert(InboundLetter).values(row).on_conflict_do_nothing(index_elements=["digest"]).returning(InboundLetter.id)
    found: int | None = db.session.scalar(added)
    return found


def _judge(message: Message) -> Reply | Verdict:
    """Whose letter it is, and to which thread; or what else becomes of it."""
    if message.is_automatic:
        return Verdict(Outcome.SILENT, Why.AUTOMATIC)
    tokens = [token for address in message.recipients if (token := _token_of(address))]
    found = next((owner for token in tokens if (owner := read_token(REPLY, token))), None)
    if found is None:
        return Verdict(Outcome.SILENT, Why.NO_TOKEN)
    user_id, thread_id = found
    writer = viewer_for(user_id)
    if not writer.is_signed_in or message.is_forged or message.sender != writer.email.casefold():
        return Verdict(Outcome.SILENT, Why.FORGED)
    if not db.session.scalar(select(Thread.id).where(Thread.id == thread_id)):
        return Verdict(Outcome.SILENT, Why.NO_TOKEN)
    reply = Reply(writer, thread_id, own_words(message.text))
    if not reply.text and not message.files:
        return Verdict(Outcome.ANSWERED, Why.EMPTY, reply) if _may_answer(writer) else Verdict(Outcome.SILENT, Why.EMPTY, reply)
    if _is_repeated(reply):
        return Verdict(Outcome.SILENT, Why.REPEATED, reply)
    if _count(writer, Outcome.POSTED, timedelta(hours=1)) >= POSTS_AN_HOUR:
        return Verdict(Outcome.ANSWERED if _may_answer(writer) else Outcome.SILENT, Why.TOO_MANY, reply)
    return reply


def _token_of(address: str) -> str:
    """The token in one of our addresses: reply+token@…; nothing in others."""
    ours = current_app.extensions["extranet"].inbox_address.casefold()
    local, _at, domain = address.casefold().rpartition("@")
    name, _plus, token = local.partition("+")
    return token if ours and f"{name}@{domain}" == ours else ""


def _count(writer: Viewer, outcome: Outcome, within: timedelta) -> int:
    some = select(func.count()).select_from(InboundLetter)
    where = (InboundLetter.user_id == writer.user_id, InboundLetter.outcome == outcome, InboundLetter.at > clock.now() - within)
    return db.session.scalar(some.where(*where)) or 0


def _may_answer(writer: Viewer) -> bool:
    """A few answers a day: two machines must not write to one another for ever."""
    return _count(writer, Outcome.ANSWERED, timedelta(days=1)) < ANSWERS_A_DAY


def _is_repeated(reply: Reply) -> bool:
    same = select(InboundLetter.id).where(
        InboundLetter.user_id == reply.writer.user_id,
        InboundLetter.text_hash == reply.text_hash,
        InboundLetter.outcome == Outcome.POSTED,
        InboundLetter.at > clock.now() - SAME_WORDS,
    )
    return db.session.scalar(same.limit(1)) is not None


def _store(files: tuple[File, ...]) -> tuple[list[Received], list[str]]:
    """Check and store what came with the letter, outside any transaction; and the names of what was not taken."""
    taken, faults = [], []
    for file in files:
        try:
            if fault := fault_of_name(file.name) or fault_of_size(len(file.content)):
                raise Faulty(fault)
            let_go()
            taken.append(admit(BytesIO(file.content), file.name))
        except Faulty as faulty:
            log.info("a file of a letter was not taken: %s", faulty.fault.text)
            faults.append(one_line(file.name))
        except (ScannerDown, store.StoreDown) as error:
            log.warning("a file of a letter could not be stored: %s", error)
            faults.append(one_line(file.name))
    let_go()
    return taken, faults


def _settle(message: Message, reply: Reply, files: list[Received], faults: list[str]) -> Verdict | None:
    with in_language(reply.writer.language or DEFAULT_LANGUAGE):
        verdict, sentence = _try(reply, files)
        if not _remember(message.digest, verdict):
            raise RuntimeError("the same letter was taken in twice at once; this time is undone")
        if verdict.outcome == Outcome.ANSWERED or (verdict.outcome == Outcome.POSTED and faults and _may_answer(reply.writer)):
            _answer(message.digest, reply, sentence, faults)
    return verdict


def _try(reply: Reply, files: list[Received]) -> tuple[Verdict, str]:
    """Post it, or say why not."""
    try:
        with db.session.begin_nested():
            return Verdict(Outcome.POSTED, Why.TAKEN, reply, _post(reply, files)), ""
    except Refused as refusal:
        sentence = str(refusal)
    except NotAllowed:
        sentence = str(SENTENCES[Why.REFUSED])
    return Verdict(Outcome.ANSWERED if _may_answer(reply.writer) else Outcome.SILENT, Why.REFUSED, reply), sentence


def _post(reply: Reply, files: list[Received]) -> int:
    """Add the reply to the thread, as its writer may at this moment. Raises Refused, NotAllowed."""
    thread = find_to_reply(reply.writer, reply.thread_id)
    if thread is None:
        raise Refused(_("The discussion is not open to you any more."))
    if len(reply.text) > MOST_BODY:
        raise Refused(_("Shorten the message to 20,000 characters."))
    if len(list_mentioned(reply.text)) > MOST_MENTIONS:
        raise Refused(_("A message can mention at most %(most)s people. Take some of them out.", most=MOST_MENTIONS))
    if naming.is_unnamed(thread, reply.writer.user_id) and _tells_name(reply, files):
        raise Refused(_("The others here do not know who you are, but your letter tells your name. Take it out, or write on the page."))
    # Held like uploads of a form, so that the reply takes them as any other does; a picture's name must do for its description.
    held = [(hold(reply.writer, None, received=file), file) for file in files]
    new = [NewFile(upload.id, file.name if file.mime.startswith("image/") else "") for upload, file in held]
    return actions.reply(reply.writer, thread, body=reply.text or _("See the attachment."), files=new).id


def _tells_name(reply: Reply, files: list[Received]) -> bool:
    """Whether a name or an address that stands in many a signature would tell who asked without it (D12)."""
    words = {word.casefold() for word in re.findall(r"\w+", " ".join([reply.text, *(file.name for file in files)]).replace("_", " "))}
    return not words.isdisjoint(re.findall(r"\w+", reply.writer.name.casefold())) or reply.writer.email.casefold() in reply.text.casefold()


def _answer(digest: str, reply: Reply, sentence: str, faults: Sequence[str] = ()) -> None:
    """Tell the writer why not, with her own words so that they are not lost. Nothing of the thread: she may not see it any more."""
    put_letter(
        to=reply.writer.email,
        user_id=reply.writer.user_id,
        language=reply.writer.language or DEFAULT_LANGUAGE,
        template="inbox/mail/answer",
        key=f"inbox:{digest}",
        conversation=f"thread-{reply.thread_id}",
        sentence=sentence,
        faults=list(faults),
        text=reply.text,
        path=f"/discussions/{reply.thread_id}/",
    )
