"""At which address: what the service is called, in which languages it speaks, where it is reached."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.admin import actions
from extranet.admin.forms import SettingsForm
from extranet.admin.views import bp
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.settings import get_setting
from extranet.core.web import page

TEXTS = ("service_name", "service_owner")
SELLER = ("name", "business_id", "iban", "bic", "einvoice_address", "operator_code")


@bp.route("/settings/", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    form = SettingsForm(data=_present())
    if request.method == "GET" or not form.validate():
        return page("admin/settings.html", form=form), 200 if request.method == "GET" else 422
    texts = {name: {code: form[f"{name}_{code}"].data for code in LANGUAGES if form[f"{name}_{code}"].data} for name in TEXTS}
    languages = [code for code in LANGUAGES if code in form.languages.data]
    seller = {name: form[f"seller_{name}"].data for name in SELLER if form[f"seller_{name}"].data}
    actions.change_settings(g.viewer, None, **texts, service_email=form.service_email.data, languages=languages, seller=seller)
    flash(_("The settings were saved. They show on every page within ten seconds."))
    return redirect(url_for(".settings"), 303)


def _present() -> dict[str, Any]:
    texts = {f"{name}_{code}": get_setting(name).get(code, "") for name in TEXTS for code in LANGUAGES}
    seller = {f"seller_{name}": get_setting("seller").get(name, "") for name in SELLER}
    return texts | seller | {"service_email": get_setting("service_email"), "languages": get_setting("languages")}
