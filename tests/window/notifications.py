# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop that shows notifications, as org.freedesktop.Notifications on the session bus."""

import os
import threading

from desktop import wait_for
from gi.repository import Gio, GLib

INTERFACE = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
  </interface>
</node>
"""
NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class Notifications:
    """What is shown now: `shown` has the title and the actions of each, by number."""

    def __init__(self):
        self.shown = {}
        self.last_id = 0
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.ready.wait(20)

    def run(self):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object(PATH, interface, self.on_call, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: self.ready.set(), None)
        self.loop.run()
        self.context.pop_thread_default()

    def on_call(self, bus, sender, path, interface, method, parameters, invocation):
        result = {"Notify": self.notify, "CloseNotification": self.close,
                  "GetCapabilities": lambda *_: GLib.Variant("(as)", (["actions", "body"],)),
                  "GetServerInformation":
                      lambda *_: GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))}
        invocation.return_value(result[method](*parameters.unpack()))

    def notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        if replaces == 0:
            self.last_id += 1
        number = replaces or self.last_id
        keys, labels = actions[::2], actions[1::2]
        self.shown[number] = (title, dict(zip(keys, keys)) | dict(zip(labels, keys)))
        return GLib.Variant("(u)", (number,))

    def close(self, number):
        self.shown.pop(number, None)
        return None

    def titles(self):
        return [title for title, actions in self.shown.values()]

    def wait_for(self, titles):
        wait_for(f"the notifications {titles}, there are {self.titles()}", lambda: self.titles() == titles)

    def wait_for_all(self, titles):
        """Each of them once, in any order."""
        wait_for(f"the notifications {titles}, there are {self.titles()}",
                 lambda: sorted(self.titles()) == sorted(titles))

    def press(self, label, of=None):
        """The button with that label, or "default" for the notification itself."""
        for number, (title, actions) in self.shown.items():
            if label in actions and of in (None, title):
                self.bus.emit_signal(None, PATH, NAME, "ActionInvoked",
                                     GLib.Variant("(us)", (number, actions[label])))
                # It has served its purpose, as on every desktop.
                del self.shown[number]
                self.bus.emit_signal(None, PATH, NAME, "NotificationClosed",
                                     GLib.Variant("(uu)", (number, 2)))
                return
        raise AssertionError(f"nothing to press is called “{label}”: {self.shown}")

    def stop(self):
        self.loop.quit()
        self.thread.join(10)
        self.bus.close_sync(None)
