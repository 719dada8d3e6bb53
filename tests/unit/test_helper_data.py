# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed with the helper: the policies say what the code says, and systemd takes the units."""

import os
import pathlib
import re
import shutil
import subprocess
from xml.etree import ElementTree

SOURCE = pathlib.Path(os.environ["HEARTH_SOURCE"])
BUILD = pathlib.Path(os.environ["HEARTH_BUILD"])
APPLICATION = "io.github.hearthapp.Hearth"
NAME = APPLICATION + ".Helper1"
UNITS = ["hearth-helper.service", "hearth-helper-restore.service"]
PATH_UNIT = "hearth-helper-restore.path"
ACTIONS = ["change-loopback", "change-other", "keep", "remove-foreign"]  # the weakest first
WORDS = {"no", "yes", "auth_self", "auth_admin", "auth_self_keep", "auth_admin_keep"}


def read_policy():
    root = ElementTree.parse(BUILD / "data" / f"{APPLICATION}.policy").getroot()
    return {action.get("id"): action for action in root.iter("action")}


def annotation(action, key):
    return [a.text for a in action.iter("annotate") if a.get("key") == f"org.freedesktop.policykit.{key}"]


def test_actions_are_those_of_the_code():
    code = (SOURCE / "src/helper/hearth-helper-actions.c").read_text()
    ids = re.findall(r'HEARTH_APPLICATION_ID "(\.[a-z-]+)"', code)
    assert [APPLICATION + name for name in ids] == list(read_policy())
    assert [name[1:] for name in ids] == ACTIONS


def test_actions_have_owner_and_defaults_and_imply_nothing():
    policy = read_policy()
    for name in ACTIONS:
        action = policy[f"{APPLICATION}.{name}"]
        assert annotation(action, "owner") == ["unix-user:hearth-helper"]
        assert not annotation(action, "imply")
        defaults = {child.tag: child.text for child in action.find("defaults")}
        assert set(defaults.values()) <= WORDS
        active = "yes" if name == "change-loopback" else "auth_admin_keep"
        assert defaults == {"allow_any": "auth_admin", "allow_inactive": "auth_admin", "allow_active": active}
        assert action.find("message").text and action.find("description").text


def test_nobody_else_owns_the_name_and_every_rule_has_its_destination():
    root = ElementTree.parse(SOURCE / "data" / f"{NAME}.conf").getroot()
    owners = [p.get("user") for p in root.iter("policy") for a in p.iter("allow") if a.get("own") or a.get("own_prefix")]
    assert owners == ["hearth-helper"]
    for allow in root.iter("allow"):
        if any(key.startswith("send_") for key in allow.attrib):
            assert allow.get("send_destination") == NAME
        else:
            assert allow.attrib == {"own": NAME}
    assert not list(root.iter("deny"))


def test_activation_starts_what_is_installed():
    text = (BUILD / "data" / f"{NAME}.service").read_text()
    assert f"\nName={NAME}\n" in text and "\nUser=root\n" in text
    assert "\nSystemdService=hearth-helper.service\n" in text
    program = re.search(r"\nExec=(\S+)\n", text).group(1)
    for unit in UNITS:
        assert f"\nExecStart={program}" in (BUILD / "data" / unit).read_text()


def test_systemd_takes_the_units(tmp_path):
    for unit in UNITS:
        text = (BUILD / "data" / unit).read_text()
        program = BUILD / "src" / "helper" / "hearth-helper"
        (tmp_path / unit).write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={program}", text))
    shutil.copy(SOURCE / "data" / PATH_UNIT, tmp_path)
    units = [tmp_path / unit for unit in [*UNITS, PATH_UNIT]]
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True,
        text=True,
    )
    assert verified.returncode == 0, verified.stderr
    complaints = [line for line in verified.stderr.splitlines() if str(tmp_path) in line]
    assert not complaints, verified.stderr


def test_units_are_locked_up():
    for unit in UNITS:
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", BUILD / "data" / unit],
            capture_output=True,
            text=True,
        )
        assert judged.returncode == 0, judged.stdout[-2000:] + judged.stderr
        text = (BUILD / "data" / unit).read_text()
        assert "\nUser=hearth-helper\n" in text and "\nCapabilityBoundingSet=CAP_NET_ADMIN\n" in text
        for breaking in ("PrivateNetwork", "PrivateUsers"):
            assert f"\n{breaking}=" not in text
