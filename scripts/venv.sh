#!/bin/sh
# Makes .venv in the project's root with the first Python 3.11 or newer of this machine, unless a working one is there.
# The Makefile calls it where a stamp is older than its requirements; PYTHON names another Python.
set -eu
cd "$(dirname "$0")/.."

if .venv/bin/python -m pip --version >/dev/null 2>&1; then
  exit 0
fi

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "The wizard needs Python 3.11 or newer: install it, or name one with PYTHON=." >&2
  exit 1
fi

# Debian and Ubuntu keep ensurepip in a package of its own; without it venv stops halfway and leaves its folder behind.
if ! said=$("$python" -m venv --clear .venv 2>&1); then
  rm -rf .venv
  if "$python" -c 'import ensurepip' 2>/dev/null; then
    printf '%s\n' "$said" >&2
  fi
  package=$(basename "$python")-venv
  echo "$python could not make a virtual environment: on Debian or Ubuntu run \"sudo apt install $package\", then the same make again." >&2
  exit 1
fi
