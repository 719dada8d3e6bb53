# SPDX-License-Identifier: GPL-3.0-or-later
"""without_modules.py MANIFEST CHECKOUT: the manifest with nothing to build but CHECKOUT, on standard output."""

import json
import pathlib
import sys

from manifest import read

manifest = read(pathlib.Path(sys.argv[1]))
(hearth,) = (module for module in manifest["modules"] if module["name"] == "hearth")
(source,) = hearth["sources"]
source["path"] = sys.argv[2]
manifest["modules"] = [hearth]
print(json.dumps(manifest, indent=2))
