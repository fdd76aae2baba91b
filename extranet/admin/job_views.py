"""At which address: background work."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.admin import job_actions, job_queries
from extranet.admin.views import bp
from extranet.core.i18n import gettext as _
from extranet.core.web import page


@bp.get("/jobs/")
def jobs() -> ResponseReturnValue:
    return page("admin/jobs.html", work=job_queries.overview(g.viewer))


@bp.post("/jobs/<int:job_id>/retry")
def retry_job(job_id: int) -> ResponseReturnValue:
    job_actions.retry(g.viewer, job_queries.get_job(g.viewer, job_id))
    flash(_("The job will be tried again."))
    return redirect(url_for(".jobs"), 303)


@bp.post("/jobs/<int:job_id>/drop")
def drop_job(job_id: int) -> ResponseReturnValue:
    job_actions.drop(g.viewer, job_queries.get_job(g.viewer, job_id))
    flash(_("The job was dropped."))
    return redirect(url_for(".jobs"), 303)
