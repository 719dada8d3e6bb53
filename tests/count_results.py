# SPDX-License-Identifier: GPL-3.0-or-later
"""What `./hearth test` ran, by the logs of meson: FOLDER-OF-BUILDS LANE… [-- LANE-THAT-FAILED…]

Counts them: every row of a test program counts, and a program that failed without saying so in a row (it
crashed, took too long, could not start) counts as one failure. A program that was run again, alone, counts by
what it did then, and is named as unsteady.

With --failed LANE it only names the programs that failed there."""

import json
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

GOOD = ("OK", "SKIP", "EXPECTEDFAIL")


def verdict(row):
    if row.find("failure") is not None or row.find("error") is not None:
        return "failed"
    return "skipped" if row.find("skipped") is not None else "passed"


class Log:
    """The programs of one run, by their name in meson: its result, and its rows as (name, verdict)."""

    def __init__(self, logs, name):
        self.results, self.rows = {}, {}
        if not (logs / f"{name}.json").exists():  # or no test of this lane was to run
            return
        for line in (logs / f"{name}.json").read_text().splitlines():
            program = json.loads(line)
            self.results[program["name"].rpartition(" / ")[2]] = program["result"]
        for suite in xml.parse(logs / f"{name}.junit.xml").iter("testsuite"):
            for row in suite.iter("testcase"):
                program = suite.get("name").rpartition(" / ")[2]
                if program not in self.results:  # the suite of programs without rows, each its own row
                    program = row.get("name").rpartition(" / ")[2]
                self.rows.setdefault(program, []).append((row.get("name"), verdict(row)))

    def failed(self):
        return [name for name, result in self.results.items() if result not in GOOD]


def count_lane(builds, lane, counts):
    logs = Path(builds, lane, "meson-logs")
    first, again = Log(logs, "testlog"), Log(logs, "again")
    for name, result in first.results.items():
        log = again if name in again.results else first
        rows = log.rows.get(name, [])
        for _, word in rows:
            counts[word] += 1
        if log.results[name] not in GOOD and not any(word == "failed" for _, word in rows):
            counts["failed"] += 1
        if result not in GOOD:
            which = ", ".join(row for row, word in first.rows.get(name, []) if word == "failed") or result.lower()
            unsteady = log is again and log.results[name] in GOOD
            print(f"{'unsteady' if unsteady else 'failed'}: {lane}, {name}: {which}"
                  + ("; run again alone, it passed" if unsteady else ""))


def main(builds, *lanes):
    if lanes[0] == "--failed":
        print("\n".join(Log(Path(builds, lanes[1], "meson-logs"), "testlog").failed()))
        return 0
    split = lanes.index("--")
    lanes, failed_lanes = lanes[:split], lanes[split + 1:]
    counts = dict(passed=0, failed=0, skipped=0)
    for lane in lanes:
        failed_before = counts["failed"]
        count_lane(builds, lane, counts)
        if lane in failed_lanes and counts["failed"] == failed_before:
            counts["failed"] += 1
    if not any(counts.values()):
        print("No test ran, which counts as a failure.")
        counts["failed"] = 1
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return counts["failed"] != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
