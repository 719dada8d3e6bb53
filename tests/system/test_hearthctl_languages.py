# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl speaks every language of po/LINGUAS, whatever the system has of it: a locale is C.UTF-8's data
under another name here. What is for programs does not change."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HEARTHCTL = os.environ["HEARTHCTL"]
LANGUAGES = [line for line in (Path(__file__).parents[2] / "po/LINGUAS").read_text().split("\n")
             if line and not line.startswith("#")]


@pytest.fixture
def ctl(tmp_path):
    def run(language, *arguments):
        shutil.copytree("/usr/lib/locale/C.utf8", tmp_path / f"{language}.utf8", dirs_exist_ok=True)
        environment = os.environ | {"LOCPATH": str(tmp_path), "LC_ALL": f"{language}.UTF-8"}
        environment.pop("LANGUAGE", None)
        result = subprocess.run([HEARTHCTL, *arguments], capture_output=True, text=True, env=environment, timeout=30)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.mark.parametrize("language", LANGUAGES)
def test_speaks(ctl, language):
    said = ctl(language, "explain", "127.1")
    english = ctl("xx", "explain", "127.1")
    assert "RFC 1122, section 3.2.1.3" in english
    assert "127.0.0.1" in said and "3.2.1.3" in said
    assert not set(english.splitlines()) & set(filter(None, said.splitlines()))
    if language not in ("fr",):  # section is the word for it there
        assert "section" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_complete(ctl, language):
    words = [line.split()[0] for line in ctl("xx", "--help").splitlines() if line.startswith("  ")]
    said = ctl(language, "--help")
    assert said != ctl("xx", "--help")
    assert all(word in said for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_stays(ctl, language):
    said, english = (json.loads(ctl(name, "list", "--json")) for name in (language, "xx"))
    assert said == english
