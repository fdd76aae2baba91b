"""A worker as `extranet worker` runs it, with leases so short that a test need not wait for them to end."""

from datetime import timedelta

from extranet.app import create_app
from extranet.jobs.worker import run_worker
from extranet.mail import delivery

if __name__ == "__main__":
    delivery.LEASE = timedelta(seconds=1)
    run_worker(create_app(), lease=timedelta(seconds=1))
