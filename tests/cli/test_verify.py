"""`extranet storage verify`: what a restore is checked with."""

from pathlib import Path


def test_files_are_verified_from_the_command_line(machine):
    machine.install()
    sound = machine.run("storage", "verify")
    assert (sound.exit_code, sound.output) == (0, "0 files, 0.0 MB: 0 missing, 0 damaged.\n")
    machine.sql(
        "INSERT INTO upload (id, user_id, name, size, received, state, sha256, created_at, changed_at) "
        f"VALUES ('x', 1, 'x.pdf', 3, 3, 'ready', '{'ab' * 32}', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
    )
    missing = machine.run("storage", "verify")
    assert missing.exit_code == 1
    assert missing.output == f"missing\t{'ab' * 32}\tstorage\n1 files, 0.0 MB: 1 missing, 0 damaged.\n"
    file = Path(machine.env["EXTRANET_DATA"]) / "files" / "ab" / ("ab" * 32)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"moi")
    assert "damaged" in machine.run("storage", "verify").output


def test_a_store_that_cannot_be_reached_is_said_in_a_sentence(machine):
    machine.install()
    machine.sql(
        "INSERT INTO upload (id, user_id, name, size, received, state, sha256, created_at, changed_at) "
        f"VALUES ('x', 1, 'x.pdf', 3, 3, 'ready', '{'ab' * 32}', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
    )
    keys = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    away = machine.run("storage", "verify", STORAGE_URL="s3://nobody/there", **keys)
    assert away.exit_code == 1
    assert "check STORAGE_URL" in away.output
    assert "Traceback" not in away.output
