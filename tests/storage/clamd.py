"""A small clamd that speaks the real protocol: INSTREAM, pieces after their length, an answer that ends with a zero."""

import socketserver
import struct
import threading
from typing import Any

# Every scanner knows this test file; in one piece, scanners would take this very file away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingTCPServer):
    """Finds EICAR; takes at most `most` bytes; `scanned` is what it was sent."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, most: int = 25_000_000) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.most = most
        self.scanned: list[bytes] = []
        self.says: bytes | None = None
        self.url = f"tcp://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def __exit__(self, *_: Any) -> None:
        self.shutdown()
        self.server_close()


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        clamd: Clamd = self.server  # type: ignore[assignment]
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > clamd.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                while self.rfile.read(65536):
                    continue
                return
        clamd.scanned.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.wfile.write(found if clamd.says is None else clamd.says)
