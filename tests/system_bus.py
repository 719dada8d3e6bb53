# SPDX-License-Identifier: GPL-3.0-or-later
"""A system bus of a test's own, with users, and clients that are these users. polkit.py adds polkit.

For what runs through tests/isolated, which gives it root, and a /run, processes and mounts of its own.
`private_system()` first, once a process: it puts folders of a test's own over those of the computer that
daemons read and write. `SystemBus` then is the bus; every program that a test starts finds it.

Callbacks of GDBus (objects, signals, answers) come in the thread of `start_main_loop()`.
"""

import concurrent.futures
import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

USERS = {
    "root": 0,
    "messagebus": 301,
    "polkitd": 302,
    "hearth-helper": 303,
    "alice": 1001,
    "bob": 1002,
}

BUS = "org.freedesktop.DBus"
POLICIES = pathlib.Path("/usr/share/dbus-1/system.d")
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
ALLOW_INTERACTIVE = Gio.DBusMessageFlags.ALLOW_INTERACTIVE_AUTHORIZATION

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Introspectable"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Properties"/>
  </policy>
  <includedir>{policies}</includedir>
</busconfig>
"""


# The system


def private_system():
    """Folders, users and rules of a test's own. What the computer's own are cannot be seen any more."""
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    if not str(pathlib.Path.cwd()).startswith("/var/lib/"):
        mount_empty("/var/lib")
    for folder in ("/usr/share/polkit-1/rules.d", "/etc/polkit-1", "/usr/local/share/polkit-1"):
        if os.path.isdir(folder):
            mount_empty(folder)
    lines = [f"{name}:x:{number}" for name, number in USERS.items()]
    put_over("/etc/passwd", "".join(f"{line}:{line.split(':')[2]}::/nonexistent:/bin/sh\n" for line in lines))
    put_over("/etc/group", "".join(f"{line}:\n" for line in lines))
    put_over("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n")
    for folder in ("seats", "sessions", "users", "machines"):  # what sd_login_monitor_new(3) watches
        os.makedirs(f"/run/systemd/{folder}", exist_ok=True)


def mount_empty(folder):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "test", folder], check=True)


def put_over(path, text):
    """The file of the computer stays as it is; here another one is seen in its place."""
    own = tempfile.NamedTemporaryFile("w", delete=False)
    own.write(text)
    own.close()
    os.chmod(own.name, 0o644)
    subprocess.run(["mount", "--bind", own.name, path], check=True)


def become(user):
    """For subprocess.Popen(preexec_fn=…): no rights but those of USER, and no way back."""
    number = USERS[user]
    os.setgroups([])
    os.setresgid(number, number, number)
    os.setresuid(number, number, number)


def wait_until(holds, seconds=5, what=None):
    """Asks again and again; the last answer. Fails when it does not come in time."""
    end = time.monotonic() + seconds
    while True:
        answer = holds()
        if answer:
            return answer
        assert time.monotonic() < end, f"not within {seconds} s: {what or holds}"
        time.sleep(0.01)


_main_loop = None


def start_main_loop():
    """Runs the default main context in a thread; once a process."""
    global _main_loop
    if _main_loop is None:
        _main_loop = GLib.MainLoop()
        threading.Thread(target=_main_loop.run, daemon=True).start()


def in_main_loop(function, *arguments):
    """What FUNCTION returned, called between two callbacks, not beside one."""
    done = concurrent.futures.Future()

    def run():
        try:
            done.set_result(function(*arguments))
        except Exception as error:
            done.set_exception(error)
        return GLib.SOURCE_REMOVE

    GLib.idle_add(run)
    return done.result(30)


# The bus


class SystemBus:
    """dbus-daemon as root, which starts services as root, as a launch helper does for `User=root`.

    policies: files for its includedir: who may own and call what
    services: what can be activated: {file name: text}
    environment: more variables for the daemon and what it activates
    """

    def __init__(self, policies=(), services=None, environment=None):
        start_main_loop()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bus."))
        self.folder.chmod(0o755)
        self.socket = "/run/dbus/system_bus_socket"
        self.log = self.folder / "log"
        self.clients = []
        for name in ("policies", "services"):
            (self.folder / name).mkdir()
        for policy in policies:
            shutil.copy(policy, self.folder / "policies")
        for name, text in (services or {}).items():
            (self.folder / "services" / name).write_text(text)
        os.makedirs("/run/dbus", exist_ok=True)
        pathlib.Path(self.socket).unlink(missing_ok=True)
        self.config = self.folder / "bus.conf"
        self.config.write_text(
            CONFIG.format(
                socket=self.socket,
                services=self.folder / "services",
                policies=self.folder / "policies",
            )
        )
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={self.socket}"
        self.process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self.config}", "--nofork", "--nopidfile", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=open(self.log, "w"),
            env={**os.environ, **(environment or {})},
        )
        assert self.process.stdout.readline(), self.log.read_text()
        self.root = self.connect("root")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        for client in list(self.clients):
            client.close()
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def reload(self):
        self.root.call(BUS, "/org/freedesktop/DBus", BUS, "ReloadConfig")

    def connect(self, user="root"):
        """A client that is USER: a process of that user, too, as long as it is connected."""
        return Client(self, user)

    def owner(self, name):
        """The unique name of the owner, or None."""
        try:
            return self.root.ask_bus("GetNameOwner", "(s)", name)
        except GLib.Error:
            return None

    def process_of(self, name):
        return self.root.ask_bus("GetConnectionUnixProcessID", "(s)", name)

    def wait_for(self, name, seconds=10):
        return wait_until(lambda: self.owner(name), seconds, f"{name} on the bus")

    def wait_for_end_of(self, name, seconds=5):
        wait_until(lambda: not self.owner(name), seconds, f"{name} off the bus")


def end(process, how=signal.SIGTERM):
    """Ends what a test started; its exit status."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode


# Clients


class Client:
    """A connection to the bus that belongs to a process of USER's. The bus looks at who called connect(2),
    so that process does that and hands the socket over; then it waits to be killed."""

    def __init__(self, bus, user):
        self.bus = bus
        self.user = user
        self.socket, self.process = connect_as(user, bus.socket)
        authenticate(self.socket, USERS[user])
        self.connection = Gio.DBusConnection.new_sync(
            Gio.Socket.new_from_fd(os.dup(self.socket.fileno())).connection_factory_create_connection(),
            None,
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )
        self.connection.set_exit_on_close(False)
        self.name = self.connection.get_unique_name()
        bus.clients.append(self)

    def call(self, name, path, interface, method, arguments=None, interactive=False, timeout=30):
        """The answer, unpacked: None, the only value, or a tuple. Raises GLib.Error."""
        answer = self.start_call(name, path, interface, method, arguments, interactive, timeout)
        return answer.result(timeout + 5)

    def start_call(self, name, path, interface, method, arguments=None, interactive=False, timeout=30):
        """The same as a concurrent.futures.Future."""
        message = Gio.DBusMessage.new_method_call(name, path, interface, method)
        if arguments is not None:
            message.set_body(arguments)
        return self.send(message, interactive, timeout)

    def send(self, message, interactive=False, timeout=30):
        answer = concurrent.futures.Future()
        if interactive:
            message.set_flags(message.get_flags() | ALLOW_INTERACTIVE)

        def receive(connection, result):
            try:
                reply = connection.send_message_with_reply_finish(result)
                reply.to_gerror()
                body = reply.get_body()
                values = body.unpack() if body else ()
                answer.set_result(None if not values else values[0] if len(values) == 1 else values)
            except GLib.Error as error:
                answer.set_exception(error)

        self.connection.send_message_with_reply(
            message, Gio.DBusSendMessageFlags.NONE, int(timeout * 1000), None, receive
        )
        return answer

    def ask_bus(self, method, signature=None, *arguments):
        variant = GLib.Variant(signature, arguments) if signature else None
        return self.call(BUS, "/org/freedesktop/DBus", BUS, method, variant)

    def close(self):
        """As kill -9 does it: the kernel closes the socket, nobody says good-bye."""
        if self in self.bus.clients:
            self.bus.clients.remove(self)
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.socket.shutdown(socket.SHUT_RDWR)
            self.socket.close()

    kill = close


def connect_as(user, path):
    """(socket, process id) of a process of USER's that called connect(2) and now waits. One that is forked while
    another thread of this process holds a lock may wait for that lock for ever; then it is another one."""
    for _ in range(3):
        here, child = fork_connected(user, path)
        with here, contextlib.suppress(TimeoutError):
            _, descriptors, _, _ = socket.recv_fds(here, 1, 1)
            assert descriptors, f"{user} cannot connect to {path}"
            return socket.socket(fileno=descriptors[0]), child
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    raise AssertionError(f"no process of {user}'s could be started")


def fork_connected(user, path):
    """(socket that its own one comes through, process id)"""
    here, there = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            become(user)
            connected = socket.socket(socket.AF_UNIX)
            connected.connect(path)
            socket.send_fds(there, [b"+"], [connected.fileno()])
            os.closerange(0, 4096)
            while True:
                signal.pause()
        finally:
            os._exit(1)
    there.close()
    here.settimeout(10)
    return here, child


def authenticate(stream, number):
    """The client's side of EXTERNAL, as the D-Bus specification has it."""
    stream.sendall(b"\0AUTH EXTERNAL " + str(number).encode().hex().encode() + b"\r\n")
    answer = stream.recv(1024)
    assert answer.startswith(b"OK "), answer
    stream.sendall(b"BEGIN\r\n")


def error_name(error):
    """The D-Bus name of a GLib.Error, or None."""
    return Gio.DBusError.get_remote_error(error)


def error_text(error):
    """What it says, without GDBus's prefix."""
    return error.message.split(": ", 1)[1] if error.message.startswith("GDBus.Error:") else error.message
