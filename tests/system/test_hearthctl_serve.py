# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl serve is hearth-serve."""

import json
import os
import signal
import subprocess
import urllib.request

HEARTHCTL = os.environ["HEARTHCTL"]


def test_serves(tmp_path):
    (tmp_path / "a.txt").write_text("here")
    with subprocess.Popen([HEARTHCTL, "serve", "--json", "--port", "0", tmp_path], stdout=subprocess.PIPE,
                          text=True) as server:
        try:
            listening = json.loads(server.stdout.readline())
            assert urllib.request.urlopen(listening["urls"][0] + "a.txt", timeout=10).read() == b"here"
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0


def test_says_what_is_wrong_with_options():
    result = subprocess.run([HEARTHCTL, "serve", "--port", "many"], capture_output=True, text=True, timeout=10)
    assert result.returncode == 2
    assert result.stderr.startswith('hearth-serve: "many" is not a port.')


def test_help():
    result = subprocess.run([HEARTHCTL, "serve", "--help"], capture_output=True, text=True, timeout=10)
    assert result.returncode == 0 and "--live" in result.stdout
    result = subprocess.run([HEARTHCTL, "--help"], capture_output=True, text=True, timeout=10)
    assert "Serve a folder on localhost" in result.stdout


def test_not_installed(tmp_path):
    result = subprocess.run([HEARTHCTL, "serve"], capture_output=True, text=True, timeout=10,
                            env=os.environ | {"PATH": str(tmp_path)})
    assert result.returncode == 1
    assert "hearth-serve is not installed" in result.stderr
