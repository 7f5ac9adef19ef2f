#!/usr/bin/env bash
# Set-up for `make run` and `make test`: system packages, a virtual environment, the project in it.
# Usage: tools/setup.sh run|test. Does nothing, quickly, when nothing is to do.
set -euo pipefail

mode=${1:-}
case $mode in
    run | test) ;;
    *)
        echo "usage: tools/setup.sh run|test" >&2
        exit 2
        ;;
esac
cd "$(dirname "$0")/.."

top=$PWD
venv=$top/.venv
packages_file=packaging/system-packages.txt
unfinished=$venv/.set-up-unfinished
candidates=(python3 python3.13 python3.12 python3.11)

say() { printf '%s\n' "$*"; }

fail() {
    printf 'set-up: %s\n' "$*" >&2
    exit 1
}

# What the set-up depends on. The place counts: scripts in an environment name it.
fingerprint() {
    { printf '%s\n' "$1" "$top"; cat pyproject.toml constraints.txt "$packages_file" tools/setup.sh; } | sha256sum | cut -d ' ' -f 1
}

is_done() { [[ -x $venv/bin/python && -f $1 && $(<"$1") == "$2" ]]; }

can_install() { [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; }

install_packages() {
    say "Installing system packages: $*"
    local log
    log=$(mktemp)
    if ! { apt-get -qq update &&
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null 9<&-; then
        cat "$log" >&2
        rm -f "$log"
        fail "apt-get could not install the packages above"
    fi
    rm -f "$log"
}

# The names in one section of the packages file.
section() {
    awk -v want="[$1]" '/^\[/ { on = ($0 == want); next } on && !/^#/ && NF { print $1 }' "$packages_file"
}

# The packages this mode needs and dpkg does not have, one a line.
missing_packages() {
    local wanted installed name
    wanted=$(section run)
    if [[ $mode == test ]]; then wanted+=$'\n'$(section test); fi
    # dpkg-query fails as soon as one name is unknown to it, which is an answer here.
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' || true)
    for name in $wanted; do
        grep -qxF -e "$name" -e "${name}t64" <<<"$installed" || printf '%s\n' "$name"
    done
}

# True when nothing is missing afterwards.
set_up_system() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian or Ubuntu: the libraries Relief needs are listed in $packages_file."
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages)
    if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
    if can_install; then
        install_packages "${missing[@]}"
        return 0
    fi
    say "These system packages are missing; to install them:"
    say "    sudo apt-get install ${missing[*]}"
    return 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

can_make_venv() { new_enough "$1" && "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# The first Python that is new enough and able to make an environment.
find_python() {
    local candidate
    for candidate in "${candidates[@]}"; do
        if can_make_venv "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

no_python() {
    local candidate
    for candidate in "${candidates[@]}"; do
        if new_enough "$candidate"; then
            fail "$candidate cannot make a virtual environment; on Debian or Ubuntu: sudo apt-get install python3-venv"
        fi
    done
    fail "Relief needs Python 3.11 or newer, and none was found (looked for: ${candidates[*]})"
}

# A killed set-up leaves its mark; an environment that was moved or lost its Python or pip is no better.
venv_is_sound() {
    [[ ! -e $unfinished ]] && new_enough "$venv/bin/python" &&
        grep -qF "$venv" "$venv/bin/activate" 2>/dev/null && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

make_venv() {
    local python
    if ! python=$(find_python); then
        if can_install; then install_packages python3 python3-venv; fi
        python=$(find_python) || no_python
    fi
    say "Making .venv with $("$python" --version)."
    rm -rf "$venv"
    mkdir "$venv"
    touch "$unfinished"
    "$python" -m venv "$venv" || fail "$python could not make $venv"
}

install_project() {
    local what=. log=$venv/set-up.log status=0
    if [[ $mode == test ]]; then what='.[dev]'; fi
    say "Installing Relief and what it needs into .venv (the first time takes a minute or two)."
    touch "$unfinished"
    "$venv/bin/python" -m pip install --disable-pip-version-check --no-input -e "$what" -c constraints.txt >"$log" 2>&1 || status=$?
    if [[ $status -ne 0 ]]; then
        cat "$log" >&2
        # A pip that gave up by itself has put back what it touched; one that was killed has not.
        if [[ $status -lt 128 ]]; then rm -f "$unfinished"; fi
        fail "pip could not install the project; its messages are above"
    fi
    # Where PYTHONDONTWRITEBYTECODE is set nobody else would, and the app would start slower for ever.
    "$venv/bin/python" -m compileall -q relief_app
    rm -f "$unfinished"
}

set_up_python() {
    venv_is_sound || make_venv
    install_project
}

main() {
    local key stamp
    key=$(fingerprint "$mode")
    stamp=$venv/.set-up-$mode
    if is_done "$stamp" "$key"; then return 0; fi
    if [[ $mode == run ]] && is_done "$venv/.set-up-test" "$(fingerprint test)"; then return 0; fi
    # Two set-ups at once would install over each other: the second waits, and then finds the work done.
    if command -v flock >/dev/null; then
        exec 9<"$top"
        flock 9
    fi
    local complete=yes
    set_up_system || complete=no
    if ! is_done "$stamp-python" "$key"; then
        set_up_python
        printf '%s\n' "$key" >"$stamp-python"
    fi
    # While packages are missing, the next call says so again.
    if [[ $complete == yes ]]; then printf '%s\n' "$key" >"$stamp"; fi
}

trap 'exit 130' INT
main
