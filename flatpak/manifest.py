# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a manifest, which is JSON with comments, each on lines of its own.

manifest.py MANIFEST SCHEMA: says what is wrong with it."""

import json
import pathlib
import re
import sys


def read(path):
    return json.loads(re.sub(r"^\s*/\*.*?\*/\s*$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL))


def main(manifest, schema):
    import jsonschema

    for error in jsonschema.Draft7Validator(json.loads(schema.read_text())).iter_errors(read(manifest)):
        print(f"{manifest}: {error.json_path}: {error.message}")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
