# SPDX-License-Identifier: GPL-3.0-or-later
"""polkit on a bus of system_bus.py: the real daemon with rules of a test's own and an agent that answers in
a person's place, or a mock that records every question and answers what no real one would."""

import collections
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading

from gi.repository import Gio, GLib

from system_bus import POLICIES, USERS, end, in_main_loop, wait_until

ACTIONS = pathlib.Path("/usr/share/polkit-1/actions")
RULES = pathlib.Path("/run/polkit-1/rules.d")
POLICY = POLICIES / "org.freedesktop.PolicyKit1.conf"  # who may own and call the name
NAME = "org.freedesktop.PolicyKit1"
PATH = "/org/freedesktop/PolicyKit1/Authority"
INTERFACE = "org.freedesktop.PolicyKit1.Authority"
ASK_A_PERSON = 1  # AllowUserInteraction


class Polkitd:
    """The real polkitd, with the actions of the files named and the rules of a test."""

    def __init__(self, bus, actions, rules=""):
        self.bus = bus
        self.generation = 0
        self.actions = pathlib.Path(tempfile.mkdtemp(prefix="actions."))
        self.actions.chmod(0o755)
        for action in actions:
            shutil.copy(action, self.actions)
        subprocess.run(["mount", "--bind", self.actions, ACTIONS], check=True)
        self.write_rules(rules)
        self.log = bus.folder / "polkitd.log"
        self.process = subprocess.Popen(
            ["/usr/lib/polkit-1/polkitd", "--log-level=notice"],
            stdout=subprocess.DEVNULL,
            stderr=open(self.log, "w"),
            env={name: value for name, value in os.environ.items() if name != "G_DEBUG"},
        )
        bus.wait_for(NAME)
        self.wait_for_rules()

    def write_rules(self, rules):
        """They say in the log that they were read; the signal Changed comes once too often for that."""
        self.generation += 1
        RULES.mkdir(parents=True, exist_ok=True)
        new = RULES.parent / "new"
        new.write_text(f'polkit.log("rules {self.generation} of the test");\n{rules}')
        new.rename(RULES / "10-test.rules")

    def wait_for_rules(self):
        said = f"rules {self.generation} of the test"
        wait_until(lambda: said in self.log.read_text(), 10, "polkitd reading its rules")

    def set_rules(self, rules):
        """Returns when polkitd has read them."""
        self.write_rules(rules)
        self.wait_for_rules()

    def call(self, client, method, arguments):
        return client.call(NAME, PATH, INTERFACE, method, arguments)

    def stop(self):
        end(self.process)
        subprocess.run(["umount", ACTIONS], check=True)
        shutil.rmtree(self.actions)


def start_time(process):
    return int(pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[19])


class Agent:
    """An authentication agent for one client: it is asked instead of a person, and answers as told.

    answer: "yes", "no" (a wrong password), "dismissed", "late" (when allow() is called)
    asked: one (action id, message, details) a question
    """

    PATH = "/test/Agent"
    XML = """<node><interface name="org.freedesktop.PolicyKit1.AuthenticationAgent">
      <method name="BeginAuthentication">
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
        <arg type="a{ss}" direction="in"/><arg type="s" direction="in"/><arg type="a(sa{sv})" direction="in"/>
      </method>
      <method name="CancelAuthentication"><arg type="s" direction="in"/></method>
    </interface></node>"""

    def __init__(self, polkit, client, answer="yes"):
        self.polkit = polkit
        self.number = USERS[client.user]
        self.answer = answer
        self.asked = []
        self.cancelled = []
        self.waiting = []
        interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        client.connection.register_object(self.PATH, interface, self.on_call, None, None)
        details = {
            "pid": GLib.Variant("u", client.process),
            "start-time": GLib.Variant("t", start_time(client.process)),
            "uid": GLib.Variant("i", self.number),
        }
        subject = GLib.Variant("(sa{sv})", ("unix-process", details))
        polkit.call(
            client,
            "RegisterAuthenticationAgent",
            GLib.Variant.new_tuple(subject, GLib.Variant("s", "C.UTF-8"), GLib.Variant("s", self.PATH)),
        )

    def on_call(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        if method == "CancelAuthentication":
            self.cancelled.append(arguments.unpack()[0])
            invocation.return_value(None)
            return
        action, message, _icon, details, cookie, _ = arguments.unpack()
        identity = arguments.get_child_value(5).get_child_value(0)
        self.asked.append((action, message, details))
        if self.answer == "dismissed":
            invocation.return_dbus_error("org.freedesktop.PolicyKit1.Error.Cancelled", "")
        elif self.answer == "late":
            self.waiting.append((invocation, cookie, identity))
        elif self.answer == "yes":
            threading.Thread(target=self.say_yes, args=(invocation, cookie, identity)).start()
        else:
            invocation.return_value(None)

    def say_yes(self, invocation, cookie, identity):
        self.polkit.call(
            self.polkit.bus.root,
            "AuthenticationAgentResponse2",
            GLib.Variant.new_tuple(GLib.Variant("u", self.number), GLib.Variant("s", cookie), identity),
        )
        invocation.return_value(None)

    def allow(self):
        """The person types the password now."""
        for question in self.waiting:
            self.say_yes(*question)
        self.waiting = []


# The mock


Question = collections.namedtuple("Question", "subject action details flags")


class MockPolkit:
    """Owns polkit's name and answers as told.

    answer: "yes", "no", "challenge", "dismissed" (by the person, where one may be asked), "error", "never", "late" (what finish() is given), or a
        function of the question that gives one of these
    questions: what was asked, a Question each
    """

    XML = """<node><interface name="org.freedesktop.PolicyKit1.Authority">
      <method name="CheckAuthorization">
        <arg type="(sa{sv})" direction="in"/><arg type="s" direction="in"/><arg type="a{ss}" direction="in"/>
        <arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="(bba{ss})" direction="out"/>
      </method>
      <method name="CancelCheckAuthorization"><arg type="s" direction="in"/></method>
      <property name="BackendName" type="s" access="read"/>
      <property name="BackendVersion" type="s" access="read"/>
      <property name="BackendFeatures" type="u" access="read"/>
      <signal name="Changed"/>
    </interface></node>"""
    PROPERTIES = {
        "BackendName": GLib.Variant("s", "mock"),
        "BackendVersion": GLib.Variant("s", "126"),
        "BackendFeatures": GLib.Variant("u", 1),
    }

    def __init__(self, bus, answer="yes"):
        self.answer = answer
        self.questions = []
        self.waiting = []
        self.cancelled = []
        self.client = bus.connect("polkitd")
        self.client.connection.register_object(
            PATH,
            Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0],
            self.on_call,
            lambda *arguments: self.PROPERTIES[arguments[4]],
            None,
        )
        assert self.client.ask_bus("RequestName", "(su)", NAME, 4) == 1

    def on_call(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        if method == "CancelCheckAuthorization":
            self.cancelled.append(arguments.unpack()[0])
            invocation.return_value(None)
            return
        question = Question(*arguments.unpack()[:4])
        self.questions.append(question)
        answer = self.answer(question) if callable(self.answer) else self.answer
        if answer == "dismissed" and not question.flags & ASK_A_PERSON:
            answer = "challenge"
        if answer == "late":
            self.waiting.append(invocation)
        else:
            self.reply(invocation, answer)

    def reply(self, invocation, answer):
        if answer == "error":
            invocation.return_dbus_error("org.freedesktop.PolicyKit1.Error.Failed", "mock")
        elif answer != "never":
            details = {"polkit.dismissed": "true"} if answer == "dismissed" else {}
            result = (answer == "yes", answer == "challenge", details)
            invocation.return_value(GLib.Variant("((bba{ss}))", (result,)))

    def finish(self, answer, number=0):
        """Answers one of the questions that wait; by default the oldest."""
        in_main_loop(lambda: self.reply(self.waiting.pop(number), answer))

    def asked(self):
        """The actions asked for since the last time."""
        actions = [question.action for question in self.questions]
        self.questions = []
        return actions

    def stop(self):
        self.client.close()
