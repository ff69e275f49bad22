#!/usr/bin/env bash
# Puts the tools that judge bills of materials into .plimsoll/sbom-tools, a Python environment of their own. Without Python's venv or a
# Python package index it says so, and the test that asks them is skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
folder=.plimsoll/sbom-tools
if [ ! -e "$folder/done" ]; then
  rm -rf "$folder"
  python3 -m venv "$folder" &&
    "$folder/bin/pip" install -q spdx-tools spdx-python-model jsonschema &&
    touch "$folder/done"
fi
if [ -e "$folder/done" ]; then echo "setup-sbom-tools: they are in $folder"; else echo 'setup-sbom-tools: they are not here'; fi
