"""The whole way of a stranger, from nothing: `demo`, log in, look, change, plan, apply, pull a fibre, take it back.

A failure means that somebody who tries Hanse for the first time, on real routers and in a real browser, does not get
what the README promises.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from demo.running import NAME, Demonstration, demonstration
from hanse_lab import lab
from hanse_lab.folder import labs
from hanse_lab.requirements import lacks

pytestmark = [pytest.mark.lab, pytest.mark.demo, pytest.mark.timeout(900)]

CHROMIUM: Final = Path("/usr/bin/chromium")
IMAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "images"
LINK: Final = "ring-uni-hafen"
SENNE, EGGE = 64506, 64507  # members of the exchange, with whom nobody wants sessions yet
CABLE: Final = "ring-rathaus-dom"
SOON: Final = 60_000.0  # milliseconds: several looks, and a deployment
WIDE: Final = (1280, 800)
ROWS: Final = {"map": ".map-list li", "dashboard": ".wrongs li", "alerts": "tbody tr"}


class Desk:
    """The desk in a browser, in the words of the walk."""

    def __init__(self, shown: Demonstration, context: BrowserContext, images: Path) -> None:
        self.shown = shown
        self.context = context
        self.images = images
        self.page = context.new_page()
        context.set_default_timeout(30_000)

    def log_in(self) -> None:
        self.page.goto(self.shown.url)
        self.page.get_by_label("Login").or_(self.page.locator("input[name=login]")).first.fill("admin")
        self.page.locator("input[name=password]").fill(self.shown.password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.shown.url)

    def open(self, path: str) -> Page:
        """Open a page beside the others."""
        page = self.context.new_page()
        page.goto(f"{self.shown.url}{path}")
        return page

    def keep(self, name: str, page: Page | None = None) -> None:
        """Keep a picture for the README, in light and in dark."""
        page = page or self.page
        page.bring_to_front()
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=self.images / f"{name}-{theme}.png")

    def put_in_a_draft(self, link_class: str) -> None:
        """Change the link's class in a draft of its own, and see what that does to both its ends."""
        self.page.bring_to_front()
        self.page.goto(f"{self.shown.url}objects/links/of/{LINK}/")
        self.page.get_by_label("Link class").select_option(link_class)
        self.page.get_by_role("button", name="Look at what it does").click()
        expect(self.page.locator("#routers summary strong")).to_have_text(["core3", "core4"])
        expect(self.page.locator("#routers")).to_contain_text("cost 100;")
        self.keep("draft")

    def take(self) -> None:
        """Take the draft that is open on the page."""
        self.page.get_by_role("button", name="Take", exact=True).click()
        self.page.wait_for_url(re.compile(r"/change-sets/\d+/"))

    def plan(self, *routers: str) -> None:
        """Make a plan of what the change set on the page changes: it names these routers, and the timer of each."""
        self.page.get_by_role("button", name="Plan these routers").click()
        self.page.wait_for_url(re.compile(r"/plans/\d+/"), timeout=SOON)
        folds = self.page.locator("details.fold > summary")
        expect(folds).to_have_count(len(routers))
        for router in routers:
            expect(folds.filter(has_text=router)).to_contain_text(re.compile(r"undoes it by itself after \d+ s"))

    def apply(self, kept: str = "") -> None:
        """Apply the plan on the page, and watch until all is kept; `kept` names a picture of the way there."""
        self.page.get_by_role("button", name="Apply to 2 routers").click()
        expect(self.page.get_by_role("main")).to_contain_text("trial", timeout=SOON)
        if kept:
            self.keep(kept)
        expect(self.page.get_by_role("main")).to_contain_text("2 kept", timeout=SOON)

    def plan_and_apply(self) -> None:
        """Plan what the change set on the page changes at both ends of the link, and apply it."""
        self.plan("core3", "core4")
        self.keep("plan")
        self.apply(kept="rollout")

    def find_peers(self, *asns: int) -> None:
        """Look for those with whom the exchange has more to offer, tick them, and take their sessions at once."""
        self.page.goto(f"{self.shown.url}exchanges/")
        self.page.get_by_role("main").get_by_role("link", name="pix", exact=True).click()
        self.page.wait_for_load_state()  # with its scripts: they narrow the list
        self.page.get_by_label("Sessions", exact=True).select_option("none here yet")
        expect(self.page.locator("tbody").get_by_role("checkbox")).to_have_count(len(asns) + 1)  # and a reticent one
        for asn in asns:
            self.page.get_by_label(f"Choose AS{asn}").check()
        self.page.get_by_label("The sessions begin as").select_option("provisioning")
        self.page.locator("#peers").evaluate("heading => heading.scrollIntoView()")
        self.keep("exchange")
        self.page.get_by_role("button", name="Add at once").click()
        self.page.wait_for_url(re.compile(r"/change-sets/\d+/"))


@pytest.fixture(scope="module")
def shown() -> Iterator[Demonstration]:
    if missing := lacks():
        pytest.skip("; ".join(missing))
    if not CHROMIUM.exists():
        pytest.skip("shows the desk in Chromium, which is not installed: see script/debian-packages.txt")
    with demonstration() as running:
        yield running
    assert NAME not in labs(), "the demonstration left something behind"


@pytest.fixture(scope="module")
def browser(shown: Demonstration) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(shown: Demonstration, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    images = IMAGES if request.config.getoption("--renew-golden") else tmp_path
    images.mkdir(exist_ok=True)
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce")
    desk = Desk(shown, context, images)
    desk.log_in()
    yield desk
    context.close()


def cost(shown: Demonstration) -> set[str]:
    """Return what core4 runs as OSPF cost of the link that is changed, in both versions."""
    text = lab.node(shown.folder, "core4").outcome("cat", "/etc/bird/bird.conf").stdout
    return set(re.findall(rf"# links\.{LINK}\n(?:.*\n)*?\s+(cost \d+);", text))


def test_from_nothing_to_a_change_that_is_kept_watched_and_taken_back(desk: Desk, shown: Demonstration) -> None:
    page = desk.page

    # The city is as it is wanted.
    expect(page.get_by_role("main")).to_contain_text("All is well", timeout=SOON)
    city_map = desk.open("map/")
    expect(city_map.locator(ROWS["map"])).to_contain_text(["up"] * 9)
    expect(city_map.locator("a.map-link.tone-bad")).to_have_count(0)
    desk.keep("dashboard")
    desk.keep("map", city_map)

    # A draft shows what it does to which router, and is taken.
    desk.put_in_a_draft("radio")
    assert cost(shown) == {"cost 10"}
    desk.take()
    change_set = page.url

    # It is planned, applied, and watched until it is kept.
    desk.plan_and_apply()
    assert cost(shown) == {"cost 100"}

    # A fibre is pulled: map, dashboard and alerts follow, and no page is loaded anew.
    page.goto(shown.url)
    watching = {"map": city_map, "dashboard": page, "alerts": desk.open("alerts/")}
    for watched in watching.values():
        watched.evaluate("window.isStillTheSamePage = true")
    lab.cut(shown.folder, CABLE)
    for name, watched in watching.items():
        watched.bring_to_front()
        row = watched.get_by_role("main").locator(ROWS[name]).filter(has_text=CABLE)
        expect(row.first).to_contain_text(re.compile("down|firing"), timeout=SOON)
        assert watched.evaluate("window.isStillTheSamePage"), name
        desk.keep(f"{name}-cut", watched)
    expect(city_map.locator("a.map-link.tone-bad title")).to_contain_text([f"{CABLE} (fibre, 10 Gbit/s): down"])
    lab.mend(shown.folder, CABLE)
    page.bring_to_front()
    expect(page.get_by_role("main")).to_contain_text("All is well", timeout=2 * SOON)

    # The change set is taken back, with the same preview, and applied again.
    page.goto(change_set)
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("#routers summary strong")).to_have_text(["core3", "core4"])
    desk.take()
    desk.plan_and_apply()
    assert cost(shown) == {"cost 10"}


def test_from_a_stranger_on_the_exchange_to_sessions_that_are_established(desk: Desk, shown: Demonstration) -> None:
    page = desk.page

    # PeeringDB knows two members of the exchange with whom we have no session: their sessions are added at once.
    desk.find_peers(SENNE, EGGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Peer at pix with AS{SENNE}, AS{EGGE}")
    expect(page.get_by_role("main")).to_contain_text("2 routers are to have another text")

    # They are planned on the Linux border and on the vendor's, applied, and watched until they are kept.
    desk.plan("border1", "border3")
    page.locator("#diff-border3 > summary").click()
    expect(page.locator("#diff-border3")).to_contain_text("neighbor HANSE-PEER-V4 peer group")
    page.get_by_role("navigation", name="Grouping").evaluate("grouping => grouping.scrollIntoView()")
    desk.keep("peering-plan")
    desk.apply()

    # The next look finds them up on both routers, and so do those at the other end.
    for asn, count in ((SENNE, 4), (EGGE, 2)):
        page.goto(f"{shown.url}sessions/?asn={asn}")
        expect(page.locator("tbody tr")).to_contain_text([re.compile(r"\bup\b")] * count, timeout=SOON)
    assert established(shown, "senne") == {"192.0.2.1", "192.0.2.2", "2001:db8:100::1", "2001:db8:100::2"}
    assert established(shown, "egge") == {"192.0.2.1", "192.0.2.2"}


def established(shown: Demonstration, member: str) -> set[str]:
    """Return with whom of us a member of the exchange has an established session, as it says itself."""
    said = lab.node(shown.folder, member).run("vtysh", "-c", "show bgp neighbors json")
    return {address for address, peer in json.loads(said).items() if peer.get("bgpState") == "Established"}
