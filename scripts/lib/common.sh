# shellcheck shell=bash disable=SC2034
# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
# What scripts/run, scripts/test and scripts/bench share: finding and installing packages, building, showing progress.
# Everything a tool says goes to build/logs/; people see one line of progress, and the log's end when something fails.

project_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
log_folder=$project_root/build/logs

say() { printf '%s\n' "$*" >&2; }
fail()
{
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# One entry a need; "a|b" is one package under its names in Debian 12 and Ubuntu 24.04.
build_packages=(
    g++ cmake ninja-build ccache pkg-config ca-certificates
    qt6-base-dev qt6-base-private-dev qt6-declarative-dev qt6-declarative-private-dev qt6-declarative-dev-tools
    'qt6-charts-dev|libqt6charts6-dev' 'qt6-svg-dev|libqt6svg6-dev' libqscintilla2-qt6-dev libtree-sitter-dev libicu-dev libgmp-dev libssl-dev zlib1g-dev libbrotli-dev libsimdjson-dev libprotozero-dev libuv1-dev node-llhttp libwebp-dev libgl1-mesa-dev
    fonts-inter fonts-jetbrains-mono
)
test_packages=(clang-format-14 curl xvfb xdotool protobuf-compiler)
# A browser for the picture of the HTML report. Ubuntu has it as a snap only; there the test is skipped.
! grep -qs '^ID=debian$' /etc/os-release || test_packages+=(chromium)
# What is measured beside Loopscope.
bench_packages=(python3-simpy3 wrk)

package_is_installed()
{
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Prints the needs that no installed package meets.
missing_packages()
{
    local need name
    for need in "$@"; do
        for name in ${need//|/ }; do
            package_is_installed "$name" && continue 2
        done
        printf '%s\n' "$need"
    done
}

as_root()
{
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

install_packages()
{
    local -a missing names=()
    local need name
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian or Ubuntu: the packages of scripts/lib/common.sh are taken as installed."
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    command -v npm >/dev/null || missing+=(npm)
    command -v node >/dev/null || missing+=(nodejs)
    ((${#missing[@]})) || return 0
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        fail "these packages are missing, and installing them takes root or sudo: ${missing[*]}"
    fi

    logged packages "Reading the list of packages" as_root apt-get -q update
    for need in "${missing[@]}"; do
        for name in ${need//|/ }; do
            if apt-cache show "$name" >/dev/null 2>&1; then
                names+=("$name")
                continue 2
            fi
        done
        fail "no package here provides ${need//|/ or }. Loopscope builds on Debian 12 and Ubuntu 24.04 (with universe)."
    done
    logged packages "Installing ${#names[@]} packages" \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${names[@]}"
}

# Shows progress: rewrites one line on a terminal, prints a line now and then elsewhere.
show_progress()
{
    if [[ -t 2 ]]; then
        printf '\r\033[K%s' "$1" >&2
    elif ((SECONDS >= ${next_progress:-0})); then
        printf '%s\n' "$1" >&2
        next_progress=$((SECONDS + 20))
    fi
}

end_progress()
{
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

show_end_of_log() { tail -n 60 "$1" >&2; }

# logged LOG "What is done" COMMAND...: quiet on success; on failure shows the log (by $show_log). Lines like "[12/80] ..." and
# "3/40 Test ..." move the progress line.
logged()
{
    local log=$log_folder/$1.log what=$2 line status=0
    shift 2
    mkdir -p "$log_folder"
    next_progress=0
    show_progress "$what ..."
    "$@" 2>&1 | tee "$log" | while IFS= read -r line; do
        if [[ $line =~ ^\[([0-9]+/[0-9]+)\] || $line =~ ^\ *([0-9]+/[0-9]+)\ Test ]]; then
            show_progress "$what: ${BASH_REMATCH[1]}"
        fi
    done || status=${PIPESTATUS[0]}
    end_progress
    if ((status)); then
        say "$what failed (the whole log: ${log#"$project_root"/}):"
        "${show_log:-show_end_of_log}" "$log"
        return "$status"
    fi
}

# build PRESET: configures when needed, then builds all its targets.
build()
{
    local preset=$1
    cd "$project_root" || exit
    if [[ ! -e build/$preset/build.ninja ]]; then
        logged "configure-$preset" "Configuring ($preset)" cmake --preset "$preset"
    fi
    logged "build-$preset" "Building ($preset)" cmake --build --preset "$preset"
}
