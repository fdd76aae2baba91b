"""Stands in for the child of a file that has the machine kill whoever opens it."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
