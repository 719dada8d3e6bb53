# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` puts where: below its prefix, in the folders that it was told, and where the bus, polkit,
systemd, shells and man(1) look for it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest

SOURCE = pathlib.Path(os.environ["HEARTH_SOURCE"])
BUILD = pathlib.Path(os.environ["HEARTH_BUILD"])
APPLICATION = "io.github.hearthapp.Hearth"
HELPER = APPLICATION + ".Helper1"
BUS_CONFIGURATION = pathlib.Path("/usr/share/dbus-1/system.conf")
POLKITD = pathlib.Path("/usr/lib/polkit-1/polkitd")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Below a prefix.
FILES = f"""
bin/hearth
bin/hearth-serve
bin/hearthctl
lib/systemd/system/hearth-helper-restore.path
lib/systemd/system/hearth-helper-restore.service
lib/systemd/system/hearth-helper.service
lib/sysusers.d/hearth-helper.conf
libexec/hearth-helper
share/applications/{APPLICATION}.desktop
share/bash-completion/completions/hearth
share/bash-completion/completions/hearth-serve
share/bash-completion/completions/hearthctl
share/dbus-1/interfaces/{HELPER}.xml
share/dbus-1/services/{APPLICATION}.service
share/dbus-1/system-services/{HELPER}.service
share/dbus-1/system.d/{HELPER}.conf
share/fish/vendor_completions.d/hearth-serve.fish
share/fish/vendor_completions.d/hearth.fish
share/fish/vendor_completions.d/hearthctl.fish
share/glib-2.0/schemas/{APPLICATION}.gschema.xml
share/gnome-shell/search-providers/{APPLICATION}.search-provider.ini
share/icons/hicolor/scalable/apps/{APPLICATION}.svg
share/icons/hicolor/symbolic/apps/{APPLICATION}-symbolic.svg
share/man/man1/hearth-serve.1
share/man/man1/hearth.1
share/man/man1/hearthctl.1
share/man/man8/hearth-helper.8
share/metainfo/{APPLICATION}.metainfo.xml
share/polkit-1/actions/{APPLICATION}.policy
share/zsh/site-functions/_hearth
share/zsh/site-functions/_hearth-serve
share/zsh/site-functions/_hearthctl
""".split()
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
    for name in ["meson.build", "meson.options", "src", "tests"]:
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

    def __init__(self, prefix, folder, *options):
        self.prefix = prefix
        self.build = folder / "build"
        run("meson", "setup", "--prefix", prefix, *options, self.build, translated_source(folder / "source"))
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


def expected(prefix, languages):
    """The bus reads what is below /usr/local in one place less than all others do."""
    files = {f"{prefix}/{name}" for name in FILES}
    files |= {f"{prefix}/share/locale/{language}/LC_MESSAGES/hearth.mo" for language in languages}
    if prefix == "/usr/local":
        files.remove(f"/usr/local/share/dbus-1/system.d/{HELPER}.conf")
        files.add(f"/etc/dbus-1/system.d/{HELPER}.conf")
    return files


def test_every_file_is_installed_below_the_prefix_and_no_other(installation):
    assert set(installation.files) == expected(installation.prefix, ["de"])


def test_it_goes_into_the_folders_that_it_is_told(tmp_path):
    told = {"bindir": "programs", "datadir": "data", "libexecdir": "services", "localedir": "words", "mandir": "pages"}
    options = [f"--{option}={name}" for option, name in told.items()]
    installation = Installation("/opt/hearth", tmp_path, *options)
    folders = {file.split("/")[3] for file in installation.files}
    assert folders == {*told.values(), "lib"}  # systemd reads no other
    assert all(file.startswith("/opt/hearth/") for file in installation.files)
    assert "Exec=/opt/hearth/services/hearth-helper\n" in installation.read(f"{HELPER}.service")
    arguments = (installation.build / "compile_commands.json").read_text()
    assert "/opt/hearth/words" in arguments and "/opt/hearth/programs" in arguments


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """What was built, installed for real, with what it is staged in in the place of /usr/local. It has its
    translations where it was built."""
    stage = tmp_path_factory.mktemp("stage")
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", stage)
    run("mount", "--bind", stage / "usr/local", "/usr/local")
    run("glib-compile-schemas", "/usr/local/share/glib-2.0/schemas")
    yield stage
    run("umount", "/usr/local")


def test_staged_is_every_file_and_no_other(installed):
    languages = [line for line in (SOURCE / "po/LINGUAS").read_text().splitlines() if not line.startswith("#")]
    found = {str(file)[len(str(installed)) :] for file in installed.rglob("*") if not file.is_dir()}
    compiled = "/usr/local/share/glib-2.0/schemas/gschemas.compiled"
    words = {file.replace(f"{BUILD}/po/", "/usr/local/share/locale/") for file in found}
    assert words - {compiled} == expected("/usr/local", " ".join(languages).split())


def test_what_is_installed_finds_what_belongs_to_it(installed):
    without = {**os.environ, "PATH": "/usr/bin:/bin"}
    assert "127.0.0.1/8" in run("/usr/local/bin/hearthctl", "list", env=without)
    assert run("/usr/local/bin/hearthctl", "serve", "--version", env=without).startswith("hearth-serve ")
    assert APPLICATION in run("gsettings", "list-schemas").split()
    assert "hearth-serve" in run("/usr/local/bin/hearth-serve", "--help")
    assert "--restore" in run("/usr/local/libexec/hearth-helper", "--help")
    assert "--help" in run("/usr/local/bin/hearth", "--help")


def test_the_desktop_finds_what_it_starts(installation):
    share = f"{installation.prefix}/share"
    program = f"{installation.prefix}/bin/hearth"
    assert program in installation.files
    assert f"Exec={program} --gapplication-service\n" in installation.read(f"{APPLICATION}.service")
    assert installation.folder_of(f"{APPLICATION}.service") == f"{share}/dbus-1/services"
    provider = f"{APPLICATION}.search-provider.ini"
    assert installation.folder_of(provider) == f"{share}/gnome-shell/search-providers"
    assert installation.folder_of(f"{APPLICATION}-symbolic.svg") == f"{share}/icons/hicolor/symbolic/apps"


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
