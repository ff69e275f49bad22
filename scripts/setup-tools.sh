#!/usr/bin/env bash
# Makes sure that the outside tools of tests, real images and benchmarks are here. Installs what is missing when root on
# Debian or Ubuntu; elsewhere says what is missing and what that costs. Plain bash: it runs before npm has brought Node.js 24.
set -euo pipefail

# command | Debian package | what goes without it
tools=(
  'skopeo|skopeo|image archives for tests; the real registry is filled by it'
  'umoci|umoci|the oracle for layers over one another; real images'
  'buildah|buildah|real images'
  'podman|podman|tests against a real container engine'
  'containerd|containerd|tests against a real containerd'
  'runc|runc|tests against a real container engine'
  'mmdebstrap|mmdebstrap|real images'
  'docker-registry|docker-registry|tests against a real registry'
  'htpasswd|apache2-utils|tests against a real registry with a password'
  'openssl|openssl|tests against a real registry with TLS'
  'zstd|zstd|real images; comparison of the zstd reader with the real one'
  'gzip|gzip|real images; the floor of the benchmarks'
  'pip3|python3-pip|the Python part of real images'
  'time|time|the memory benchmark'
  'go|golang-go|programs of Go for every format'
)
# Files that a package brings instead of a command.
files=(
  '/usr/share/keyrings/debian-archive-keyring.gpg|debian-archive-keyring|real images'
)

packages=()
lacks=()

need() { # NAME PACKAGE COST
  packages+=("$2")
  lacks+=("$1 (package $2): without it no $3")
}

find_missing() {
  local row name package cost
  packages=() lacks=()
  for row in "${tools[@]}"; do
    IFS='|' read -r name package cost <<<"$row"
    # type -P finds files only: bash has a word "time" of its own.
    type -P "$name" >/dev/null || need "$name" "$package" "$cost"
  done
  for row in "${files[@]}"; do
    IFS='|' read -r name package cost <<<"$row"
    [ -e "$name" ] || need "$name" "$package" "$cost"
  done
}

can_install() { [ "$(id -u)" = 0 ] && type -P apt-get >/dev/null; }

# docker-registry and others would start as services. Tests start their own, on their own ports.
install_without_starting() {
  local policy=/usr/sbin/policy-rc.d ours=no
  if [ ! -e "$policy" ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap "rm -f '$policy'" EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q </dev/null
  apt-get install -q -y --no-install-recommends "$@" </dev/null
  if [ "$ours" = yes ]; then rm -f "$policy"; fi
  if [[ " $* " == *' docker-registry '* ]] && [ -d /run/systemd/system ]; then
    systemctl disable --now docker-registry || true
  fi
}

find_missing
if [ "${#packages[@]}" = 0 ]; then
  echo "setup-tools: all ${#tools[@]} tools are here"
  exit 0
fi
if can_install; then
  echo "setup-tools: installing ${packages[*]}"
  install_without_starting "${packages[@]}"
  find_missing
  [ "${#packages[@]}" != 0 ] || { echo 'setup-tools: installed'; exit 0; }
  status=1
else
  echo 'setup-tools: not root, or no apt-get: nothing was installed'
  status=0
fi
printf 'setup-tools: missing: %s\n' "${lacks[@]}"
exit "$status"
