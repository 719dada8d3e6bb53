# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test in here has: a browser, a folder, and hearth-serve for it."""

import contextlib

import browser as chromium
import pytest
import served


@pytest.fixture(scope="session")
def browser():
    browser = chromium.Browser("--host-resolver-rules=MAP evil.test 127.0.0.1")
    yield browser
    browser.close()


@pytest.fixture
def page(browser):
    return browser.page()


@pytest.fixture
def serve():
    """Starts hearth-serve: serve(folder, option…)."""
    with contextlib.ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(served.Served(*arguments))
