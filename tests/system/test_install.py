# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` puts where: below its prefix, and where the bus, polkit and systemd look for it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest

SOURCE = pathlib.Path(os.environ["HEARTH_SOURCE"])
APPLICATION = "io.github.hearthapp.Hearth"
HELPER = APPLICATION + ".Helper1"
BUS_CONFIGURATION = pathlib.Path("/usr/share/dbus-1/system.conf")
POLKITD = pathlib.Path("/usr/lib/polkit-1/polkitd")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
WORDS = "Keep addresses after restarts"
TRANSLATION = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Keep addresses after restarts"
msgstr "Adressen nach Neustarts behalten"
"""


def run(*command, **options):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return result.stdout


def translated_source(folder):
    """The checkout, with one more language."""
    folder.mkdir()
    for name in ["meson.build", "src", "tests"]:
        (folder / name).symlink_to(SOURCE / name)
    for name in ["data", "po"]:  # ".." from within has to lead here
        shutil.copytree(SOURCE / name, folder / name)
    (folder / "po" / "LINGUAS").write_text("de\n")
    (folder / "po" / "de.po").write_text(TRANSLATION)
    return folder


class Installation:
    """What an installation into a prefix would be, without what has to be compiled.

    files: the installed files, absolute
    """

    def __init__(self, prefix, folder):
        self.prefix = prefix
        self.build = folder / "build"
        run("meson", "setup", "--prefix", prefix, self.build, translated_source(folder / "source"))
        made = json.loads(run("meson", "introspect", "--installed", self.build))
        self.sources = {target: pathlib.Path(source) for source, target in made.items()}
        self.files = list(self.sources)

    def folder_of(self, name):
        (file,) = [pathlib.Path(file) for file in self.files if pathlib.Path(file).name == name]
        return str(file.parent)

    def read(self, name):
        return self.sources[f"{self.folder_of(name)}/{name}"].read_text()


@pytest.fixture(scope="module", params=["/usr", "/usr/local"])
def installation(request, tmp_path_factory):
    return Installation(request.param, tmp_path_factory.mktemp("install"))


def test_everything_lands_below_the_prefix(installation):
    elsewhere = [file for file in installation.files if not file.startswith(installation.prefix + "/")]
    policy = f"/etc/dbus-1/system.d/{HELPER}.conf"
    assert elsewhere == ([policy] if installation.prefix == "/usr/local" else [])
    names = {pathlib.Path(file).name for file in installation.files}
    assert names >= {"hearth", "hearthctl", "hearth-helper", f"{APPLICATION}.desktop", f"{HELPER}.xml"}


def test_the_bus_reads_the_policy(installation):
    included = ElementTree.parse(BUS_CONFIGURATION).getroot().iter("includedir")
    read = [str(BUS_CONFIGURATION.parent / element.text.strip()) for element in included]
    assert installation.folder_of(f"{HELPER}.conf") in read


def test_systemd_reads_the_units(installation):
    read = run("systemd-analyze", "unit-paths", "--system").split()
    for unit in ["hearth-helper.service", "hearth-helper-restore.service", "hearth-helper-restore.path"]:
        assert installation.folder_of(unit) in read


def test_polkit_reads_the_actions(installation):
    read = re.findall(rb"/[a-z/]+/polkit-1/actions", POLKITD.read_bytes())
    assert installation.folder_of(f"{APPLICATION}.policy").encode() in read


def test_systemd_makes_the_user(installation, tmp_path):
    target = f"{installation.folder_of('hearth-helper.conf')}/hearth-helper.conf"
    root = tmp_path / "root"
    (root / "etc").mkdir(parents=True)
    (root / target[1:]).parent.mkdir(parents=True)
    (root / target[1:]).write_text(installation.read("hearth-helper.conf"))
    run("systemd-sysusers", f"--root={root}")
    assert "\nhearth-helper:" in "\n" + (root / "etc" / "passwd").read_text()


def test_what_starts_the_helper_names_the_one_installed(installation):
    program = f"{installation.folder_of('hearth-helper')}/hearth-helper"
    assert f"\nExec={program}\n" in installation.read(f"{HELPER}.service")
    assert f"\nExecStart={program}\n" in installation.read("hearth-helper.service")
    assert f"\nExecStart={program} --restore\n" in installation.read("hearth-helper-restore.service")


def test_the_dialog_of_polkit_is_translated(installation):
    policy = installation.sources[f"{installation.prefix}/share/polkit-1/actions/{APPLICATION}.policy"]
    run("ninja", "-C", installation.build, policy.relative_to(installation.build))
    words = {
        element.get(LANGUAGE): element.text
        for action in ElementTree.parse(policy).getroot().iter("action")
        for element in action.iter("description")
        if action.get("id") == f"{APPLICATION}.keep"
    }
    assert words == {None: WORDS, "de": "Adressen nach Neustarts behalten"}
