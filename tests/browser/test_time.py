"""Another day and another knowledge on the map, the timeline of a parcel, and being told when its rules change."""

from playwright.sync_api import Page, expect

from apps.common.durable import deliver_pending
from apps.legal.models import Instrument
from apps.legal.services import record_act
from apps.notices.models import Notice
from apps.notices.rounds import run_rounds
from apps.notices.sending import send_due
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import click_middle, expect_parcel, figure, open_map, sign_in

MOBILE = "09121234567"


def test_a_past_day_and_an_instant_stay_while_parcels_are_picked(page: Page, city: SmallCity) -> None:
    """B had five storeys in 2023; by what was known in 2022 nobody had heard of that revision."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, city.spot("B"), language="/en", extra="&on=2023-08-01")
    expect(page.locator("#clock-banner")).to_contain_text("1 August 2023")
    click_middle(page)
    expect_parcel(page, CODES["B"])
    expect(figure(page, "max_storeys")).to_contain_text("5")
    page.locator("#known-form summary").click()
    page.fill("#known-at", "2022-06-01")
    page.locator("#known-form button").click()
    expect(page.locator("#clock-banner")).to_contain_text("recorded by 1 June 2022")
    expect_parcel(page, CODES["B"])
    expect(figure(page, "max_storeys")).to_contain_text("3")
    asked.clear()
    expect(page.locator("#layers .layer").first).to_be_attached()
    click_middle(page)
    expect_parcel(page, CODES["B"])
    expect(figure(page, "max_storeys")).to_contain_text("3")
    questions = [url for url in asked if "/layers?" in url or ("/parcels/" in url and "/tiles/" not in url)]
    assert questions
    assert all("on=2023-08-01" in url and "known_at=2022-06-01" in url for url in questions), questions
    assert "known_at=2022-06-01" in page.url
    page.locator("#clock-now").click()
    expect(page.locator("#clock-banner")).to_be_hidden()
    expect_parcel(page, CODES["B"])
    assert "known_at" not in page.url


def test_the_timeline_opens_in_the_panel_and_without_scripts(page: Page, new_page: NewPage, city: SmallCity) -> None:
    page.goto(f"/en/?parcel={CODES['B']}")
    expect(page.locator("#layers .layer").first).to_be_attached()
    page.locator("#history > summary").click()
    items = page.locator(".timeline-item")
    expect(items.first).to_contain_text("since 20 January 2024")
    expect(items.first).to_contain_text("suspended since 20 January 2024")
    expect(items.nth(1)).to_contain_text("5 storeys")
    plain = new_page(java_script_enabled=False)
    plain.goto(f"/parcels/{CODES['B']}/")
    plain.locator("#history > summary").click()
    plain.locator("#history a").first.click()
    expect(plain.locator(".timeline-item").first).to_contain_text("از ۳۰ دی ۱۴۰۲")


def test_watched_on_the_phone_and_told_when_an_act_changes_the_rules(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.goto(f"/en/parcels/{CODES['A']}/")
    page.locator("#watch button").click()
    sign_in(page, city, MOBILE)
    page.wait_for_url(f"**/en/parcels/{CODES['A']}/**")
    page.locator("#watch button").click()
    expect(page.locator("#watch")).to_contain_text("You watch this parcel.")
    record_act(
        instrument=Instrument.objects.get(code="hc-1404"), kind="promulgate", number="77", act_date=_today(),
        body_fa="کمیسیون", body_en="Commission", document="-", effective_on=_today(), recorded_by=city.clerk,
        countersigned_by=city.head,
    )  # fmt: skip
    deliver_pending()
    run_rounds()
    send_due()
    assert Notice.objects.filter(sent_at__isnull=False).count() == 1
    page.goto("/en/")
    page.locator(".menu summary").click()
    expect(page.locator(".menu .count")).to_have_text("1")
    page.locator(".menu a", has_text="Notices").click()
    expect(page.locator(".notice-list")).to_contain_text("before 4 storeys, from this day 5 storeys")
    page.locator(".notice-list a").first.click()
    expect(page.locator(".timeline-item").first).to_contain_text("5 storeys")
    page.goto("/en/watching/")
    page.locator(".watch-list button").click()
    expect(page.locator(".watch-list")).to_contain_text("You watch nothing yet")


def test_an_area_is_drawn_and_watched(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    page.goto("/en/watching/")
    sign_in(page, city, MOBILE)
    page.wait_for_url("**/en/watching/")
    page.locator("#watch-area-send").click()
    expect(page.locator("#watch-said")).to_have_text("No area is drawn yet.")
    page.locator(".leaflet-pm-toolbar .leaflet-pm-icon-polygon").click()
    box = page.locator("#watch-map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in ((0, 0), (60, 0), (60, 60), (0, 0)):
        page.mouse.click(x + dx, y + dy)
    expect(page.locator("#watch-said")).to_contain_text("The area is drawn.")
    page.fill("#watch-name", "Our quarter")
    page.locator("#watch-area-send").click()
    expect(page.locator(".watch-list")).to_contain_text("Our quarter")


def _today():  # type: ignore[no-untyped-def] # a date
    from apps.common.clock import today

    return today()
