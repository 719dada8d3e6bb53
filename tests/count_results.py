# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what `./hearth test` ran: FOLDER-OF-BUILDS LANE… [-- LANE-THAT-FAILED…]

Every row of a test program counts, and a program that failed without saying so in a row (it crashed,
took too long, could not start) counts as one failure."""

import json
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

GOOD = ("OK", "SKIP", "EXPECTEDFAIL")


def verdict(row):
    if row.find("failure") is not None or row.find("error") is not None:
        return "failed"
    return "skipped" if row.find("skipped") is not None else "passed"


def count_lane(logs, counts):
    bad_programs = set()
    for suite in xml.parse(logs / "testlog.junit.xml").iter("testsuite"):
        for row in suite.iter("testcase"):
            counts[verdict(row)] += 1
            if verdict(row) == "failed":
                bad_programs.add(suite.get("name").partition(".")[2] or row.get("name"))
    for line in (logs / "testlog.json").read_text().splitlines():
        program = json.loads(line)
        if program["result"] not in GOOD and program["name"] not in bad_programs:
            counts["failed"] += 1


def main(builds, *lanes):
    split = lanes.index("--")
    lanes, failed_lanes = lanes[:split], lanes[split + 1:]
    counts = dict(passed=0, failed=0, skipped=0)
    for lane in lanes:
        failed_before = counts["failed"]
        logs = Path(builds, lane, "meson-logs")
        if (logs / "testlog.json").exists():  # or no test of this lane was to run
            count_lane(logs, counts)
        if lane in failed_lanes and counts["failed"] == failed_before:
            counts["failed"] += 1
    if not any(counts.values()):
        print("No test ran, which counts as a failure.")
        counts["failed"] = 1
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return counts["failed"] != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
