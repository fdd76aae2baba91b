"""At which address: a table is uploaded, looked at, and written or thrown away."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.admin import import_organisations, import_people, imports
from extranet.admin.forms import ApplyForm, ImportForm
from extranet.admin.import_report import WORDS, Verdict
from extranet.admin.import_tables import MAX_BYTES
from extranet.admin.views import bp
from extranet.core.i18n import gettext as _
from extranet.core.web import page

COLUMNS = {"organisations": sorted(import_organisations.COLUMNS), "people": sorted(import_people.COLUMNS)}
SHOWN = 200


@bp.route("/imports/", methods=["GET", "POST"])
def import_files() -> ResponseReturnValue:
    form = ImportForm()
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return page("admin/imports.html", form=form, files=imports.list_files(g.viewer), columns=COLUMNS), status
    content = form.file.data.read(MAX_BYTES + 1)
    file = imports.upload_import(g.viewer, None, kind=form.kind.data, name=form.file.data.filename or "", content=content)
    return redirect(url_for(".import_file", file_id=file.id), 303)


@bp.get("/imports/<int:file_id>/")
def import_file(file_id: int) -> ResponseReturnValue:
    file = imports.get_file(g.viewer, file_id)
    report = imports.preview(file.kind, file.content)
    effective = [finding for finding in report.findings if finding.verdict.value in ("new", "changed")]
    return page(
        "admin/import.html", file=file, report=report, effective=effective[:SHOWN], hidden=max(0, len(effective) - SHOWN),
        refused=report.refused[:SHOWN], words=WORDS, form=ApplyForm(),
    )  # fmt: skip


@bp.post("/imports/<int:file_id>/apply")
def apply_import(file_id: int) -> ResponseReturnValue:
    file = imports.get_file(g.viewer, file_id)
    form = ApplyForm()
    report = imports.apply_import(g.viewer, file, skip_refused=form.skip_refused.data, invite=form.invite.data)
    new, changed = report.counts[Verdict.NEW], report.counts[Verdict.CHANGED]
    flash(_("Written: %(new)s new, %(changed)s changed.", new=new, changed=changed))
    return redirect(url_for(".import_files"), 303)


@bp.post("/imports/<int:file_id>/discard")
def discard_import(file_id: int) -> ResponseReturnValue:
    imports.discard_import(g.viewer, imports.get_file(g.viewer, file_id))
    flash(_("The file was thrown away. Nothing was written."))
    return redirect(url_for(".import_files"), 303)
