# SPDX-License-Identifier: GPL-3.0-or-later
"""hearth-serve as whoever starts it sees it: its port and its events."""

import json
import os
import signal
import subprocess
import threading

LIMIT_S = 30
PROGRAM = os.environ["HEARTH_SERVE"]


class Served:
    """Serves `folder` for as long as it is entered; at the end it has to end well."""

    def __init__(self, folder, *options):
        port = [] if "--port" in options else ["--port", "0"]
        self.command = [PROGRAM, "--json", *port, *map(str, options), folder]
        self.events = []
        self.came = threading.Condition()

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.port = self.wait_for(event="listening")["port"]
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        assert self.process.wait(LIMIT_S) == 0
        self.reader.join()
        self.process.stdout.close()

    def read(self):
        for line in self.process.stdout:
            with self.came:
                self.events.append(json.loads(line))
                self.came.notify_all()

    def url(self, path="/", host="localhost"):
        return f"http://{host}:{self.port}{path}"

    def find(self, **wanted):
        return [event for event in list(self.events) if wanted.items() <= event.items()]

    def wait_for(self, n=1, **wanted):
        """The n-th event that has these values."""
        with self.came:
            self.came.wait_for(lambda: len(self.find(**wanted)) >= n, LIMIT_S)
        found = self.find(**wanted)
        assert len(found) >= n, f"no {wanted} among {self.events}"
        return found[n - 1]
