# SPDX-License-Identifier: GPL-3.0-or-later
"""File servers of one folder, each as its users run it: how to start it, and what it takes of memory."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

BUILD = Path(os.environ["HEARTH_BUILD"])
NPM = BUILD.parent / "bench-npm"
HTTP_SERVER = NPM / "node_modules/http-server/bin/http-server"
READY_S = 20

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORES = CORES[:1] if len(CORES) > 1 else CORES
CLIENT_CORES = CORES[1:] or CORES

NGINX = """
daemon off;
user root;
pid {scratch}/nginx.pid;
error_log {scratch}/nginx.log crit;
worker_processes {workers};
events {{ worker_connections 2048; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_body_temp_path {scratch}/body;
  proxy_temp_path {scratch}/proxy;
  fastcgi_temp_path {scratch}/fastcgi;
  uwsgi_temp_path {scratch}/uwsgi;
  scgi_temp_path {scratch}/scgi;
  default_type application/octet-stream;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


class NotToBeHad(Exception):
    """Why a server cannot be measured here."""


def need(program):
    return shutil.which(program) or refuse(f"{program} is not installed")


def refuse(why):
    raise NotToBeHad(why)


def install_http_server():
    """Where it cannot be had, http_server() says what npm said."""
    if HTTP_SERVER.exists():
        return
    NPM.mkdir(parents=True, exist_ok=True)
    with open(NPM / "npm.log", "w") as log:
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", NPM,
                        "http-server"], stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def hearth(folder, scratch, port):
    return [BUILD / "src/serve/hearth-serve", "--port", port, "--json", folder]


def nginx(workers):
    def command(folder, scratch, port):
        scratch = scratch / f"nginx-{workers}"
        scratch.mkdir(exist_ok=True)
        config = scratch / "nginx.conf"
        config.write_text(NGINX.format(scratch=scratch, workers=workers, port=port, folder=folder))
        return [need("nginx"), "-e", scratch / "nginx.log", "-p", scratch, "-c", config]

    return command


def caddy(folder, scratch, port):
    return [need("caddy"), "file-server", "--listen", f"127.0.0.1:{port}", "--root", folder]


def python(folder, scratch, port):
    return [need("python3"), "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, port]


def soup(folder, scratch, port):
    program = BUILD / "tests/bench/bench-soup"
    return [program, folder, port] if program.exists() else refuse("libsoup-3.0 was not there to build with")


def http_server(folder, scratch, port):
    if HTTP_SERVER.exists():
        return [need("node"), HTTP_SERVER, folder, "-a", "127.0.0.1", "-p", port, "--silent"]
    lines = (NPM / "npm.log").read_text().splitlines() if (NPM / "npm.log").exists() else []
    reasons = [line.split(" ", 2)[-1] for line in lines if "code" in line or "reason" in line]
    return refuse("npm: " + ("; ".join(reasons) or "not installed"))


HEARTH = "hearth-serve --json"
PEERS = {
    "nginx": ("nginx, 1 worker", nginx(1)),
    "nginx-2": ("nginx, 2 workers", nginx(2)),
    "caddy": ("caddy file-server", caddy),
    "python": ("python3 -m http.server", python),
    "soup": ("SoupServer", soup),
    "http-server": ("npm's http-server", http_server),
}


class Server:
    """A running one. Its output is drained on the clients' side, as a window would."""

    def __init__(self, make_command, folder, scratch, port):
        self.port = port
        command = list(map(str, make_command(folder, scratch, port)))
        self.drain = subprocess.Popen(["sh", "-c", "exec cat >/dev/null"], stdin=subprocess.PIPE)
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.drain.stdin, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, SERVER_CORES))
        self.drain.stdin.close()
        self.wait_until_ready(command[0])

    def wait_until_ready(self, name):
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
        self.stop()
        raise NotToBeHad(f"{name} did not start")

    def processes(self):
        """It and those its first thread started."""
        found, pids = [], [self.process.pid]
        while pids:
            pid = pids.pop()
            found.append(Path(f"/proc/{pid}"))
            pids += map(int, (found[-1] / f"task/{pid}/children").read_text().split())
        return found

    def memory(self, field, file="smaps_rollup"):
        """Bytes of all its processes together; `field` is Rss, Pss or, of "status", VmHWM."""
        lines = (line for process in self.processes() for line in (process / file).read_text().splitlines())
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(field + ":"))

    def processor_s(self):
        """Seconds that they ran, in user and kernel mode (proc_pid_stat)."""
        ticks = (stat.rpartition(")")[2].split()[11:13]
                 for stat in ((process / "stat").read_text() for process in self.processes()))
        return sum(int(user) + int(kernel) for user, kernel in ticks) / os.sysconf("SC_CLK_TCK")

    def forget_highest(self):
        """VmHWM begins anew (proc_pid_clear_refs(5))."""
        for process in self.processes():
            (process / "clear_refs").write_text("5")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.drain.wait()
