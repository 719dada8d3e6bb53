# SPDX-License-Identifier: GPL-3.0-or-later
"""An application that makes its own addresses: each of them can be reloaded; what is missing is missing."""

import pytest

INDEX = """<!DOCTYPE html><title>starting</title><script src=/app.js></script>"""
SCRIPT = "document.title = 'view of ' + location.pathname;"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "app.js").write_text(SCRIPT)
    return tmp_path


def test_reload_of_a_view(folder, serve, page):
    page.go(serve(folder, "--spa").url())
    page.evaluate("history.pushState(null, '', '/products/42?tab=1')")
    assert page.reload()["status"] == 200
    page.until("document.title === 'view of /products/42'")
    assert page.evaluate("location.search") == "?tab=1"


@pytest.mark.parametrize("path", ["/missing.js", "/products/picture.png"])
def test_missing_asset(folder, serve, page, path):
    page.go(serve(folder, "--spa").url())
    assert page.evaluate(f"fetch('{path}').then(answer => answer.status)") == 404


def test_without_the_switch(folder, serve, page):
    assert page.go(serve(folder).url("/products/42"))["status"] == 404
