"""The demo's library has the numbers of domain.md §5.2, every kind of material, and files that their programs open."""

import io
import zipfile

import mammoth
import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.jobs.models import Job
from extranet.materials.caption_files import read_captions
from extranet.materials.caption_models import Caption
from extranet.materials.life import lacks_captions
from extranet.materials.models import Audience, Download, Material, MaterialKind, MaterialState, MaterialVersion, Sharing
from extranet.storage.sniff import sniff


def open_pdf(file):
    return len(pypdfium2.PdfDocument(file.read()))


def open_docx(file):
    return len(mammoth.convert_to_html(file).value) > 1000


def open_slides(file):
    return len(Presentation(file).slides) > 4


def open_workbook(file):
    return len(CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()) > 8


def open_picture(file):
    with Image.open(file) as picture:
        picture.load()
        return picture.width == 1280


OPENERS = {"PDF": open_pdf, "DOCX": open_docx, "PPTX": open_slides, "XLSX": open_workbook, "PNG": open_picture, "JPEG": open_picture}


def count(session, *where):
    return session.scalar(select(func.count()).select_from(Material).where(*where))


def test_the_numbers(demo):
    documents, versions = count(demo, Material.kind != MaterialKind.ANSWER), demo.scalar(select(func.count()).select_from(MaterialVersion))
    assert (documents, versions) == (140, 240)
    assert count(demo, Material.kind == MaterialKind.ANSWER) == 4  # from the discussions
    assert {kind for kind in MaterialKind if count(demo, Material.kind == kind) >= 4} == set(MaterialKind)
    assert {state for state in MaterialState if count(demo, Material.state == state)} == set(MaterialState)
    assert {sharing for sharing in Sharing if count(demo, Material.sharing == sharing) >= 8} == set(Sharing)
    assert {audience for audience in Audience if count(demo, Material.audience == audience) >= 5} == set(Audience)
    assert count(demo, Material.series == "Hyvät käytännöt") == 5


def test_there_is_work_to_do(demo):
    overdue = (Material.state == "published", Material.review_due < clock.today())
    assert count(demo, *overdue) == 5
    assert count(demo, Material.replaces_id.is_not(None)) >= 10
    assert count(demo, Material.stock == 0) == 1


def test_a_link_has_an_address_and_no_versions(demo):
    links = list(demo.scalars(select(Material).where(Material.kind == "link")))
    assert all(link.link_url.startswith("https://") and ".example/" in link.link_url for link in links)
    assert (
        demo.scalar(select(func.count()).select_from(MaterialVersion).where(MaterialVersion.material_id.in_([link.id for link in links])))
        == 0
    )
    assert count(demo, Material.link_url != "", Material.kind != MaterialKind.ANSWER) == len(links)


def test_versions_are_in_order_and_say_different_things(demo):
    rows = demo.execute(
        select(MaterialVersion, Material.version, Material.updated_at).join(Material).order_by(MaterialVersion.number)
    ).all()
    materials = {}
    for version, current, updated_at in rows:
        materials.setdefault(version.material_id, []).append((version, current, updated_at))
    for versions in materials.values():
        assert [version.number for version, _, _ in versions] == list(range(1, versions[0][1] + 1))
        assert [version.at for version, _, _ in versions] == sorted(version.at for version, _, _ in versions)
        assert versions[-1][0].at == versions[-1][2]
        assert len({version.sha256 for version, _, _ in versions}) == len(versions)


@pytest.mark.parametrize("kind", OPENERS)
def test_every_file_opens_in_what_reads_it(demo, stored, kind):
    files = [version for version in _files(demo) if version.type_name == kind]
    for version in files:
        with stored(version.sha256) as file:
            assert sniff(file) == version.mime
            assert OPENERS[kind](file), version.file_name
    assert len(files) >= 4


def test_every_other_file_is_what_it_says(demo, stored):
    others = [version for version in _files(demo) if version.type_name not in OPENERS]
    assert {version.type_name for version in others} == {"MP3", "WebM", "TXT"}
    for version in others:
        with stored(version.sha256) as file:
            assert sniff(file) == version.mime
            assert len(file.read()) == version.size


def test_no_file_carries_a_date_of_its_making(demo, stored):
    for version in _files(demo):
        if version.type_name in ("DOCX", "PPTX", "XLSX"):
            with stored(version.sha256) as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
                assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_four_recordings_lack_captions_and_for_one_the_time_has_passed(demo):
    bare = list(demo.scalars(select(Material.captions_by).where(lacks_captions())))
    assert (len(bare), len([day for day in bare if day < clock.today()])) == (4, 1)
    assert demo.scalar(select(func.count()).select_from(Caption)) >= 10


def test_captions_have_words_and_times(demo, stored):
    for caption in demo.scalars(select(Caption)):
        with stored(caption.sha256) as file:
            cues = read_captions(file, "captions.vtt")
        assert len(cues) == 5 and cues[-1].lines[0] in caption.text


def test_the_worker_is_asked_for_what_readers_see(demo):
    current = select(MaterialVersion.sha256).join(Material, Material.id == MaterialVersion.material_id)
    current = set(demo.scalars(current.where(MaterialVersion.number == Material.version)))
    jobs = [job.kwargs["sha256"] for job in demo.scalars(select(Job).where(Job.name == "previews.make").order_by(Job.id))]
    assert set(jobs[: len(current)]) == current
    assert len(set(jobs)) == len(jobs) < 230


def test_people_took_versions_that_were_there(demo):
    rows = demo.execute(select(Download.user_id, Download.at, MaterialVersion.at, MaterialVersion.number, Material.version, Material.network_id)
        .join(MaterialVersion, MaterialVersion.id == Download.material_version_id).join(Material, Material.id == MaterialVersion.material_id)).all()  # fmt: skip
    assert len(rows) > 1500
    assert [row for row in rows if row[1] < row[2] and row.number > 1] == []
    member = demo.scalar(select(User.id).where(User.email == "member@extranet.example"))
    assert len([row for row in rows if row.user_id == member and row.number < row.version]) >= 4


def _files(demo):
    return list({version.sha256: version for version in demo.scalars(select(MaterialVersion))}.values())
