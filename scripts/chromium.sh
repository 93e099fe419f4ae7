#!/bin/sh
# Prints the path of a Chromium for the browser tests, and nothing else on standard output.
# SCORECARD_CHROMIUM, when set, is the one used. Otherwise the first found on PATH; failing that,
# Debian and its relatives install one where that needs no password.
set -eu

fail() {
    echo "$1" >&2
    exit 1
}

find_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}

if [ -n "${SCORECARD_CHROMIUM:-}" ]; then
    command -v "$SCORECARD_CHROMIUM" || fail "SCORECARD_CHROMIUM is '$SCORECARD_CHROMIUM', which cannot be run: set it to the path of a Chromium."
    exit 0
fi

find_chromium && exit 0

ID='' ID_LIKE=''
if [ -r /etc/os-release ]; then
    # shellcheck disable=SC1091
    . /etc/os-release
fi

package=chromium
[ "$ID" = ubuntu ] && package=chromium-browser

case " $ID $ID_LIKE " in
*" debian "* | *" ubuntu "*) command="sudo apt-get install $package fonts-liberation" ;;
*" fedora "*) command="sudo dnf install chromium" ;;
*) fail "The browser tests need Chromium or Chrome and none is on PATH: install one, then run 'SCORECARD_CHROMIUM=/path/to/it make test'." ;;
esac
missing="The browser tests need Chromium and none is on PATH: run '$command'."

case "$command" in *apt-get*) ;; *) fail "$missing" ;; esac
if [ "$(id -u)" -eq 0 ]; then
    as_root=''
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    fail "$missing"
fi

# $as_root is empty or two words, on purpose.
apt() {
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" >&2
}

echo "Installing Chromium for the browser tests" >&2
{ apt -q update && apt -q install -y --no-install-recommends "$package" fonts-liberation; } || fail "$missing"
find_chromium || fail "$missing"
