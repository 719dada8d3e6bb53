# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a folder: every name is text, every link leads to its file."""

import os
import re

import pytest

AWKWARD = [
    "plain.html",
    "<b>bold.html",
    "<script>document.title='script ran'</script>.html".replace("/", "\u2215"),
    "\"double\" 'single'.html",
    "100%.html",
    "%41%2e%2e.html",
    "what?.html",
    "#part.html",
    "back\\slash.html",
    "\\\\evil.test\\x.html",
    "new\nline.html",
    "tab\there.html",
    "&amp;&lt;.html",
    " space at both ends .html",
    "\u202eright to left\u202c.html",
    "\u05e9\u05dc\u05d5\u05dd.html",
    "javascript:document.title='script ran'.html",
    "data:text,x.html",
    "C:drive.html",
    "semi;colon,comma=equals+plus.html",
    "é".encode("latin-1") + b" is not UTF-8.html",
    "x" * 250 + ".html",
]
NAMES = [os.fsencode(name) for name in AWKWARD]
LINKS = "[...document.querySelectorAll('table a')]"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for i, name in enumerate(NAMES):
        with open(os.path.join(os.fsencode(folder), name), "w") as file:
            file.write(f"<!DOCTYPE html><title>file {i}</title>")
    return folder


def shown(name):
    """What is no character, or would move the words about, is one that says so."""
    return re.sub("[\x00-\x1f\x7f\u202c\u202e]", "\ufffd", name.decode(errors="replace"))


def test_every_link_leads_to_its_file(folder, serve, page):
    url = serve(folder).url()
    page.go(url)
    names = page.evaluate(f"{LINKS}.map(link => link.textContent)")
    assert len(names) == len(NAMES)
    reached = {}
    for i, name in enumerate(names):
        assert page.go(url)["status"] == 200
        assert page.evaluate("document.title") != "script ran"
        page.leave(f"{LINKS}[{i}].click()")
        page.until("document.title.startsWith('file ')")
        reached[page.evaluate("document.title")] = name
    assert set(reached) == {f"file {i}" for i in range(len(NAMES))}
    for i, name in enumerate(NAMES):
        assert reached[f"file {i}"].strip() == shown(name).strip()


def test_links_are_relative(folder, serve, page):
    page.go(serve(folder).url())
    links = page.evaluate(f"{LINKS}.map(link => link.getAttribute('href'))")
    assert [link for link in links if not link.startswith("./")] == []


def test_nothing_in_a_name_is_markup(folder, serve, page):
    page.go(serve(folder).url())
    assert page.evaluate("document.querySelectorAll('b, script').length") == 0
    assert page.complaints() == []


def test_folders_first_and_back_up(folder, serve, page):
    deep = folder / "a #1 & <2>" / "100%?"
    deep.mkdir(parents=True)
    (deep / "end.html").write_text("<!DOCTYPE html><title>the end</title>")
    page.go(serve(folder).url())
    for step in range(2):
        page.leave(f"{LINKS}[0].click()")
        page.until(f"location.pathname.split('/').length === {step + 3} && document.readyState === 'complete'")
    page.leave(f"{LINKS}[0].click()")
    page.until("document.title === 'the end'")
    page.leave("history.back()")
    page.until("document.links.length > 1 && document.readyState === 'complete'")
    for step in (1, 0):
        page.leave("document.querySelector('a[href^=\"../\"]').click()")
        page.until(f"location.pathname.split('/').length === {step + 2} && document.readyState === 'complete'")
    assert page.evaluate(f"{LINKS}.length") == len(NAMES) + 1


def test_folder_without_its_slash(folder, serve, page):
    (folder / "sub").mkdir()
    (folder / "sub" / "in.html").write_text("<!DOCTYPE html><title>inside</title>")
    answer = page.go(serve(folder).url("/sub?query=kept"))
    assert (answer["status"], page.evaluate("location.pathname + location.search")) == (200, "/sub/?query=kept")
    page.leave(f"{LINKS}[0].click()")
    page.until("document.title === 'inside'")


def test_hidden_files_are_not_listed(folder, serve, page):
    (folder / ".env").write_text("secret")
    (folder / ".git").mkdir()
    page.go(serve(folder).url())
    assert page.evaluate(f"{LINKS}.length") == len(NAMES)
    page.go(serve(folder, "--hidden").url())
    assert page.evaluate(f"{LINKS}.length") == len(NAMES) + 2
