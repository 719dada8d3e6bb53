# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium without a screen, spoken to by the DevTools protocol over a pipe.

Messages are JSON with a NUL behind each; the browser reads them from descriptor 3 and writes them to 4.
https://chromedevtools.github.io/devtools-protocol/"""

import base64
import fcntl
import itertools
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import time

LIMIT_S = 60  # of a wait; only a test that fails ever gets there
PROGRAMS = ["chromium-headless-shell", "chromium-browser", "chromium"]
OPTIONS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
  --disable-component-update --disable-sync --disable-extensions --remote-debugging-pipe --hide-scrollbars
  --window-size=900,640""".split()


class Refused(Exception):
    """What the browser says to a call that it cannot carry out."""


class Browser:
    """One process with a profile of its own."""

    def __init__(self, *options):
        self.profile = tempfile.mkdtemp()
        program = next(filter(None, map(shutil.which, PROGRAMS)))
        theirs, self.ours_out = os.pipe()
        self.ours_in, theirs_out = os.pipe()
        self.process = subprocess.Popen(
            [program, *OPTIONS, *options, f"--user-data-dir={self.profile}"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, pass_fds=(3, 4),
            preexec_fn=lambda: give_descriptors(theirs, theirs_out))
        os.close(theirs)
        os.close(theirs_out)
        self.ids = itertools.count(1)
        self.unread = b""
        self.answers = {}
        self.pages = {}

    def call(self, method, session=None, **parameters):
        number = next(self.ids)
        message = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self.ours_out, json.dumps(message).encode() + b"\0")
        self.wait(lambda: number in self.answers, method)
        answer = self.answers.pop(number)
        if "error" in answer:
            raise Refused(f"{method}: {answer['error']}")
        return answer["result"]

    def wait(self, condition, what):
        """Takes in what the browser says until `condition` holds."""
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            left = deadline - time.monotonic()
            assert left > 0, f"the browser did not get there: {what}"
            if select.select([self.ours_in], [], [], min(left, 0.05))[0]:
                self.take_in()

    def take_in(self):
        read = os.read(self.ours_in, 1 << 20)
        assert read, "the browser ended"
        *messages, self.unread = (self.unread + read).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self.answers[message["id"]] = message
            elif message.get("sessionId") in self.pages:
                self.pages[message["sessionId"]].events.append((message["method"], message["params"]))

    def page(self):
        """A new one, which shares neither cache nor cookies with another."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        return Page(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.ours_in)
        os.close(self.ours_out)
        shutil.rmtree(self.profile, ignore_errors=True)


def give_descriptors(to_read, to_write):
    """Both moved out of the way first, because one may have the other's number."""
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in (to_read, to_write)]
    for descriptor, number in zip(high, (3, 4)):
        os.dup2(descriptor, number)


class Page:
    """events: (method, parameters) of everything that happened in it"""

    def __init__(self, browser, session):
        self.browser = browser
        self.session = session
        self.events = []
        browser.pages[session] = self
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def happened(self, method, **wanted):
        return [parameters for name, parameters in self.events
                if name == method and wanted.items() <= parameters.items()]

    def go(self, url):
        """Until it is loaded; returns the answer (url, status, headers, …) of the page itself."""
        loader = self.call("Page.navigate", url=url)
        assert "errorText" not in loader, f"{url}: {loader}"
        return self.loaded(loader["loaderId"])

    def reload(self):
        """As with F5."""
        n = len(self.happened("Page.lifecycleEvent", name="load"))
        self.call("Page.reload")
        self.browser.wait(lambda: len(self.happened("Page.lifecycleEvent", name="load")) > n, "reloading")
        return self.loaded(self.happened("Page.lifecycleEvent", name="load")[-1]["loaderId"])

    def loaded(self, loader):
        self.browser.wait(lambda: self.happened("Page.lifecycleEvent", name="load", loaderId=loader), "loading")
        return self.happened("Network.responseReceived", type="Document", loaderId=loader)[0]["response"]

    def evaluate(self, expression):
        """The value of JavaScript, or of what it promises."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, f"{expression}: {answer['exceptionDetails']}"
        return answer["result"].get("value")

    def leave(self, action):
        """Does what makes the browser go elsewhere, after the answer, which would not come from there."""
        self.evaluate(f"void setTimeout(() => {{ {action} }})")

    def until(self, expression):
        """Until JavaScript is true, in whatever document there is by then."""
        self.browser.wait(lambda: self.is_true(expression), expression)

    def is_true(self, expression):
        try:
            answer = self.call("Runtime.evaluate", expression=f"!!({expression})", returnByValue=True)
        except Refused:  # the document went meanwhile
            return False
        return answer["result"].get("value") is True

    def text(self):
        return self.evaluate("document.body.innerText")

    def complaints(self):
        """What the console has of refusals by a policy and of scripts that failed; not of a 404."""
        entries = [event["entry"] for event in self.happened("Log.entryAdded")]
        thrown = [event["exceptionDetails"]["text"] for event in self.happened("Runtime.exceptionThrown")]
        return [entry["text"] for entry in entries if entry["source"] != "network"] + thrown

    def prefer(self, scheme):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path):
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
