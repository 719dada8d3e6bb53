# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of hearth-serve start from: a folder, and a server of it with a test file's options."""

import pytest

pytest.register_assert_rewrite("server", "exchange")

import served_folder  # noqa: E402
from not_on_windows import NOT_ON_WINDOWS  # noqa: E402
from server import WINDOWS, Server  # noqa: E402


def pytest_collection_modifyitems(config, items):
    """Leaves out what the table of Windows names, there; and none of its rows is about nothing."""
    if not WINDOWS:
        return
    names = {name for item in items for name in names_of(item)}
    files = {item.path.name for item in items}
    stale = [name for name in NOT_ON_WINDOWS if name.partition("::")[0] in files and name not in names]
    assert config.option.keyword or not stale, f"not_on_windows.py knows what is not there: {stale}"
    left_out = [item for item in items if names_of(item) & NOT_ON_WINDOWS.keys()]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def names_of(item):
    """With its row, and without."""
    return {f"{item.path.name}::{item.name}", f"{item.path.name}::{item.originalname}"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return served_folder.make_folder(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(site):
    with Server(site) as server:
        yield server


@pytest.fixture
def own_site(tmp_path):
    """One that a test may spoil."""
    return served_folder.make_folder(tmp_path)
