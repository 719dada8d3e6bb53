# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of hearth-serve start from: a folder, and a server of it with a test file's options."""

import pytest

pytest.register_assert_rewrite("server", "exchange")

import served_folder  # noqa: E402
from server import Server  # noqa: E402


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
