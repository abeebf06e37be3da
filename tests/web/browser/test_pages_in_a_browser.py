"""What only a browser shows: keys, dialogs, the theme, and pages that refresh without jumping."""

import pytest
from playwright.sync_api import Page, expect

from hanse.actions import drafts
from hanse.actions.polling import poll
from hanse.actions.rights import operator
from hanse.network.wanted.edits import Edit
from hanse.store.models import WantedObject
from web.city_on_desk import SILENT, Desk


def test_a_slash_opens_the_search_and_the_arrows_choose(seen: Page, complaints: list[str]) -> None:
    seen.goto("/")

    seen.keyboard.press("/")
    seen.keyboard.type("core")
    expect(seen.locator("#search-found a")).to_have_count(4)
    seen.keyboard.press("ArrowDown")
    seen.keyboard.press("ArrowDown")
    seen.keyboard.press("Enter")

    expect(seen).to_have_url("/routers/core2/")
    assert complaints == []


def test_letters_after_g_lead_to_places_and_escape_closes(seen: Page) -> None:
    seen.goto("/")

    seen.keyboard.press("?")
    expect(seen.get_by_role("heading", name="Keys")).to_be_visible()
    seen.keyboard.press("Escape")
    expect(seen.get_by_role("heading", name="Keys")).not_to_be_visible()
    seen.keyboard.press("g")
    seen.keyboard.press("s")

    expect(seen).to_have_url("/sessions/")


def test_letters_in_a_field_are_only_letters(seen: Page) -> None:
    seen.goto("/routers/")

    seen.get_by_label("Text").press_sequentially("g/?")

    expect(seen.get_by_label("Text")).to_have_value("g/?")
    expect(seen.locator("dialog[open]")).to_have_count(0)


def test_the_first_tab_leads_past_the_navigation(seen: Page) -> None:
    seen.goto("/routers/")

    seen.keyboard.press("Tab")

    expect(seen.get_by_text("Skip to the content")).to_be_focused()
    seen.keyboard.press("Enter")
    expect(seen.locator("#main")).to_be_focused()


def test_the_theme_that_was_chosen_stays(seen: Page) -> None:
    seen.emulate_media(color_scheme="light")
    seen.goto("/")

    seen.get_by_role("button", name="Dark").click()
    seen.goto("/routers/")

    expect(seen.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(seen.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_filters_change_rows_and_address_without_a_new_page(seen: Page) -> None:
    seen.goto("/routers/")

    seen.get_by_role("search", name="Filters").get_by_label("Answers").select_option("no")

    expect(seen.locator("#rows tbody tr")).to_have_count(1)
    assert "answers=no" in seen.url
    seen.go_back()
    expect(seen.locator("#rows tbody tr")).to_have_count(8)


def test_a_page_that_refreshes_keeps_scroll_and_focus(seen: Page, desk: Desk) -> None:
    seen.set_viewport_size({"width": 1280, "height": 350})
    seen.goto("/")
    link = seen.get_by_role("link", name="All changes")
    link.focus()
    before = seen.evaluate("window.scrollY")
    assert before > 0

    desk.devices[SILENT].reachable = True
    poll(world=desk.world)

    expect(seen.get_by_text("Routers that do not answer")).to_have_count(0, timeout=15_000)
    expect(seen.get_by_role("link", name="All changes")).to_be_focused()
    lowest = seen.evaluate("document.documentElement.scrollHeight - innerHeight")
    assert seen.evaluate("window.scrollY") == min(before, lowest)


def test_what_has_not_changed_is_not_swapped(seen: Page) -> None:
    seen.goto("/map/")
    drawing = seen.locator("#drawing")
    drawing.evaluate("element => { element.dataset.mark = 'old' }")
    with seen.expect_response("**/map/"):
        pass
    with seen.expect_response("**/map/"):
        pass

    drawing.evaluate("element => { element.dataset.mark = 'kept' }")
    with seen.expect_response("**/map/"):
        pass

    expect(drawing).to_have_attribute("data-mark", "kept")


def test_a_draft_is_withdrawn_and_opened_without_leaving_the_place(seen: Page, desk: Desk) -> None:
    person = operator("alice")
    number = drafts.begin(title="quieter", person=person, world=desk.world)
    body = WantedObject.objects.get(kind="link_classes", name="radio").body
    edit = Edit(kind="link_classes", name="radio", body={**body, "cost": 77})
    drafts.put(draft=number, edits=[edit], person=person, world=desk.world)
    seen.set_viewport_size({"width": 1280, "height": 350})
    seen.goto(f"/drafts/{number}/")
    seen.evaluate("window.sameDocument = true")
    seen.evaluate("window.scrollTo(0, 60)")

    seen.get_by_role("button", name="Withdraw").press("Enter")
    expect(seen.locator("#draft")).to_be_focused()
    seen.get_by_role("button", name="Open again").press("Enter")

    expect(seen.get_by_role("button", name="Take", exact=True)).to_be_enabled()
    assert seen.evaluate("[window.sameDocument, window.scrollY]") == [True, 60]


@pytest.mark.parametrize("path", ["/routers/", "/sessions/", "/changes/"])
def test_a_list_that_nobody_uses_is_asked_for_anew(seen: Page, path: str) -> None:
    seen.goto(path)

    with seen.expect_response(f"**{path}**", timeout=5_000) as asked:
        seen.evaluate("htmx.trigger('#rows', 'refresh')")

    assert asked.value.request.headers["hx-request"] == "true"


def test_an_open_menu_holds_the_refresh(seen: Page) -> None:
    seen.goto("/routers/")
    seen.get_by_text("Rows, export").click()

    seen.evaluate("htmx.trigger('#rows', 'refresh')")

    expect(seen.get_by_role("link", name="CSV")).to_be_visible()


def test_the_map_follows_the_network_without_a_new_page(seen: Page, desk: Desk) -> None:
    seen.goto("/map/")
    expect(seen.locator(".map-link.tone-bad")).to_have_count(1)
    seen.evaluate("window.sameDocument = true")

    desk.devices["core2"].reachable = False
    poll(world=desk.world)

    expect(seen.locator(".map-site.tone-bad")).to_have_count(2, timeout=15_000)
    assert seen.evaluate("window.sameDocument") is True


def test_an_address_is_copied_by_its_button(seen: Page) -> None:
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.goto("/routers/core1/")

    seen.get_by_role("button", name="Copy 198.18.0.11").first.click()

    expect(seen.locator("#told")).to_have_text("Copied")
    assert seen.evaluate("navigator.clipboard.readText()") == "198.18.0.11"


def test_times_are_relative_and_exact_on_hover(seen: Page) -> None:
    seen.goto("/routers/core1/")

    time = seen.locator("#standing time").first

    assert time.inner_text().endswith("ago")
    assert (time.get_attribute("title") or "").endswith("UTC")


def test_nothing_scrolls_sideways_on_a_phone(seen: Page) -> None:
    seen.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for address in ("/", "/routers/", "/routers/border1/", "/sessions/", "/links/", "/map/", "/changes/", "/audit/"):
        seen.goto(address)
        if seen.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)

    assert wide == []


def test_graph_and_chart_draw_under_the_policy(seen: Page, complaints: list[str]) -> None:
    seen.goto("/topology/")
    expect(seen.locator("[data-topology] canvas").first).to_be_visible()
    seen.goto("/sessions/border1/192.0.2.12/")

    expect(seen.locator(".uplot canvas")).to_be_visible()
    assert complaints == []


def test_a_written_text_is_fetched_when_it_is_opened(seen: Page) -> None:
    seen.goto("/routers/border1/")

    seen.locator("#file-1 summary").click()

    expect(seen.locator("#text-1")).to_contain_text("protocol bgp")
    expect(seen.locator("#file-1 .why").first).to_be_visible()
