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
    # Where it is on every desktop; the portals name folders below it.
    os.environ["XDG_RUNTIME_DIR"] = "/run/user/0"
    os.makedirs("/run/user/0", mode=0o700)


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
