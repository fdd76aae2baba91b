"""What several tests do on the pages of discussions, with JavaScript and without."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from extranet.core import clock
from extranet.core.db import db
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from tests.browser.site import Site
from tests.browser.test_event_life import fill_in

NEW = "/networks/hr/discussions/new"
THREAD = "/discussions/{hr_thread}/"


def send(page: Page, action: str, status: int = 303, **fields: str) -> None:
    """Fill in the form that goes to that address and press its own button; returns when the answer is there."""
    fill_in(page, **fields)
    button = page.locator(f"main form[action$='{action}'] button:not([type=button]):not([formaction]):not([name])").last
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == status):
        button.click()
    page.wait_for_load_state()


def press(page: Page, action: str) -> None:
    """Press the one button that goes to that address; it may stand in a menu."""
    menu = page.locator(f"main details:not([open]):has(form[action$='{action}'])")
    if menu.count():
        menu.locator("summary").click()
    send(page, action)


def follow(page: Page, href: str) -> None:
    """Follow the link that ends so; it may stand in a menu."""
    menu = page.locator(f"main details:not([open]):has(a[href$='{href}'])")
    if menu.count():
        menu.locator("summary").click()
    page.locator(f"main a[href$='{href}']:visible").first.click()
    page.wait_for_load_state()


def change(site: Site, do: Callable[[], Any]) -> None:
    """Have rows changed behind everybody's back."""
    with site.stage.app.app_context():
        do()
        db.session.commit()


def join(site: Site, who: str, slug: str, role: MembershipRole = MembershipRole.MEMBER) -> None:
    """Have somebody of the cast in that network, in that role."""
    change(site, lambda: _join(site.stage.ids[who], db.session.get_one(Network, site.stage.networks[slug]), role))


def _join(user_id: int, network: Network, role: MembershipRole) -> None:
    there = db.session.query(Membership).filter_by(user_id=user_id, network_id=network.id).one_or_none()
    db.session.add(there := there or Membership(user_id=user_id, network_id=network.id, joined_at=clock.days_ago(9)))
    there.role, there.state = role, MembershipState.ACTIVE
    there.rules_version_accepted, there.declares_employer_side = network.ground_rules_version, network.employer_only


def open_news(page: Page, words: str) -> None:
    """Open the newest notification that says these words."""
    page.goto("/notifications/")
    page.get_by_role("main").get_by_role("button", name=words).first.click()
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
