# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# `./hearth test windows`: everything that there is for Windows, built by mingw-w64 and run by Wine, in a tree of its
# own; ./hearth reads this file. GLib and what else Debian has not for Windows is built there once, from Debian's
# sources, and kept beside the tree, as /usr/local/windows in it.

: "${checkout:?is set by ./hearth}" "${cache=}" "${environment=}"

windows_packages() {
  cat <<'END'
dbus-bin
g++-mingw-w64-x86-64-win32
gcc
gcc-mingw-w64-x86-64-win32
gettext
iproute2
libc6-dev
libglib2.0-dev-bin
libz-mingw-w64-dev
meson
ninja-build
pkgconf
procps
python3
python3-h11
python3-packaging
python3-pytest
util-linux
wine
wine64
xz-utils
END
}

# ---- Outside ------------------------------------------------------------------------------------

ensure_windows() {
  ensure_tree windows
  libraries=$cache/libraries-$environment-$(libraries_key)
  if [ ! -d "$libraries" ]; then
    exec 9>"$cache/lock"
    lock 9 "setting up"
    [ -d "$libraries" ] || make_libraries
    exec 9>&-
  fi
  # Held as the tree is.
  exec 5<"$libraries"
  flock -s 5
}

libraries_key() {
  cat "$checkout"/tests/windows/cross.ini "$checkout"/tests/windows/libraries/* | cksum | cut -d ' ' -f 1
}

make_libraries() {
  final=$libraries
  libraries=$cache/making-${final##*/}
  log=$cache/libraries.log
  say "Building GLib and libuv for Windows (once, about four minutes)…"
  rm -rf "$libraries"
  mkdir "$libraries" || fail "There is no place for them in $cache."
  # Without the lock, which is this process's alone.
  (run_inside sh "$checkout/tests/windows/libraries/build" "/usr/share/sources" /usr/local/windows) \
    >"$log" 2>&1 </dev/null 9>&- || {
    tail -n 20 "$log" >&2
    fail "The libraries for Windows could not be built; look into $log."
  }
  mv "$libraries" "$final"
  libraries=$final
  for old in "$cache"/libraries-windows-*; do
    [ "$old" = "$final" ] || ! is_unused "$old" || rm -rf "$old"
  done
}

# ---- Inside -------------------------------------------------------------------------------------

build_windows() {
  build windows "--cross-file=$checkout/tests/windows/cross.ini" -Dbuild.pkg_config_path=/usr/local/windows/native
}

# One Wine for all tests, in a network and a home of their own.
run_windows_tests() { # [NAME…]
  cd "$checkout" || exit
  if ! build_windows; then
    say "Hearth does not build for Windows, so nothing was tested; the messages above say why."
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  exec 6>build/test-windows.lock
  lock 6 testing
  use_wine
  check_names "$(meson test -C build/windows --no-rebuild --list 2>/dev/null | sed 's|.* / ||' | sort -u)" "$@"
  echo "── windows"
  rm -f build/windows/meson-logs/testlog.* build/windows/meson-logs/again.*
  failed_lanes=''
  # Again, as elsewhere. Besides, Wine kills a process that is not gone half a second after its end, whose own status is
  # lost then: where the computer has much else to do, that happens to one of some thousand.
  tests/isolated sh tests/windows/with-wine meson test -C build/windows --no-rebuild --print-errorlogs \
    --num-processes "$(($(nproc) + 1))" --timeout-multiplier 4 "$@" </dev/null ||
    run_again windows tests/isolated sh tests/windows/with-wine
  # shellcheck disable=SC2086
  python3 -B tests/count_results.py build windows -- $failed_lanes
}

run_windows_shell() { # [COMMAND…]
  build_windows || say "Hearth does not build for Windows, so its programs are old or missing here."
  use_wine
  [ $# -gt 0 ] || set -- sh
  exec "$@"
}

# What it would ask on a screen about .NET and HTML is answered with no, and a test that crashes just ends. The first
# program that makes a window has Wine start a desktop, which lives on and keeps that program's pipe for messages: who
# reads it waits for ever for its end. libgio makes one whenever it is loaded, in the thread that looks for
# applications. Windows has its desktop already; here there is none, and windows do without.
use_wine() {
  WINEPREFIX=$checkout/build/windows/wine
  WINEPATH=/usr/local/windows/bin
  WINEDEBUG=${WINEDEBUG--all}
  WINEDLLOVERRIDES='explorer.exe,mscoree,mshtml,winedbg.exe,winemenubuilder.exe='
  export WINEPREFIX WINEPATH WINEDEBUG WINEDLLOVERRIDES
}
