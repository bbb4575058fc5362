#!/usr/bin/env python3
"""Opens the page in a headless Chromium as readers do, and says what is wrong with it.

    check.py PAGE [FOLDER FOR SCREENSHOTS]

Checked at the widths of a small phone, a phone and a desktop, as it opens and with every part that folds open: that nothing
makes the page scroll sideways, that it asks for no other file, that the browser has nothing to say about it, that every link
within it leads somewhere, that a reader with a keyboard can skip to the results, and that axe finds no violation of WCAG 2.2
A and AA or of its own best practices. Exit codes: 0 nothing is wrong, 1 something is, 69 there is no Chromium.
"""

import os
import pathlib
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WIDTHS = [(320, 640), (360, 740), (1280, 900)]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# Elements that reach over the right edge and are not within something that scrolls by itself.
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(element => {
  const box = element.getBoundingClientRect();
  return box.right > document.documentElement.clientWidth + 1 && box.width > 0
    && !element.closest('.scroll, .drawing, pre, .unseen, svg');
}).slice(0, 5).map(element => element.outerHTML.slice(0, 160))"""

BROKEN_LINKS = """() => [...document.querySelectorAll('a[href^="#"]')].map(link => link.getAttribute('href'))
  .filter(target => !document.getElementById(target.slice(1)))"""

OPEN_ALL = "() => document.querySelectorAll('details').forEach(part => { part.open = true })"


def chromium():
    """The path of a Chromium that is installed."""
    for name in ["chromium", "chromium-browser", "google-chrome"]:
        path = shutil.which(name)
        if path:
            return path
    sys.stderr.write("check: no Chromium was found; install it (Debian: chromium)\n")
    sys.exit(69)


def problems_at(page):
    """What is wrong with the page as it stands."""
    found = []
    width = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width[0] > width[1]:
        found.append(f"scrolls sideways: {width[0]} px of content in {width[1]}")
    found += [f"reaches over the edge: {markup}" for markup in page.evaluate(OVERFLOWING)]
    for violation in Axe().run(page, options=RULES).response["violations"]:
        first = violation["nodes"][0]
        found.append(
            f"{violation['id']} ({violation['impact']}), {len(violation['nodes'])} times: {violation['help']}: "
            f"{first['html'][:200]} {first.get('failureSummary', '')[:300]}")
    return found


def check(browser, address, size, screenshots):
    """What is wrong with the page at a size of the window."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, bypass_csp=True, device_scale_factor=1)
    page = context.new_page()
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: messages.append(f"error: {error}"))
    page.goto(address)
    found = [f"asks for {url}" for url in requests if url != address]
    found += problems_at(page)
    if screenshots:
        page.locator("header").screenshot(path=f"{screenshots}/{size[0]}-head.png")
        for part in page.locator(".part").all():
            part.screenshot(path=f"{screenshots}/{size[0]}-{part.get_attribute('id')}.png")
    page.keyboard.press("Tab")
    focused = page.evaluate("() => { const at = document.activeElement.getBoundingClientRect();"
                            " return [document.activeElement.className, at.left >= 0 && at.top >= 0] }")
    if focused != ["skip", True]:
        found.append(f"the first thing that a keyboard reaches is not a visible way to the results: {focused}")
    found += [f"the link {target} leads nowhere" for target in page.evaluate(BROKEN_LINKS)]
    page.evaluate(OPEN_ALL)
    found += [f"with all parts open: {problem}" for problem in problems_at(page)]
    found += [f"the browser says: {message}" for message in messages]
    context.close()
    return [f"{size[0]} px: {problem}" for problem in found]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    address = pathlib.Path(sys.argv[1]).resolve().as_uri()
    screenshots = sys.argv[2] if len(sys.argv) == 3 else None
    if screenshots:
        os.makedirs(screenshots, exist_ok=True)
    # Chromium's own sandbox does not work for the superuser.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=options)
        problems = [problem for size in WIDTHS for problem in check(browser, address, size, screenshots)]
        browser.close()
    for problem in problems:
        print(problem)
    print(f"checked at {', '.join(str(width) for width, _ in WIDTHS)} px: {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
