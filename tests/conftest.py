# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes pytest speak TAP, which meson counts. Run it with `-p no:terminal`."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # what the tests share


def pytest_collection_finish(session):
    print(f"1..{len(session.items)}", flush=True)
    session.config.tap_number = 0


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.when != "call" and report.passed:
        return
    item.config.tap_number += 1
    verdict = "not ok" if report.failed else "ok"
    skip = " # SKIP" if report.skipped else ""
    name = re.sub(r"[#\n]", "_", item.name)
    print(f"{verdict} {item.config.tap_number} {name}{skip}", flush=True)
    for title, text in [("", report.longreprtext), *report.sections]:
        for line in f"{title}\n{text}".splitlines() if text else []:
            print(f"# {line}", flush=True)


@pytest.hookimpl(wrapper=True)
def pytest_assertrepr_compare(op, left, right):
    """pytest's own wants a terminal, for sets and dictionaries at least."""
    try:
        yield
    except AssertionError:
        pass
    return [[f"{left!r} {op} {right!r}"]]


def pytest_collectreport(report):
    if report.failed:
        print(f"Bail out! {report.nodeid}\n# " + report.longreprtext.replace("\n", "\n# "), flush=True)
