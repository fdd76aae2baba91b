"""A visitor sends small forms; only people who have signed in may upload."""


def test_a_visitors_large_form_is_not_read(browser):
    page = browser("visitor").post("/sign-in", email="a@b.example", password="x" * 1_200_000)
    assert page.status == 413
    assert "suuri" in page.text()
