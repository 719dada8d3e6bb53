# SPDX-License-Identifier: GPL-3.0-or-later
"""Types that hold, and our own pages: no script in them, and pictures of them in BUILD/screenshots."""

import os
import pathlib

import pytest

PICTURES = pathlib.Path(os.environ["SCREENSHOTS"])
SCRIPT = """new Promise(resolve => {
  const script = document.createElement('script');
  script.onload = () => resolve('ran');
  script.onerror = () => resolve('refused');
  script.src = '%s';
  document.head.append(script);
})"""
INLINE = """(() => {
  const script = document.createElement('script');
  script.textContent = 'window.ran = true';
  document.body.append(script);
  return window.ran === true;
})()"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "My site"
    folder.mkdir()
    for name in ("assets", "blog", "pictures of 2026"):
        (folder / name).mkdir()
    for name, size in {"readme.txt": 812, "styles.css": 14231, "theme.js": 90210, "holiday film.webm": 48 << 20,
                       "Ünïcode – “quoted”.md": 20, "data.json": 3 << 10, "a" * 120 + ".log": 5 << 30}.items():
        with open(folder / name, "wb") as file:
            file.truncate(size)
    return folder


def test_a_type_is_not_guessed(tmp_path, serve, page):
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>types</title>")
    for name in ("script.js", "script.txt", "script", "script.png"):
        (tmp_path / name).write_text("window.ran = true;")
    (tmp_path / "page.txt").write_text("<!DOCTYPE html><title>guessed</title><script>window.ran = true</script>")
    server = serve(tmp_path)
    page.go(server.url())
    said = {name: page.evaluate(SCRIPT % f"/{name}") for name in ("script.txt", "script", "script.png")}
    assert said == dict.fromkeys(said, "refused")
    assert page.evaluate("window.ran") is None
    assert page.evaluate(SCRIPT % "/script.js") == "ran"
    page.go(server.url("/page.txt"))
    assert page.evaluate("[document.contentType, document.title, window.ran ?? null]") == ["text/plain", "", None]


@pytest.mark.parametrize("path, host, status", [
    ("/", "localhost", 200),
    ("/nothing/here.html", "localhost", 404),
    ("/", "evil.test", 421),
    ("/%zz", "localhost", 400),
])
def test_our_pages_have_no_script(folder, serve, page, path, host, status):
    assert page.go(serve(folder).url(path, host))["status"] == status
    assert page.complaints() == []
    assert page.evaluate(INLINE) is False
    page.browser.wait(page.complaints, "the policy stops a script")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(folder, serve, page, scheme):
    server = serve(folder)
    page.prefer(scheme)
    for name, url in {"listing": server.url(), "missing": server.url("/style.css"),
                      "other-name": server.url(host="evil.test")}.items():
        page.go(url)
        page.picture(PICTURES / f"serve-{name}-{scheme}.png")
    bright = page.evaluate(BRIGHTNESS)
    assert bright > 200 if scheme == "light" else bright < 80
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_narrow_picture(folder, serve, page):
    page.call("Emulation.setDeviceMetricsOverride", width=360, height=640, deviceScaleFactor=1, mobile=True)
    page.go(serve(folder).url())
    page.picture(PICTURES / "serve-listing-narrow.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# Of what is behind the text, 0 to 255.
BRIGHTNESS = """(() => {
  const colours = [document.body, document.documentElement].map(it => getComputedStyle(it).backgroundColor);
  const colour = colours.find(it => it !== 'rgba(0, 0, 0, 0)') ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)');
  return Math.max(...colour.match(/[0-9]+/g).slice(0, 3).map(Number));
})()"""
