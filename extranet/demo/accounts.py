"""What each demo account is for: `make run` and the README list them."""

ACCOUNTS = {
    "admin": "administrator of the service",
    "expert": "expert of the service owner: publishes, confirms appointments",
    "moderator": "leads and moderates the HR network",
    "member": "member of the HR network",
    "contact": "primary contact person of an employer, not in the HR network",
    "deputy": "deputy contact person of the same employer",
    "orgadmin": "looks after the same employer's people",
    "staff": "staff representative, in the learning network",
    "newcomer": "an account without a network",
    "dpo": "data-protection officer: reads the audit log",
    "medlem": "member of the HR network who reads in Swedish",
}
