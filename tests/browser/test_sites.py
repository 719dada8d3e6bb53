# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page of another site gets: for a browser localhost and 127.0.0.1 are two sites."""

import pytest

LOAD = """new Promise(resolve => {
  const element = document.createElement('%s');
  element.onload = () => resolve('loaded');
  element.onerror = () => resolve('refused');
  element.%s = '%s';
  document.head.append(element);
})"""
FETCH = "fetch('{}').then(answer => answer.text(), () => 'refused')"
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@pytest.fixture
def theirs(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "index.html").write_text("<!DOCTYPE html><title>theirs</title>")
    return folder


@pytest.fixture
def ours(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "index.html").write_text("<!DOCTYPE html><title>ours</title>")
    (folder / "x.js").write_text("window.ran = true;")
    (folder / "x.svg").write_text(PIXEL)
    (folder / "x.json").write_text('"secret"')
    return folder


def test_script_of_another_site(theirs, ours, serve, page):
    server = serve(ours)
    page.go(serve(theirs).url())
    assert page.evaluate(LOAD % ("script", "src", server.url("/x.js", "127.0.0.1"))) == "refused"
    assert page.evaluate("window.ran") is None
    server.wait_for(event="request", path="/x.js", status=403)


def test_picture_and_data_of_another_site(theirs, ours, serve, page):
    server = serve(ours)
    page.go(serve(theirs).url())
    assert page.evaluate(LOAD % ("img", "src", server.url("/x.svg", "127.0.0.1"))) == "refused"
    assert page.evaluate(FETCH.format(server.url("/x.json", "127.0.0.1"))) == "refused"
    server.wait_for(event="request", path="/x.svg", status=403)
    server.wait_for(event="request", path="/x.json", status=403)


def test_another_port_is_the_same_site_and_another_origin(theirs, ours, serve, page):
    server = serve(ours)
    page.go(serve(theirs).url())
    assert page.evaluate(FETCH.format(server.url("/x.json"))) == "refused"
    assert page.evaluate(LOAD % ("img", "src", server.url("/x.svg"))) == "refused"
    server.wait_for(event="request", path="/x.json", status=200)
    server.wait_for(event="request", path="/x.svg", status=200)


def test_with_the_switch(theirs, ours, serve, page):
    server = serve(ours, "--cors")
    page.go(serve(theirs).url())
    assert page.evaluate(LOAD % ("script", "src", server.url("/x.js", "127.0.0.1"))) == "loaded"
    assert page.evaluate("window.ran") is True
    assert page.evaluate(FETCH.format(server.url("/x.json", "127.0.0.1"))) == '"secret"'
    assert page.evaluate("fetch('{}', {{headers: {{'X-Mine': '1'}}}}).then(answer => answer.status)".format(
        server.url("/x.json", "127.0.0.1"))) == 200
    assert page.complaints() == []


def test_a_link_of_another_site_is_followed(theirs, ours, serve, page):
    server = serve(ours)
    page.go(serve(theirs).url())
    page.leave(f"location.href = '{server.url(host='127.0.0.1')}'")
    page.until("document.title === 'ours'")


def test_a_frame_of_another_site_is_not(theirs, ours, serve, page):
    server = serve(ours)
    page.go(serve(theirs).url())
    page.evaluate((LOAD % ("iframe", "src", server.url(host="127.0.0.1"))).replace("head", "body"))
    server.wait_for(event="request", path="/", status=403)


def test_a_name_that_was_bent_to_this_computer(ours, serve, page):
    server = serve(ours)
    assert page.go(server.url(host="evil.test"))["status"] == 421
    assert "evil.test" in page.text()
    assert page.evaluate("document.title") != "ours"
    assert page.go(server.url("/x.json", "evil.test"))["status"] == 421
    assert "secret" not in page.text()


def test_a_name_that_was_given(ours, serve, page):
    assert page.go(serve(ours, "--name", "evil.test").url(host="evil.test"))["status"] == 200
    assert page.evaluate("document.title") == "ours"
