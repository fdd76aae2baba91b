"""Organisations come in from a table (T44)."""

import pytest

from extranet.admin.import_report import Verdict
from extranet.admin.imports import run_import
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.organisations.models import Organisation, OrganisationKind
from tests.admin.imports import EMPLOYERS, csv_of, save, xlsx_of

COLUMNS = ("code", "name_fi", "name_sv", "kind", "region")


@pytest.fixture
def run(app, tmp_path):
    """Import as the command does: one transaction, committed at the end."""

    def do(content, **options):
        with app.app_context():
            report = run_import("organisations", save(tmp_path, content), **options)
            db.session.commit()
            return report

    return do


def by_code(rows):
    return {o.code: o for o in rows(Organisation)}


def test_the_employers_list_is_shown_then_written_then_unchanged(run, rows):
    before = by_code(rows)
    dry = run(EMPLOYERS.read_bytes())
    assert (dry.counts[Verdict.NEW], dry.counts[Verdict.UNCHANGED], dry.written) == (343, 7, False)
    assert by_code(rows).keys() == before.keys()
    assert str(dry).endswith("343 new, 0 changed, 7 unchanged, 0 refused.\nThis was a dry run: nothing was written. Write with --apply.")
    assert run(EMPLOYERS.read_bytes(), apply=True).written
    after = by_code(rows)
    assert len(after) == 352
    assert after["005"].name["fi"] == "Alajärvi"
    assert sum(o.member_employer for o in after.values()) == 334
    again = run(EMPLOYERS.read_bytes(), apply=True)
    assert (again.counts[Verdict.UNCHANGED], again.has_effect) == (350, False)
    assert len([e for e in rows(AuditEvent) if e.name == "organisations.add"]) == 343


@pytest.mark.parametrize(
    "content",
    [
        csv_of(COLUMNS, ["049", "Espoo", "Esbo", "municipality", "Ähtärin seutu"]),
        csv_of(COLUMNS, ["049", "Espoo", "Esbo", "municipality", "Ähtärin seutu"], encoding="utf-8-sig"),
        csv_of(COLUMNS, ["049", "Espoo", "Esbo", "municipality", "Ähtärin seutu"], delimiter=";", encoding="cp1252"),
        csv_of(COLUMNS, ["49", "Espoo", "Esbo", "municipality", "Ähtärin seutu"], delimiter="\t", encoding="utf-16"),
        xlsx_of(COLUMNS, [49, "Espoo", "Esbo", "municipality", "Ähtärin seutu"]),
        xlsx_of([c.upper() for c in COLUMNS], ["049", " Espoo ", "Esbo", "municipality", "Ähtärin seutu"]),
    ],
    ids=["utf-8", "bom", "excel", "unicode-text", "xlsx-number", "xlsx-text"],
)
def test_every_way_to_save_a_table_is_read(run, rows, content):
    assert run(content, apply=True).written
    espoo = by_code(rows)["049"]
    assert (espoo.name, espoo.region, espoo.kind) == ({"fi": "Espoo", "sv": "Esbo"}, {"fi": "Ähtärin seutu"}, OrganisationKind.MUNICIPALITY)


def test_a_blank_cell_never_erases(run, rows):
    report = run(csv_of(COLUMNS, ["638", "", "Borgå stad", "", ""]), apply=True)
    assert [(f.verdict, list(f.changes)) for f in report.findings] == [(Verdict.CHANGED, ["name"])]
    porvoo = by_code(rows)["638"]
    assert porvoo.name == {"fi": "Porvoo", "sv": "Borgå stad"}
    assert porvoo.region["fi"] == "Uusimaa"


def test_refused_rows_have_their_line_and_reasons_and_stop_everything(run, rows):
    content = csv_of(
        (*COLUMNS, "active_from", "active_until", "mayor"),
        ["049", "Espoo", "", "municipality", "", "", "", "x"],
        ["", "Nimetön", "", "municipality", "", "", "", ""],
        ["049", "Espoo", "", "municipality", "", "", "", ""],
        ["050", "Eura", "", "circus", "", "", "", ""],
        ["051", "", "", "", "", "", "", ""],
        ["052", "Hanko", "", "municipality", "", "1.2.2020", "2019-01-01", ""],
        ["053", "Hamina", "", "municipality", "", "", "", "", "extra"],
    )
    report = run(content, apply=True)
    assert not report.written
    assert [f.line for f in report.refused] == [3, 4, 5, 6, 7, 8]
    assert report.unknown == ["mayor"]
    text = str(report)
    assert "Line 4, 049: refused. The same code is on line 2 already." in text
    assert "kind cannot be circus." in text and "Columns that nobody knows, left alone: mayor." in text
    assert "049" not in by_code(rows)
    assert run(content, apply=True, skip_refused=True).written
    assert by_code(rows).keys() & {"049", "050", "051", "052", "053"} == {"049"}


def test_a_doubtful_business_id_is_a_note(run):
    report = run(csv_of(("code", "business_id"), ["638", "1234567-8"], ["091", "01120389"], ["284", "not one"]))
    assert [f.verdict for f in report.findings] == [Verdict.CHANGED, Verdict.CHANGED, Verdict.REFUSED]
    assert [len(f.notes) for f in report.findings] == [1, 0, 0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"name\nEspoo\n",
        b"code,code\n1,2\n",
        b'code,name_fi\n049,"Espoo\n',
        b"PK\x03\x04broken",
        b"code\n" + b"1\n" * 20_001,
    ],
    ids=["empty", "binary", "no-code", "doubled", "open-quote", "broken-xlsx", "too-long"],
)
def test_what_is_no_table_is_refused_as_a_whole(run, rows, content):
    before = len(rows(Organisation))
    with pytest.raises(Refused):
        run(content, apply=True)
    assert len(rows(Organisation)) == before


def test_the_line_is_the_one_that_the_file_shows(run):
    content = b'code,name_fi,kind\r\n\r\n049,"Espoo\r\nEsbo",municipality\r\n050,Eura,circus\r\n'
    assert [f.line for f in run(content).findings] == [3, 5]
    assert [f.line for f in run(xlsx_of(COLUMNS, [], ["050", "Eura", "", "circus"])).findings] == [3]
