#!/bin/sh
# The install steps of the Docker image, in a file of their own so that they can be run without Docker too
# (scripts/try_image.sh).  usage: install_image.sh SOURCE TARGET
set -eu
source=$1
target=$2
python3 -m venv "$target"
"$target/bin/pip" install --quiet --no-cache-dir -c "$source/constraints.txt" "$source[postgres]"
