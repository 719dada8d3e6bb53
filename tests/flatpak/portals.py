# SPDX-License-Identifier: GPL-3.0-or-later
"""xdg-desktop-portal and the documents portal, the real ones, on the session bus of a test; and in a desktop's place
a backend that answers as a person would: it chooses a folder, allows the login, picks a browser."""

import os
import pathlib
import subprocess
import tempfile
import threading

from gi.repository import Gio, GLib

from sandbox import ID
from system_bus import end, wait_until

BACKEND = "org.freedesktop.impl.portal.desktop.test"
PATH = "/org/freedesktop/portal/desktop"
STORE = "org.freedesktop.impl.portal.PermissionStore"
STORE_PATH = "/org/freedesktop/impl/portal/PermissionStore"
INTERFACES = {
    "FileChooser": """<method name="OpenFile">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>""",
    "Background": """<method name="GetAppState"><arg type="a{sv}" direction="out"/></method>
      <method name="NotifyBackground">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>
      <signal name="RunningApplicationsChanged"/>""",
    "Access": """<method name="AccessDialog">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="a{sv}" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>""",
    "AppChooser": """<method name="ChooseApplication">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>""",
}


class Portals:
    """folder: what is chosen, or None where the person cancels
    asked: the methods of the backend that were called"""

    def __init__(self):
        self.folder = None
        self.asked = []
        self.processes = []
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="portals."))
        self.log = self.home / "log"
        names = ";".join(f"org.freedesktop.impl.portal.{name}" for name in INTERFACES)
        (self.home / "test.portal").write_text(f"[portal]\nDBusName={BACKEND}\nInterfaces={names};\nUseIn=test\n")
        (self.home / "test-portals.conf").write_text("[preferred]\ndefault=test\n")
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.ready.wait(20)
        self.start("xdg-permission-store", "org.freedesktop.impl.portal.PermissionStore")
        self.start("xdg-document-portal", "org.freedesktop.portal.Documents")
        self.start("xdg-desktop-portal", "org.freedesktop.portal.Desktop")

    def run(self):
        """The backend, in a thread of its own: what looks at the screen has the main one."""
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )
        for name, methods in INTERFACES.items():
            xml = f'<node><interface name="org.freedesktop.impl.portal.{name}">{methods}</interface></node>'
            interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
            self.bus.register_object(PATH, interface, self.on_call, None, None)
        self.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName", "(su)", BACKEND, 0)
        self.ready.set()
        self.loop.run()
        self.bus.close_sync(None)

    def start(self, program, name):
        environment = {key: value for key, value in os.environ.items() if key != "G_DEBUG"}
        environment |= {"XDG_CURRENT_DESKTOP": "test", "XDG_DESKTOP_PORTAL_DIR": str(self.home)}
        self.processes.append(
            subprocess.Popen(
                [f"/usr/libexec/{program}"],
                stdout=open(self.log, "a"),
                stderr=subprocess.STDOUT,
                env=environment,
            )
        )
        wait_until(lambda: self.has_owner(name), 15, f"{name}: {self.log.read_text()}")

    def stop(self):
        for process in reversed(self.processes):
            end(process)
        self.loop.quit()
        self.thread.join()

    def call(self, name, path, interface, method, signature=None, *arguments):
        variant = GLib.Variant(signature, arguments) if signature else None
        return self.bus.call_sync(name, path, interface, method, variant, None, 0, 10000, None).unpack()

    def has_owner(self, name):
        (answer,) = self.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", "(s)", name)
        return answer

    def may_run_without_a_window(self, application):
        """What the person allowed, as the store has it; None where nobody asked."""
        try:
            permissions, _ = self.call(STORE, STORE_PATH, STORE, "Lookup", "(ss)", "background", "background")
        except GLib.Error:
            return None
        return {"yes": True, "no": False}[permissions[application][0]]

    def forbid_to_run_without_a_window(self, application):
        """As the person does it in the settings of the desktop."""
        no = ("background", True, "background", application, ["no"])
        self.call(STORE, STORE_PATH, STORE, "SetPermission", "(sbssas)", *no)

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        self.asked.append(method)
        answer = getattr(self, method)(*arguments.unpack())
        invocation.return_value(answer)

    # The backend

    def OpenFile(self, _handle, application, _window, _title, options):
        self.application, self.options = application, options
        if self.folder is None:
            return GLib.Variant("(ua{sv})", (1, {}))
        uris = GLib.Variant("as", [self.folder.as_uri()])
        return GLib.Variant("(ua{sv})", (0, {"uris": uris, "writable": GLib.Variant("b", False)}))

    def GetAppState(self):
        """In use, so that the portal does not ask by itself what the application is to ask."""
        return GLib.Variant("(a{sv})", ({ID: GLib.Variant("u", 2)},))

    def NotifyBackground(self, _handle, _application, _name):
        return GLib.Variant("(ua{sv})", (0, {"result": GLib.Variant("u", 1)}))

    def AccessDialog(self, _handle, _application, _window, _title, _subtitle, _body, _options):
        return GLib.Variant("(ua{sv})", (0, {}))

    def ChooseApplication(self, _handle, _application, _window, choices, _options):
        return GLib.Variant("(ua{sv})", (0, {"choice": GLib.Variant("s", choices[0])}))
