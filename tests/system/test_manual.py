# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages say what the programs do: their options, their commands, the members of their JSON."""

import json
import os
import pathlib
import re
import signal
import subprocess
import urllib.request
from xml.etree import ElementTree

import pytest

SOURCE = pathlib.Path(os.environ["HEARTH_SOURCE"])
HELPER = "io.github.hearthapp.Hearth.Helper1"
ROOMS = pathlib.Path(os.environ["HEARTH_BUILD"]) / "src"
PROGRAMS = {
    "hearth": ROOMS / "app/hearth",
    "hearthctl": ROOMS / "cli/hearthctl",
    "hearth-serve": ROOMS / "serve/hearth-serve",
    "hearth-helper": ROOMS / "helper/hearth-helper",
}
PAGES = {"hearth": "hearth.1", "hearthctl": "hearthctl.1", "hearth-serve": "hearth-serve.1"}
PAGES["hearth-helper"] = "hearth-helper.8"
OPTION = r"(?<![\w-])--[a-z][a-z-]*"


def source_of(program):
    return (SOURCE / "data/man" / PAGES[program]).read_text()


def page(source):
    """As people read it."""
    text = subprocess.run(["mandoc", "-T", "ascii"], input=source, capture_output=True, text=True, check=True).stdout
    return re.sub(".\b", "", text)


def section(source, name, macro="Sh"):
    """A part of the page, alone; of sections of the same name the first."""
    ends = {"Sh": "Sh", "Ss": "S[hs]"}[macro]
    match = re.search(rf"^\.{macro} {re.escape(name)}\n(.*?)(?=^\.{ends} |\Z)", source, re.M | re.S)
    assert match, f"no section {name}"
    return match[1]


def say(program, *arguments):
    command = [PROGRAMS[program], *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def options_of(*command):
    return set(re.findall(OPTION, re.sub("“.*?”", "", say(*command))))


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_page_has_every_option_and_no_other(program):
    said = options_of(program, "--help-all" if program == "hearth" else "--help")
    for command in commands_of(program):
        said |= options_of(program, command, "--help")
    assert set(re.findall(OPTION, page(source_of(program)))) == said


def commands_of(program):
    """But for the one that is another program."""
    found = re.findall(r"^  ([a-z]+)  *[A-Z]", say(program, "--help"), re.M) if program == "hearthctl" else []
    return [command for command in found if command != "serve"]


def test_each_command_has_its_own_options():
    commands = commands_of("hearthctl")
    assert len(commands) >= 11
    head = ".Dd x\n.Dt x 1\n.Os\n.Sh NAME\n.Nm x\n.Nd x\n.Sh x\n"
    for command in commands:
        text = page(head + section(source_of("hearthctl"), command, "Ss"))
        assert set(re.findall(OPTION, text)) == options_of("hearthctl", command, "--help") - {"--help"}, command


def test_the_page_of_the_helper_has_its_interface():
    interface = ElementTree.parse(SOURCE / f"data/{HELPER}.xml").getroot().find("interface")
    members = re.findall(r"^\.It (?:Fn|Va) ([A-Z]\w+)", section(source_of("hearth-helper"), "D-BUS"), re.M)
    names = [element.get("name") for kind in ["method", "property", "signal"] for element in interface.findall(kind)]
    assert sorted(members) == sorted(names)
    for method in interface.findall("method"):
        line = re.search(rf"^\.It Fn {method.get('name')} (.*)$", source_of("hearth-helper"), re.M)[1]
        assert re.findall(r'"(\S+ \w+)"', line) == [f"{a.get('type')} {a.get('name')}" for a in method.findall("arg")]


def test_the_page_of_the_helper_has_its_actions():
    policy = (SOURCE / "data/io.github.hearthapp.Hearth.policy.in").read_text()
    text = section(source_of("hearth-helper"), "PERMISSIONS")
    assert re.findall(r"^\.It Li (\S+)", text, re.M) == re.findall(r'<action id="(.*?)"', policy)


# JSON


def members_of_page(program):
    """Those in the examples, and those that are described."""
    text = section(source_of(program), "JSON")
    described = " ".join(re.findall(r"^\.(?:It )?Va (.*)", text, re.M))
    return set(re.findall(r'"([a-z_0-9]+)":', text)) | set(re.findall(r"[a-z_0-9]+", described))


def members_of_header(path):
    """All that it documents in its comments."""
    comments = "".join(re.findall(r"/\*.*?\*/", (SOURCE / path).read_text(), re.S))
    return set(re.findall(r'"([a-z_0-9]+)": ?[^\s]', comments)) | set(re.findall(r'(?:with|") ?"(holder|pid)"', comments))


HEADERS = {"hearthctl": "src/cli/hearth-ctl-output.h", "hearth-serve": "src/serve/serve-event.h"}


@pytest.mark.parametrize("program", HEADERS)
def test_the_page_has_every_member_that_the_source_documents(program):
    assert members_of_header(HEADERS[program]) <= members_of_page(program)


def words_of(program, member):
    """The values that the page lists for it."""
    text = re.search(rf"^\.It Va {member}\n(.*?)^\.(?:It|El)", section(source_of(program), "JSON"), re.M | re.S)[1]
    return set(re.findall(r"[a-z][a-z0-9-]*", text))


def test_the_page_has_every_word_that_a_program_can_say():
    findings = (SOURCE / "src/change/hearth-finding.c").read_text()
    ids = set(re.findall(r'\{ "([a-z0-9-]+)", HEARTH_FINDING_', findings))
    assert len(ids) > 10 and words_of("hearthctl", "id") - {"or"} == ids
    checks = json.loads(subprocess.run([PROGRAMS["hearthctl"], "check", "--json"], capture_output=True).stdout)
    assert {check["id"] for check in checks["checks"]} <= words_of("hearthctl", "checks")


def members_in(value):
    if isinstance(value, dict):
        return set(value).union(*map(members_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(members_in, value))
    return set()


COMMANDS = [
    ["list"],
    ["authority"],
    ["services"],
    ["check"],
    ["explain", "127.1:80"],
    ["add", "--dry-run", "127.0.0.2"],
    ["add", "127.0.0.2"],
    ["keep", "127.0.0.2"],
    ["remove", "127.0.0.2"],
]


def test_hearthctl_says_no_member_that_is_not_described():
    documented = members_of_page("hearthctl") & members_of_header(HEADERS["hearthctl"])
    said = set()
    for command in COMMANDS:
        result = subprocess.run([PROGRAMS["hearthctl"], *command, "--json"], capture_output=True, text=True)
        members = members_in(json.loads(result.stdout))
        assert members <= documented | {"add", "remove", "keep"}, command
        said |= members
    assert said >= {"interfaces", "available", "services", "checks", "answers", "findings", "done", "error"}


def test_hearth_serve_says_no_member_that_is_not_described(tmp_path):
    (tmp_path / "page.html").write_text("x")
    command = [PROGRAMS["hearth-serve"], "--json", "--port", "0", tmp_path]
    documented = members_of_page("hearth-serve") & members_of_header(HEADERS["hearth-serve"])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        first = json.loads(server.stdout.readline())
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{first['port']}/pages.html")
        server.send_signal(signal.SIGTERM)
        events = [first, *map(json.loads, server.stdout)]
    assert [event["event"] for event in events] == ["listening", "request", "stopped"]
    assert members_in(events) <= documented
    assert events[1]["hint"] == "page.html"
