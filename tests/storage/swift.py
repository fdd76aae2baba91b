"""OpenStack Swift with its S3 interface, on folders of this machine: an object store that really checks signatures."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.optional import PATH
from tests.waiting import listens, until

KEY, SECRET, REGION = "testaaja:extranet", "oikea-salaisuus", "eu-north-1"
KINDS = ("account", "container", "object")
COMMON = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
log_level = ERROR
disable_fallocate = true
fallocate_reserve = 0
"""
SERVER = """[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
PROXY = f"""[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:s3api]
use = egg:swift#s3api
location = {REGION}
[filter:tempauth]
use = egg:swift#tempauth
user_{KEY.replace(":", "_")} = {SECRET} .admin
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""
# Debian's own Python has Swift; the tests' does not.
RINGS = """
import sys
from swift.common.ring import RingBuilder
folder, *kinds = sys.argv[1:]
for kind, port in (word.split("=") for word in kinds):
    ring = RingBuilder(1, 1, 1)
    ring.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "one", "weight": 1.0})
    ring.rebalance()
    ring.get_ring().save(f"{folder}/{kind}.ring.gz")
"""


@contextmanager
def running() -> Iterator[str]:
    """The address of the S3 interface, as long as the block lasts."""
    folder = _folder_with_attributes()
    ports = {kind: _free_port() for kind in (*KINDS, "proxy")}
    try:
        (folder / "swift.conf").write_text(
            "[swift-hash]\nswift_hash_path_suffix = verkosto\n[storage-policy:0]\nname = one\ndefault = yes\n"
        )
        for kind, port in ports.items():
            text = PROXY if kind == "proxy" else SERVER.format(kind=kind)
            (folder / f"{kind}.conf").write_text(COMMON.format(port=port, user=getpass.getuser(), folder=folder) + text)
        (folder / "devices" / "one").mkdir(parents=True)
        subprocess.run(["/usr/bin/python3", "-c", RINGS, folder, *(f"{kind}={ports[kind]}" for kind in KINDS)], check=True)
        with ExitStack() as stack:
            for kind in ports:
                stack.enter_context(_server(f"swift-{kind}-server", folder / f"{kind}.conf"))
            until(lambda: all(map(listens, ports.values())), 120, lambda: "\n".join(log.read_text() for log in folder.glob("*.log")))
            yield f"http://127.0.0.1:{ports['proxy']}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(program: str, config: Path) -> Iterator[None]:
    with config.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen([program, config], stdout=log, stderr=log, env=os.environ | {"PATH": PATH})
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def _folder_with_attributes() -> Path:
    """Swift keeps what it knows of an object in the file's extended attributes, which not every file system has."""
    for place in (tempfile.gettempdir(), "/var/tmp", str(Path.cwd()), "/dev/shm"):
        folder = Path(tempfile.mkdtemp(prefix="extranet-swift-", dir=place))
        try:
            os.setxattr(folder, "user.extranet", b"yes")
            return folder
        except OSError:
            folder.rmdir()
    raise RuntimeError("no folder here has extended attributes, which Swift needs")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
