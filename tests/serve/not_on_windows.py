# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tests of hearth-serve are not run on Windows, each with its reason. All others are the same there, under
Wine. A name is a test function's, with its file; in brackets one row of it."""

LINKS = """Windows follows no link here, and Wine follows those of the system below it before any program sees
them: that junctions and links are refused is tested by tests/unit/test-serve-steps.c, on a disk of its own."""
SPECIAL = "Wine lists a FIFO or a socket of the system below it as a file; Windows has none in a folder."
NAMES = "A name that ends in a dot is no file's name on Windows."
PROC = "/proc tells how many descriptors and how much memory Wine's process has, not the program."
SIGNALS = "Windows has neither SIGTERM nor SIGSTOP."
COMMAND_LINE = "A command line has at most 32,767 characters on Windows."

NOT_ON_WINDOWS = {
    "test_files.py::test_links_that_stay": LINKS,
    "test_files.py::test_link_to_a_folder": LINKS,
    "test_files.py::test_forty_links": LINKS,
    "test_files.py::test_the_event_says_why": LINKS,
    "test_files.py::test_index_that_is_a_link_outside": LINKS,
    "test_files.py::test_listing_agrees_about_links": LINKS,
    "test_files.py::test_link_to_what_is_hidden": LINKS,
    "test_files.py::test_listing_agrees_with_answers": LINKS,
    "test_options.py::test_hostile_input_is_not_echoed_raw[long]": COMMAND_LINE,
    "test_options.py::test_running_answers_are_finished[15]": SIGNALS,
    "test_content.py::test_types[a.-application/octet-stream]": NAMES,
}
