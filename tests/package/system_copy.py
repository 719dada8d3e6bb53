# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the system that a test runs in, to install packages into: overlays that go with the test."""

import os
import pathlib
import subprocess

FRESH = ["dev", "proc", "sys", "run", "tmp", "var/log", "var/cache/man", "var/lib", "var/tmp", "root"]
SHARED = ["/dev", "/proc", "/sys", "/run", "/tmp"]


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def is_below_user_namespace():
    return pathlib.Path("/proc/self/uid_map").read_text().split()[2] != "4294967295"


class SystemCopy:
    """What is changed in it is in memory, and nobody else sees it.

    changes: {folder of the system: where what was changed below it lies, or all of it}
    """

    def __init__(self, folder, shared=()):
        self.root = folder / "root"
        self.layers = folder / "layers"
        self.changes = {}
        for part in (self.root, self.layers):
            part.mkdir()
            mount("-t", "tmpfs", "-o", "mode=755", "test", part)
        for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"]:
            if os.path.islink(f"/{name}"):
                (self.root / name).symlink_to(os.readlink(f"/{name}"))
        for name in FRESH:
            (self.root / name).mkdir(parents=True)
        for place in ["/var/lib/dpkg", *sorted(map(str, pathlib.Path("/usr").iterdir()))]:
            self.lay_over(place)
        # Small, and often with files of a container's host in it, over which no overlay goes.
        subprocess.run(["cp", "-a", "/etc", self.root], check=True)
        self.changes["/etc"] = self.root / "etc"
        for place in [*SHARED, *shared]:
            self.below(place).mkdir(parents=True, exist_ok=True)
            mount("--rbind", place, self.below(place))

    def below(self, path):
        return self.root / str(path).lstrip("/")

    def lay_over(self, place):
        """Each alone, because an overlay does not see what is mounted below it."""
        layer = self.layers / place.strip("/").replace("/", "-")
        upper, work = layer / "upper", layer / "work"
        for folder in (upper, work, self.below(place)):
            folder.mkdir(parents=True)
        options = f"lowerdir={place},upperdir={upper},workdir={work}"
        if is_below_user_namespace():
            options += ",userxattr"
        mount("-t", "overlay", "-o", options, "test", self.below(place))
        self.changes[place] = upper

    def enter(self):
        """This process, and those that it starts, are in there from now on."""
        os.chroot(self.root)
        os.chdir("/")
