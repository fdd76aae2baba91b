"""What WTForms itself says stands in its own catalogues, which are read once."""

from flask_wtf.i18n import translations


def test_it_is_said_in_the_readers_language(app):
    said = []
    for language in ("fi", "sv", "en", "fi"):
        with app.test_request_context(f"/?lang={language}"):
            app.preprocess_request()
            said.append(translations.gettext("Not a valid choice."))
    assert said == ["Virheellinen valinta", "Inte ett giltigt val", "Not a valid choice.", "Virheellinen valinta"]
