# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures side by side: each row is a median of pairs that ran in turn."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ISOLATED = Path(__file__).parents[1] / "isolated"


def isolate(display="--display", prepare=lambda: None):
    """Starts this script again where it has a network, a home and a screen of its own (or --wayland, or None),
    after `prepare`, which still has the computer's."""
    if "HEARTH_BENCH_ISOLATED" not in os.environ:
        prepare()
        os.environ["HEARTH_BENCH_ISOLATED"] = "1"
        os.environ["GSETTINGS_SCHEMA_DIR"] = os.environ["HEARTH_BUILD"] + "/data"
        os.execv(ISOLATED, [ISOLATED, *([display] if display else []), *sys.argv])


def wall_ms(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000


def pairs(ours, theirs, n, measure=wall_ms):
    """Runs `ours` and `theirs` in turn, after a pair that warms up; returns n pairs of figures."""
    measure(ours), measure(theirs)
    return [(measure(ours), measure(theirs)) for _ in range(n)]


def print_pairs(title, names, figures, unit):
    ratios = sorted(a / b for a, b in figures)
    ours, theirs = (statistics.median(column) for column in zip(*figures))
    print(f"{title}: median of {len(figures)} pairs")
    print(f"  {names[0]:<28} {ours:10.1f} {unit}")
    print(f"  {names[1]:<28} {theirs:10.1f} {unit}")
    print(f"  ratio {statistics.median(ratios):27.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f})\n")


def print_turns(title, rows, bound=None):
    """The longest turns of a main loop, of (µs by the clock, µs by the processor)."""
    clock, processor = ([int(row[i]) / 1000 for row in rows] for i in (0, 1))
    print(f"  {title:<34}{statistics.median(clock):8.1f} ms{statistics.median(processor):8.1f} ms   ({min(clock):.1f} "
          f"to {max(clock):.1f}; {min(processor):.1f} to {max(processor):.1f}; {len(rows)}"
          + (f"; bound: {bound})" if bound else ")"), flush=True)


def print_turns_head(title):
    print(f"{title}: longest time away from poll(), medians\n{'':<36}{'by the clock':>11}{'processor':>11}")
