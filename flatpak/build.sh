# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# `./hearth flatpak`: the Flatpak built from this checkout, installed and started; ./hearth reads this file and
# runs run_flatpak, in the tree. What it used is written to build/flatpak/settings, for the tests.
#
# With Flathub set up (a remote of the user's of that name), its runtime is taken, and the Flatpak goes to the
# user's other ones. Otherwise a runtime is made from the tree, once, below the cache, and the Flatpak goes to an
# installation of its own in build/flatpak.

: "${checkout:?is set by ./hearth}" "${newline:?likewise}"

application=io.github.hearthapp.Hearth
runtime_branch=50

run_flatpak() { # [--prepare | FOLDER…]
  state=$checkout/build/flatpak
  mkdir -p "$state"
  exec 7>"$state/lock"
  lock 7 "building the Flatpak"
  choose_runtime
  choose_manifest "$@"
  build_flatpak || fail "The Flatpak does not build; see the messages above, or all of them in $state/log."
  exec 7>&-
  [ "${1-}" = --prepare ] || start_flatpak "$@"
}

# ---- The runtime ----------------------------------------------------------------------------------

choose_runtime() {
  : "${XDG_DATA_HOME:=$HOME/.local/share}"
  FLATPAK_USER_DIR=$XDG_DATA_HOME/flatpak
  FLATPAK_SYSTEM_DIR=$FLATPAK_USER_DIR
  export FLATPAK_USER_DIR FLATPAK_SYSTEM_DIR
  if has_runtime || install_flathub_runtime; then
    runtime=flathub
  else
    runtime=own
    FLATPAK_SYSTEM_DIR=$HEARTH_CACHE/runtime-${HEARTH_TREE##*/}
    FLATPAK_USER_DIR=$state/installation
    [ -d "$FLATPAK_SYSTEM_DIR" ] || make_runtime
  fi
  printf '%s=%s\n' FLATPAK_SYSTEM_DIR "$FLATPAK_SYSTEM_DIR" FLATPAK_USER_DIR "$FLATPAK_USER_DIR" >"$state/settings"
}

has_runtime() {
  for name in Platform Sdk; do
    flatpak --user info "org.gnome.$name//$runtime_branch" >/dev/null 2>&1 || return
  done
}

install_flathub_runtime() {
  flatpak --user remotes --columns=name 2>/dev/null | grep -q -x flathub || return
  quietly "Installing Flathub's runtime, once…" flatpak --user install -y --noninteractive flathub \
    "org.gnome.Platform//$runtime_branch" "org.gnome.Sdk//$runtime_branch"
}

make_runtime() {
  exec 9>"$HEARTH_CACHE/lock"
  lock 9 "setting up"
  if [ ! -d "$FLATPAK_SYSTEM_DIR" ]; then
    say "Flathub is not set up here, so a runtime is made from Debian's packages, once, in about a minute…"
    making=$HEARTH_CACHE/making-runtime
    rm -rf "$making"
    for old in "$HEARTH_CACHE"/runtime-*; do
      [ -d "$HEARTH_CACHE/${old##*/runtime-}" ] || rm -rf "$old"
    done
    runtime_from_tree >"$HEARTH_CACHE/runtime.log" 2>&1 || {
      rm -rf "$making"
      tail -n 5 "$HEARTH_CACHE/runtime.log" >&2
      fail "The runtime could not be made; all of the messages are in $HEARTH_CACHE/runtime.log."
    }
  fi
  exec 9>&-
}

runtime_from_tree() {
  own=$making/installation
  mkdir -p "$making" && ostree init --repo="$making/repo" --mode=bare-user-only || return
  for name in Sdk Platform; do
    lay_out "$making/$name" $name &&
      flatpak build-export --runtime --disable-fsync "$making/repo" "$making/$name" "$runtime_branch" || return
    rm -rf "${making:?}/$name"
  done
  FLATPAK_USER_DIR=$own flatpak --user remote-add --no-gpg-verify tree "file://$making/repo" &&
    FLATPAK_USER_DIR=$own flatpak --user install -y --noninteractive tree \
      "org.gnome.Platform//$runtime_branch" "org.gnome.Sdk//$runtime_branch" &&
    FLATPAK_USER_DIR=$own flatpak --user remote-delete --force tree &&
    mv "$own" "$FLATPAK_SYSTEM_DIR" && rm -rf "$making"
}

# The tree as a runtime's folder, by hard links where this user may make them. Without the large things that
# neither a build nor Hearth has a use for, and without what runs with another user's rights, which no runtime may
# have.
lay_out() { # FOLDER Sdk|Platform
  mkdir -p "$1/files" "$1/usr/etc"
  cp -al "$HEARTH_TREE/usr/." "$1/usr" 2>/dev/null || {
    rm -rf "${1:?}/usr"
    mkdir "$1/usr" "$1/usr/etc"
    cp -a --reflink=auto "$HEARTH_TREE/usr/." "$1/usr"
  } || return
  (
    cd "$1/usr" || exit
    find . -type f -perm /6000 -delete
    rm -rf games lib32 local src lib/chromium lib/llvm-* lib/*/libclang* lib/*/libnode* share/nodejs \
      share/vulkan/registry bin/caddy bin/gdb bin/shellcheck bin/*-lto-dump-*
    [ "$2" = Sdk ] || rm -rf include lib/gcc libexec/gcc lib/*/*.a lib/*/pkgconfig share/pkgconfig share/gir-1.0
  ) || return
  # What only root may read there is of no use in a runtime.
  cp -a "$HEARTH_TREE/etc/." "$1/usr/etc" 2>/dev/null
  rm -f "$1"/usr/etc/*shadow* "$1/usr/etc/.pwd.lock"
  machine=$(flatpak --default-arch)
  cat >"$1/metadata" <<END
[Runtime]
name=org.gnome.$2
runtime=org.gnome.Platform/$machine/$runtime_branch
sdk=org.gnome.Sdk/$machine/$runtime_branch
END
}

# ---- The Flatpak ----------------------------------------------------------------------------------

# The real one, or, where the sources of other projects cannot be had and the runtime has these libraries
# anyway, one without them.
choose_manifest() { # [--prepare]
  manifest=$checkout/flatpak/$application.json
  [ "$runtime" = own ] || return 0
  if [ ! -e "$state/no-sources" ] || [ "${1-}" != --prepare ]; then
    rm -f "$state/no-sources"
    say_later "Fetching the sources of other projects…"
    timeout 60 flatpak-builder --user --state-dir="$state/builder" --force-clean --download-only \
      "$state/app" "$manifest" >"$state/download.log" 2>&1
    result=$?
    hush
    [ "$result" -ne 0 ] || return 0
    touch "$state/no-sources"
  fi
  say "The sources of other projects cannot be had, so the libraries of the runtime are taken in their place."
  python3 -B "$checkout/flatpak/without_modules.py" "$manifest" "$checkout" >"$state/$application.json" || exit
  manifest=$state/$application.json
}

# What it is made of; the same again needs no building.
flatpak_stamp() {
  (
    cd "$checkout" && echo "$FLATPAK_SYSTEM_DIR" && cat "$manifest" &&
      find meson.build meson.options data po src -type f -print0 | sort -z | xargs -0 sha256sum
  ) | sha256sum
}

build_flatpak() {
  stamp=$(flatpak_stamp)
  [ "$(cat "$state/stamp" 2>/dev/null)" != "$stamp" ] ||
    ! flatpak --user info "$application" >/dev/null 2>&1 || return 0
  rm -f "$state/stamp"
  say_later "Building the Flatpak…"
  with_system_bus flatpak-builder --user --install --force-clean --disable-rofiles-fuse --state-dir="$state/builder" \
    "$state/app" "$manifest" >"$state/log" 2>&1 </dev/null
  result=$?
  hush
  [ "$result" -eq 0 ] || {
    tail -n 30 "$state/log" >&2
    return "$result"
  }
  printf '%s\n' "$stamp" >"$state/stamp"
}

# Flatpak asks the system bus about parental controls before it installs for an ordinary user, and wants one to
# be there, whoever is on it.
with_system_bus() { # COMMAND…
  if [ "$(id -u)" -eq 0 ] || [ -e /run/dbus/system_bus_socket ]; then
    "$@"
  else
    # shellcheck disable=SC2016
    dbus-run-session -- sh -c 'DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec "$@"' sh "$@"
  fi
}

# The portal hands the folders over, as it does when somebody chooses them; where there is none they are shown as
# they are. flatpak-run(1) forwards files by itself, but folders only since its version 1.17.
start_flatpak() { # FOLDER…
  say "Starting it in its sandbox. Again, without building: ./hearth flatpak"
  unset GSETTINGS_SCHEMA_DIR
  options=''
  for folder; do
    shift
    folder=$(readlink -m "$folder")
    path=$(flatpak document-export --transient --app="$application" "$folder" 2>/dev/null) || {
      path=$folder
      options=$options--filesystem=$folder:ro$newline
    }
    set -- "$@" "$path"
  done
  set -f
  IFS=$newline
  # shellcheck disable=SC2086
  exec flatpak run --user $options "$application" "$@"
}
