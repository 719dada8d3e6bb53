# SPDX-License-Identifier: GPL-3.0-or-later
"""Live reload: a page follows its folder, and forgets that it did."""

import pytest

INDEX = "<!DOCTYPE html><title>{}</title><link rel=stylesheet href=style.css><h1>hello</h1>"
COLOUR = "getComputedStyle(document.querySelector('h1')).color"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text(INDEX.format("first"))
    (tmp_path / "style.css").write_text("h1 { color: rgb(1, 0, 0) }")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text(INDEX.format("sub"))
    return tmp_path


def watching(page):
    return [event for event in page.happened("Network.responseReceived")
            if event["response"]["url"].endswith("/.hearth/live") and event["response"]["status"] == 200]


def open_page(server, page, path="/"):
    page.go(server.url(path))
    page.browser.wait(lambda: watching(page), "the page listens")


def test_a_change_reloads_the_page(folder, serve, page):
    open_page(serve(folder, "--live"), page)
    page.evaluate("window.mark = 1")
    (folder / "index.html").write_text(INDEX.format("second"))
    page.until("document.title === 'second' && window.mark === undefined")


def test_a_change_of_what_the_page_uses(folder, serve, page):
    open_page(serve(folder, "--live"), page)
    page.until(f"{COLOUR} === 'rgb(1, 0, 0)'")
    (folder / "style.css").write_text("h1 { color: rgb(2, 0, 0) }")
    page.until(f"{COLOUR} === 'rgb(2, 0, 0)'")


def test_a_change_in_a_folder_made_later(folder, serve, page):
    (folder / "index.html").write_text(INDEX.format("first").replace("style.css", "new/style.css"))
    open_page(serve(folder, "--live"), page)
    (folder / "new").mkdir()
    page.browser.wait(lambda: len(watching(page)) >= 2, "the page listens again")
    (folder / "new" / "style.css").write_text("h1 { color: rgb(3, 0, 0) }")
    page.until(f"{COLOUR} === 'rgb(3, 0, 0)'")


def test_reading_is_no_change(folder, serve, page):
    open_page(serve(folder, "--live"), page)
    for _ in range(100):
        assert page.evaluate("fetch('/sub/').then(answer => answer.status)") == 200
    (folder / "index.html").write_text(INDEX.format("second"))
    page.until("document.title === 'second'")
    assert len(page.happened("Page.frameNavigated")) == 2
    assert page.complaints() == []


def test_switched_off_it_is_gone(folder, serve, page):
    live = serve(folder, "--live")
    open_page(live, page)
    assert page.reload()["status"] == 200
    assert page.evaluate("document.scripts.length") == 1
    live.stop()
    plain = serve(folder, "--port", live.port)
    assert page.reload()["status"] == 200
    assert page.evaluate("document.scripts.length") == 0
    assert plain.wait_for(event="request", path="/")["status"] == 200


def test_a_page_is_asked_for_with_its_tag(folder, serve, page):
    """Or the test above would hold for a browser that never asks so."""
    server = serve(folder, "--live")
    open_page(server, page)
    page.reload()
    server.wait_for(event="request", path="/", status=304)
