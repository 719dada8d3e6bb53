# SPDX-License-Identifier: GPL-3.0-or-later
"""What Tab offers in bash, zsh and fish, each as people have it, beside what the programs say in --help."""

import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import termios

import pytest

from network import ip

BUILD = pathlib.Path(os.environ["HEARTH_BUILD"])
COMPLETIONS = BUILD / "data" / "completions"
PROGRAMS = ["hearth", "hearthctl", "hearth-serve"]
COMMANDS = {
    *("list", "watch", "add", "remove", "keep", "forget", "authority", "commands", "services", "check"),
    *("serve", "explain"),
}


class Terminal:
    """A shell on a terminal of its own, in which a key inserts all that it would offer."""

    END = b"<end>"

    def __init__(self, command, environment):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execvpe(command[0], command, {**os.environ, **environment, "TERM": "dumb", "PS1": "", "PS2": ""})
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 4000, 0, 0))

    def wait(self):
        said = b""
        while self.END not in said:
            ready, _, _ = select.select([self.terminal], [], [], 10)
            assert ready, said.decode(errors="replace")
            said += os.read(self.terminal, 65536)
        return said.decode()

    def run(self, text):
        """What the line and Enter print, up to what is printed before the next line is read."""
        os.write(self.terminal, text.encode() + b"\r")
        return self.wait()

    def offers(self, line):
        """Asks at the end of LINE, goes to its start, and lets the shell print its words. Only those behind
        the ones of LINE that are whole are offers, or what became of the last one."""
        said = self.run(line + self.KEY + "\x01printf '\\n<%s>' ")
        words = re.findall(r"^<(.*)>\r?$", said.split("<end>")[0], re.M)
        return set(words[len(line.rsplit(" ", 1)[0].split()) :]) - {"", line.rsplit(" ", 1)[1]}

    def stop(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


class Bash(Terminal):
    KEY = "\x1b*"

    def __init__(self, data, environment):
        for program in PROGRAMS:
            place(COMPLETIONS / program, data / "bash-completion" / "completions" / program)
        super().__init__(["bash", "--norc", "--noprofile", "-i"], environment)
        self.run("PROMPT_COMMAND=\"printf '<%s>' end\"")
        self.run("bind 'set enable-bracketed-paste off'; . /usr/share/bash-completion/bash_completion")


class Zsh(Terminal):
    KEY = "\x18a"

    def __init__(self, data, environment):
        functions = data / "zsh" / "site-functions"
        for program in PROGRAMS:
            place(COMPLETIONS / f"_{program}", functions / f"_{program}")
        super().__init__(["zsh", "-f", "-i"], environment)
        self.run("unset zle_bracketed_paste; unsetopt prompt_cr prompt_sp; precmd() { printf '<%s>' end }")
        self.run(f"fpath=({functions} $fpath); autoload -U compinit; compinit -u -D")
        self.run("zle -C all-matches complete-word _generic; bindkey '^Xa' all-matches; bindkey '^A' beginning-of-line")
        self.run("zstyle ':completion:all-matches:*' completer _all_matches _complete")
        self.run("zstyle ':completion:all-matches:*' insert true")


class Fish:
    """`complete -C` is its Tab."""

    def __init__(self, data, environment):
        for program in PROGRAMS:
            place(COMPLETIONS / f"{program}.fish", data / "fish" / "vendor_completions.d" / f"{program}.fish")
        self.environment = {**os.environ, **environment}

    def offers(self, line):
        said = subprocess.run(
            ["fish", "--command", "complete -C $argv[1]", line],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert not said.stderr
        return {offer.split("\t")[0] for offer in said.stdout.splitlines()}

    def stop(self):
        pass


def place(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


@pytest.fixture(scope="module", params=[Bash, Zsh, Fish])
def shell(request, tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    folder = tmp_path_factory.mktemp("folder")
    for name in ["one", "two", "two words"]:
        (folder / name).mkdir()
    (folder / "file").touch()
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    ip("addr", "add", "fd00::2/128", "dev", "lo")
    back = os.getcwd()
    os.chdir(folder)
    path = ":".join(str(BUILD / "src" / room) for room in ["cli", "serve", "app"])
    environment = {"XDG_DATA_DIRS": f"{data}:/usr/share", "PATH": f"{path}:{os.environ['PATH']}"}
    os.environ["PATH"] = environment["PATH"]
    shell = request.param(data, environment)
    yield shell
    shell.stop()
    os.chdir(back)
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "del", "fd00::2/128", "dev", "lo")


def options_of_help(*command):
    option = "--help-all" if command == ("hearth",) else "--help"
    said = subprocess.run([*command, option], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    return set(re.findall(r"--[a-z][a-z-]*", re.sub("“.*?”", "", said.stdout)))


@pytest.mark.parametrize("command", PROGRAMS + [f"hearthctl {command}" for command in sorted(COMMANDS)])
def test_every_option_of_help_is_offered_and_no_other(shell, command):
    offers = {offer.rstrip("=") for offer in shell.offers(command + " --")}
    assert offers == options_of_help(*command.split())


def test_commands(shell):
    assert shell.offers("hearthctl ") == COMMANDS
    assert shell.offers("hearthctl ch") == {"check"}


def test_no_command_comes_twice(shell):
    assert not shell.offers("hearthctl watch ") & COMMANDS


def values(offers):
    """bash and zsh put them behind the option, or into a word of their own; fish says the whole word."""
    return {offer.split("=")[-1] for offer in offers}


@pytest.mark.parametrize("between", ["=", " "])
def test_words_that_an_option_takes(shell, between):
    assert values(shell.offers(f"hearthctl add --for{between}")) == {"session", "restart", "always"}
    assert values(shell.offers(f"hearthctl add 127.0.0.9 --json --for{between}r")) == {"restart"}
    assert values(shell.offers(f"hearthctl commands --os{between}m")) == {"macos"}
    assert values(shell.offers(f"hearth-serve --port{between}80")) == {"8000", "8080"}
    assert values(shell.offers(f"hearthctl serve --port{between}80")) == {"8000", "8080"}


def test_interfaces_and_addresses_of_this_computer(shell):
    assert shell.offers("hearthctl list ") == {"lo"}
    assert values(shell.offers("hearthctl add --interface=")) == {"lo"}
    assert shell.offers("hearthctl remove ") == {"127.0.0.2", "fd00::2"}
    assert shell.offers("hearthctl keep 127.0.0.2 fd00:") == {"fd00::2"}
    assert values(shell.offers("hearth-serve --address=127.")) == {"127.0.0.1", "127.0.0.2"}
    assert values(shell.offers("hearth-serve --address ::")) == {"::1"}


def arguments(offers):
    """zsh offers options where nothing else is left."""
    return {offer for offer in offers if not offer.startswith("--")}


def test_as_many_arguments_as_it_takes(shell):
    assert arguments(shell.offers("hearthctl list lo ")) == set()
    assert arguments(shell.offers("hearthctl list --json ")) == {"lo"}
    assert arguments(shell.offers("hearth-serve --port 80 --address ::1 one ")) == set()


def folders(offers):
    return {offer.rstrip("/").replace("\\ ", " ") for offer in offers}


def test_folders(shell):
    for command in ["hearth-serve", "hearthctl serve", "hearth", "hearth-serve --port 80 --live", "hearth-serve --"]:
        assert folders(shell.offers(command + " ")) == {"one", "two", "two words"}, command
    assert folders(shell.offers("hearth one t")) == {"two", "two words"}
