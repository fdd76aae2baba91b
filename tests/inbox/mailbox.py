"""A mailbox of our own, in this process: as much of IMAP as we speak."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Box(socketserver.ThreadingTCPServer):
    """Letters by their number, with their flags."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, letters: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters = dict(enumerate(letters, 1))
        self.flags: dict[int, set[str]] = {uid: set() for uid in self.letters}
        self.folder = ""
        self.said: list[str] = []

    @property
    def url(self) -> str:
        return f"imap://reply%40extranet.example:secret%20x@127.0.0.1:{self.server_address[1]}/Vastaukset%20%22A%22"


class Session(socketserver.StreamRequestHandler):
    server: Box

    def handle(self) -> None:
        self.say("* OK IMAP4rev1")
        while line := self.rfile.readline():
            tag, _, command = line.decode().strip().partition(" ")
            self.server.said.append(command)
            self.answer(tag, command)
            if command.upper() == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, tag: str, command: str) -> None:
        word = command.upper()
        if word == "CAPABILITY":
            self.say("* CAPABILITY IMAP4REV1")
        elif word.startswith("LOGIN") and '"secret x"' not in command:
            self.say(f"{tag} NO wrong")
            return
        elif word.startswith("SELECT"):
            self.server.folder = command[7:]
            self.say("* 1 EXISTS")
        elif word.startswith("UID SEARCH"):
            unseen = "UNSEEN" in word
            found = [str(uid) for uid, flags in self.server.flags.items() if ("\\Seen" in flags) != unseen]
            self.say(f"* SEARCH {' '.join(found)}".rstrip())
        elif word.startswith("UID FETCH"):
            self.fetch(int(command.split()[2]), word)
        elif word.startswith("UID STORE"):
            self.server.flags[int(command.split()[2])] |= set(re.findall(r"\\\w+", command))
        elif word == "EXPUNGE":
            for uid in [uid for uid, flags in self.server.flags.items() if "\\Deleted" in flags]:
                del self.server.letters[uid], self.server.flags[uid]
        elif word == "LOGOUT":
            self.say("* BYE")
        self.say(f"{tag} OK done")

    def fetch(self, uid: int, word: str) -> None:
        letter = self.server.letters[uid]
        if "SIZE" in word:
            self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(letter)})")
            return
        self.wfile.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(letter)}}}\r\n".encode() + letter + b")\r\n")


@contextmanager
def open_box(letters: list[bytes]) -> Iterator[Box]:
    with Box(letters) as box:
        thread = threading.Thread(target=box.serve_forever, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            box.shutdown()
            thread.join()
