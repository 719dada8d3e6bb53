# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the Flatpak start from: the sandbox, a desktop with portals, and a system to ask."""

import os

# Warnings are fatal to Hearth alone, not to what looks at it.
os.environ.pop("G_DEBUG", None)

import pytest  # noqa: E402

import network  # noqa: E402
import sandbox as sandboxes  # noqa: E402
import system_bus  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def system():
    system_bus.private_system()
    sandboxes.install()


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    network.restore()


@pytest.fixture
def sandbox():
    """Root's."""
    sandbox = sandboxes.Sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def alice():
    sandbox = sandboxes.Sandbox("alice")
    yield sandbox
    sandbox.stop()


@pytest.fixture
def bus():
    with system_bus.SystemBus() as bus:
        yield bus
