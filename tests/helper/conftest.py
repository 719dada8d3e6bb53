# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of hearth-helper start from: a system of its own, a bus, polkit, and people."""

import shutil

import pytest

pytest.register_assert_rewrite("helper_service")

import helper_service  # noqa: E402
import network  # noqa: E402
import polkit  # noqa: E402
import system_bus  # noqa: E402
from helper_service import Helper  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def system():
    system_bus.private_system()


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    network.restore()
    for folder in (helper_service.STATE, helper_service.RUNTIME):
        forget(folder)


def forget(folder):
    """Whatever a test put there."""
    if folder.is_symlink() or folder.exists() and not folder.is_dir():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def helper(tmp_path, as_it_was):
    """The service, on a bus without polkit as yet; not started."""
    tmp_path.chmod(0o755)
    helper = Helper(tmp_path)
    with system_bus.SystemBus(
        policies=[polkit.POLICY, helper_service.bus_policy()],
        services=helper.service(),
        environment=helper.environment(),
    ) as bus:
        helper.bus = bus
        yield helper
        helper.clean_up()


@pytest.fixture
def bus(helper):
    return helper.bus


@pytest.fixture
def mock(bus):
    """A polkit that says yes to everything until it is told otherwise."""
    mock = polkit.MockPolkit(bus)
    yield mock
    mock.stop()


@pytest.fixture
def polkitd(bus):
    """The real one, with the actions of Hearth as they are installed, and no rules."""
    daemon = polkit.Polkitd(bus, [helper_service.polkit_policy()])
    yield daemon
    daemon.stop()


@pytest.fixture
def alice(bus):
    return bus.connect("alice")


@pytest.fixture
def bob(bus):
    return bus.connect("bob")
