# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a manifest, which is JSON with comments, each on lines of its own."""

import json
import re


def read(path):
    return json.loads(re.sub(r"^\s*/\*.*?\*/\s*$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL))
