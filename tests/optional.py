"""What a machine may lack: the tests that need it are left out with one line, or fail when everything is required."""

import os
import shutil

import pytest

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _has(*programs: str) -> bool:
    return all(shutil.which(program, path=PATH) for program in programs)


# marker: whether it is there, and how it is had
PARTS = {
    "browser": (CHROMIUM is not None, "Chromium: apt install chromium"),
    "clamd": (_has("clamd"), "clamd: apt install clamav-daemon"),
    "nginx": (_has("nginx"), "nginx: apt install nginx-light"),
    "swift": (
        _has("swift-proxy-server", "swift-account-server", "swift-container-server", "swift-object-server"),
        "OpenStack Swift: apt install swift-proxy swift-account swift-container swift-object",
    ),
}
IS_ALL_REQUIRED = os.environ.get("EXTRANET_TEST_REQUIRE") == "all"


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (is_there, how) in PARTS.items():
        if not is_there and item.get_closest_marker(marker) is not None:
            reason = f"needs {how}"
            pytest.fail(reason, pytrace=False) if IS_ALL_REQUIRED else pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for marker, (_, how) in PARTS.items():
        if count := sum(f"needs {how}" in reason for reason in reasons):
            terminalreporter.write_line(f"Left out: {count} {marker} tests. They need {how}")
    ran = (report.nodeid for reports in terminalreporter.stats.values() for report in reports if hasattr(report, "nodeid"))
    if not os.environ.get("EXTRANET_FINVOICE_XSD") and any("billing/test_exports" in nodeid for nodeid in ran):
        terminalreporter.write_line(
            "Finvoice: checked by a written-down subset only. EXTRANET_FINVOICE_XSD names the schema for the whole check."
        )
