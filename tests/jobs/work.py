"""Does the jobs that are due, as a worker would, and returns when nothing is left to do now."""

import threading

from flask import Flask

from extranet.jobs.queue import load_tasks
from extranet.jobs.worker import Runner


def work_off(app: Flask) -> None:
    load_tasks()
    runner = Runner(app, threading.Event())
    while runner.step():
        pass
