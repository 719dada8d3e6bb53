# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tests of hearth-serve are not run on Windows, each with its reason. All others are the same there, under
Wine. A name is a test function's, with its file; in brackets one row of it."""

LINKS = """Windows follows no link here, and Wine follows those of the system below it before any program sees
them: that junctions and links are refused is tested by tests/unit/test-serve-steps.c, on a disk of its own."""
SPECIAL = "Wine lists a FIFO or a socket of the system below it as a file; Windows has none in a folder."
RIGHTS = "Wine reads a folder of the system below it to go through it; on Windows everybody may go through all folders."
NAMES = "A name that ends in a dot is no file's name on Windows."
PROC = "What /proc tells is about Wine: its memory, its descriptors, its locks; not about the program."
DESCRIPTORS = "Windows has no limit on descriptors, and Wine does not start with so few."
SLOW = """Wine lets in some hundred connections a second here; as many as this test makes wait in the system's queue
for longer than they may. Fewer that come and go are asked for by the tests beside it."""
UNREAD = "Windows does not say how much the other side has not taken: the 30 s count from the last room in the socket."
SIGNALS = "Windows has neither SIGTERM nor SIGSTOP."
COMMAND_LINE = "A command line has at most 32,767 characters on Windows."
PORTS = "Windows keeps no ports for the system."
CHANGES = "Wine tells of changes in the folder itself, and not of those in the folders in it; Windows does."
TERMINAL = "Wine's console draws for a terminal what the program said, and breaks its lines."
OWN_DESCRIPTORS = "Wine itself does not work without them; Windows' handles have no numbers that a socket could take."

NOT_ON_WINDOWS = {
    "test_content.py::test_types[a.-application/octet-stream]": NAMES,
    "test_files.py::test_forty_links": LINKS,
    "test_files.py::test_index_that_is_a_link_outside": LINKS,
    "test_files.py::test_link_to_a_folder": LINKS,
    "test_files.py::test_link_to_what_is_hidden": LINKS,
    "test_files.py::test_links_that_stay": LINKS,
    "test_files.py::test_listing_agrees_about_links": LINKS,
    "test_files.py::test_listing_agrees_with_answers": LINKS,
    "test_files.py::test_special_files": SPECIAL,
    "test_files.py::test_the_event_says_why": LINKS,
    "test_files.py::test_through_what_cannot_be_listed": RIGHTS,
    "test_limits.py::test_10_000_connects": SLOW,
    "test_limits.py::test_memory_at_rest": PROC,
    "test_limits.py::test_out_of_descriptors": DESCRIPTORS,
    "test_limits.py::test_reserve_of_descriptors": DESCRIPTORS,
    "test_limits.py::test_stopped_and_gone_on": SIGNALS,
    "test_limits.py::test_time[stalled_after_a_while]": UNREAD,
    "test_live.py::test_a_change_reaches_the_page[below]": CHANGES,
    "test_live.py::test_a_new_folder_is_watched_too": CHANGES,
    "test_options.py::test_a_port_that_needs_rights": PORTS,
    "test_options.py::test_at_a_terminal": TERMINAL,
    "test_options.py::test_hostile_input_is_not_echoed_raw[long]": COMMAND_LINE,
    "test_options.py::test_running_answers_are_finished[15]": SIGNALS,
    "test_options.py::test_without_standard_descriptors[<&- >&- 2>&-]": OWN_DESCRIPTORS,
    "test_races.py::test_size_of_what_is_outside_is_not_told": LINKS,
    "test_races.py::test_swapped_for_a_link_outside": LINKS,
}
