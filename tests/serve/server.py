# SPDX-License-Identifier: GPL-3.0-or-later
"""hearth-serve as whoever starts it sees it: a process, its events, its end.

It runs without any capability, as for an ordinary user, whoever runs the tests."""

import collections
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from exchange import WAIT

SANITIZED = os.environ["HEARTH_SANITIZED"] == "1"
SLOWNESS = 4 if SANITIZED else 1
WINDOWS = os.environ["HEARTH_SERVE"].endswith(".exe")  # under Wine; not_on_windows.py says what is not tested there
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
WINE = ["env", "-u", "TMPDIR", "wine"]  # see own-wine
# What ends it in order from outside. Windows has no SIGTERM, and the other is Ctrl+C there.
END = signal.SIGINT if WINDOWS else signal.SIGTERM


def program():
    """A copy that everybody may start, wherever the checkout lies."""
    if not program.path:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="serve."))
        folder.chmod(0o755)
        program.path = shutil.copy(os.environ["HEARTH_SERVE"], folder)
    return program.path


program.path = None

# What is asked very often: (path, status, the end of its body). Wine takes 20 times longer to open a file.
CHEAP = ("/a*b", 404, b"</html>\n") if WINDOWS else ("/f.txt", 200, b"0123456789")


def start_of(*arguments, before=()):
    """The command that runs it with these arguments."""
    return [*POWERLESS, *before, *(WINE if WINDOWS else []), program(), *map(str, arguments)]


def named(path):
    """As the server calls PATH: all of this computer is a drive under Wine."""
    return "Z:" + str(path).replace("/", "\\") if WINDOWS else str(path)


def wait_until(condition, seconds=WAIT, what=None):
    """What CONDITION says, as soon as it is true of it."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"{what or 'it'} did not come within {seconds} s"
        time.sleep(0.005)
    return value


def run(*arguments, before=(), seconds=WAIT, **how):
    """hearth-serve, where it ends by itself."""
    command = start_of(*arguments, before=before)
    how = {"stdin": subprocess.DEVNULL, "text": True, "capture_output": True, "timeout": seconds} | how
    return subprocess.run(command, **how)


def events_of(text):
    return [json.loads(line) for line in text.splitlines()]


class Server:
    """Runs from here on to stop(); as a context, to its end. @read: whether somebody reads the events."""

    def __init__(self, folder, *options, port=0, before=(), read=True, environment=(), **how):
        self.slowness = SLOWNESS
        self.cors = "--cors" in options
        self.events = []
        self.news = threading.Condition()
        self.errors = tempfile.TemporaryFile("w+")
        command = start_of("--json", *options, before=before)
        command += [] if port is None else ["--port", str(port)]
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": self.errors} | how
        how["env"] = os.environ | dict(environment)
        self.process = subprocess.Popen([*command, "--", str(folder)], **how)
        self.reader = None
        if read:
            self.read_events()
        else:
            line = self.process.stdout.readline()
            self.events.append(json.loads(line))
        first = self.event("listening", "stopped", seconds=WAIT * SLOWNESS)
        assert first["event"] == "listening", f"{first} {self.said()}"
        self.listening = first
        self.addresses, self.port = first["addresses"], first["port"]
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.kill()
        else:
            self.stop()

    # Events

    def read_events(self):
        self.reader = threading.Thread(target=self.read_lines, daemon=True)
        self.reader.start()

    def read_lines(self):
        for line in self.process.stdout:
            event = json.loads(line)
            with self.news:
                self.events.append(event)
                self.news.notify_all()
        with self.news:
            self.events.append({"event": "end of the events"})
            self.news.notify_all()

    def event(self, *kinds, seconds=WAIT, since=0, **fields):
        """The first event of one of these kinds, with these fields, that came or comes."""

        def found():
            for event in self.events[since:]:
                if event["event"] in kinds and fields.items() <= event.items():
                    return event
            ended = self.events and self.events[-1]["event"] == "end of the events"
            return "ended" if ended else None

        with self.news:
            event = self.news.wait_for(found, seconds)
        assert event and event != "ended", f"no {kinds} {fields} among {self.events[-20:]} {self.said()}"
        return event

    def requests(self):
        return [event for event in self.events if event["event"] == "request"]

    def said(self):
        """On standard error: nothing, unless something is wrong."""
        self.errors.seek(0)
        return self.errors.read()

    # Requests

    def request(self, path, *headers, method="GET", host=None, version="HTTP/1.1"):
        host = f"Host: {host or 'localhost'}:{self.port}"
        path = path.encode("latin-1") if isinstance(path, str) else path
        lines = [host.encode(), *(h.encode("latin-1") if isinstance(h, str) else h for h in headers)]
        return b"%s %s %s\r\n%s\r\n\r\n" % (method.encode(), path, version.encode(), b"\r\n".join(lines))

    # What the system says of it

    def proc(self, name):
        return pathlib.Path(f"/proc/{self.pid}") / name

    def memory(self, kind="VmRSS"):
        """Bytes."""
        for line in self.proc("status").read_text().splitlines():
            if line.startswith(kind + ":"):
                return int(line.split()[1]) * 1024
        raise AssertionError(f"no {kind}")

    def descriptors(self):
        """What they lead to, by number. One may close while this looks."""
        found = {}
        for link in self.proc("fd").iterdir():
            try:
                found[int(link.name)] = os.readlink(link)
            except FileNotFoundError:
                pass
        return found

    def kinds(self):
        """How many descriptors of each kind."""
        return collections.Counter(target.split(":")[0] for target in self.descriptors().values())

    def lives(self):
        return self.process.poll() is None

    # Its end

    def kill(self):
        self.process.kill()
        self.process.wait()

    def wait(self, seconds=WAIT):
        """Its exit status."""
        status = self.process.wait(seconds)
        if self.reader:
            self.reader.join(WAIT)
        return status

    def stop(self, how=signal.SIGINT, seconds=WAIT * SLOWNESS):
        """In order, and without a complaint."""
        if self.lives():
            self.process.send_signal(how)
        status = self.wait(seconds)
        assert self.said() == "", self.said()
        assert status == 0, status
        if self.reader:
            assert self.events[-2]["event"] == "stopped", self.events[-3:]
