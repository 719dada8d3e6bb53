# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# What `./hearth lint` looks at; ./hearth reads this file and runs run_lint, in the build environment.
# Every check is a function that prints what it found and fails, or is silent; one that has nothing to
# look at yet passes.

: "${checkout:?is set by ./hearth}"

run_lint() {
  cd "$checkout" || exit
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  lint_result=0
  check "builds" builds build_native
  check "formatting" check_format
  check "licence lines" check_licence_lines
  check "shell scripts" check_shell
  check "system code only in -linux, -bsd and -windows files" check_system_code
  check "GTK only in src/app" check_toolkit
  check "libuv and llhttp only in src/serve" check_server
  check "polkit only in src/helper/hearth-helper-authority.c" check_polkit
  check "addresses changed only through src/platform/hearth-edit.c" check_one_door
  check "main() in files under 60 lines" check_main
  check "static analysis, clang" check_clang
  check "static analysis, gcc" builds build_analyze
  check "desktop entry" check_desktop
  check "metainfo" check_metainfo
  check "XML" check_xml
  check "settings schema" check_schema
  check "completions" check_completions
  check "manual pages" check_pages
  check "systemd units" check_units
  check "system user" check_user
  check "polkit policy" check_polkit_policy
  check "bus policy" check_bus_policy
  check "Flatpak manifest" check_flatpak
  check "translations: every file listed" check_translated_files
  check "translations: complete" check_translations
  exit "$lint_result"
}

check() { # WHAT FUNCTION ARG…
  what=$1
  shift
  say_later "Checking: $what…"
  "$@" >"$scratch/found" 2>&1
  result=$?
  hush
  if [ "$result" -eq 0 ] && [ ! -s "$scratch/found" ]; then
    echo "ok    $what"
  else
    echo "FAIL  $what"
    sed 's/^/      /' "$scratch/found"
    lint_result=1
  fi
}

builds() { # FUNCTION
  "$@" 2>"$scratch/build" || cat "$scratch/build"
}

# The files of the checkout whose names match; none is fine.
files() { # FOLDER PATTERN…
  where=$1
  shift
  [ -e "$where" ] || return 0
  names="-name $1"
  shift
  for pattern; do
    names="$names -o -name $pattern"
  done
  set -f
  # shellcheck disable=SC2086
  find "$where" \( -path ./build -o -path ./.git -o -path '*/corpus' -o -path '*/fixtures' \) -prune \
    -o -type f \( $names \) -print | sort
  set +f
}

scripts() { # INTERPRETER-PATTERN
  files . '*' | while IFS= read -r file; do
    [ -x "$file" ] && head -n 1 "$file" | grep -q "^#!.*[/ ]$1\$" && echo "$file"
  done
}

# Finds the lines in the files named on standard input.
grep_files() { # PATTERN
  xargs -r grep -n -E "$1" /dev/null
}

check_format() {
  { files src '*.c' && files tests '*.c'; } | while IFS= read -r file; do
    clang-format --dry-run -Werror "$file" 2>/dev/null || echo "./hearth shell clang-format -i $file"
  done
}

check_licence_lines() {
  {
    files . '*.[ch]' '*.py' '*.sh' '*.build' meson.options '*.ui' '*.css' '*.xml' '*.in' '*.policy' \
      '*.desktop' '*.service' '*.conf' '*.rules' '*.supp' '*.yml' '*.[1-8]' '*.table' LINGUAS
    scripts '.*'
  } | sort -u | while IFS= read -r file; do
    head -n 3 "$file" | grep -q SPDX-License-Identifier: || echo "$file: no SPDX line among the first three"
  done
}

check_shell() {
  { files . '*.sh' && scripts '\(ba\|da\|\)sh'; } | sort -u | xargs -r shellcheck
}

check_system_code() {
  files src '*.[ch]' | grep -v -E -e '-(linux|bsd|windows)\.[ch]$' | grep_files \
    '^[ \t]*#[ \t]*((el)?if.*(__linux__|_WIN32|__APPLE__|__(Free|Open|Net)BSD__|G_OS_)|include[ \t]*<((net|netinet|linux|arpa|libmnl)/|sys/socket\.h|ifaddrs\.h|winsock2\.h))' ||
    true
}

check_toolkit() {
  files src '*.[ch]' | grep -v '^src/app/' | grep_files '#[ \t]*include[ \t]*[<"](gtk/|adwaita\.h)' || true
}

# And nothing of the other rooms there, GLib included.
check_server() {
  files src '*.[ch]' | grep -v '^src/serve/' | grep_files '#[ \t]*include[ \t]*[<"](uv\.h|llhttp\.h)' || true
  files src/serve '*.[ch]' | grep_files '#[ \t]*include[ \t]*([<"]glib|"hearth-)' || true
}

check_polkit() {
  files src '*.[ch]' | grep -v '^src/helper/hearth-helper-authority\.c$' |
    grep_files '#[ \t]*include[ \t]*[<"]polkit|"CheckAuthorization"' || true
}

# Where it stands what may be changed, and what is taken back. hearth-platform.c is what it calls.
check_one_door() {
  files src '*.c' | grep -v -E '^src/platform/hearth-(edit|platform)\.c$' |
    grep_files 'hearth_platform_(add|remove|tag)_address|->(add|remove|tag)_address \(' || true
}

check_main() {
  files src '*.c' | grep_files '^main \(' | cut -d : -f 1 | while IFS= read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -lt 60 ] || echo "$file has main() and $lines lines"
  done
}

# Left out: what GLib's macros set off, leaks and dead stores above all, because clang's analyzer does not
# know of g_autoptr. It gives a function up after a quarter of the steps that it would take by itself: five
# files were half of the time.
check_clang() {
  checks='-*,bugprone-*,clang-analyzer-*'
  for off in bugprone-assignment-in-if-condition bugprone-branch-clone bugprone-casting-through-void \
    bugprone-easily-swappable-parameters bugprone-implicit-widening-of-multiplication-result \
    bugprone-macro-parentheses bugprone-multi-level-implicit-pointer-conversion \
    bugprone-narrowing-conversions bugprone-not-null-terminated-result bugprone-reserved-identifier \
    bugprone-sizeof-expression \
    clang-analyzer-deadcode.DeadStores clang-analyzer-optin.core.EnumCastOutOfRange \
    clang-analyzer-optin.performance.Padding \
    'clang-analyzer-security.insecureAPI.*'; do
    checks=$checks,-$off
  done
  sed -n -E 's#.*"file": "../../((src|tests)/.*\.c)".*#\1#p' build/native/compile_commands.json | sort -u |
    xargs -r -n 4 -P "$(nproc)" clang-tidy --quiet -p build/native --extra-arg=-Wno-unknown-warning-option \
      "--extra-arg=-I$checkout/src/app/precompiled" \
      --extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes=60000 \
      "--checks=$checks" 2>&1 |
    grep -E '(warning|error):' | grep -v 'Potential leak of memory' | sort -u
}

# The programs that look at a desktop entry want its real name.
real_names() { # PATTERN…
  files data "$@" | while IFS= read -r file; do
    copy=$scratch/$(basename "$file" .in)
    cp "$file" "$copy"
    echo "$copy"
  done
}

check_desktop() {
  real_names '*.desktop' '*.desktop.in' | xargs -r desktop-file-validate --no-hints
}

check_metainfo() {
  real_names '*.metainfo.xml' '*.metainfo.xml.in' | while IFS= read -r file; do
    appstreamcli validate --strict --no-net "$file" >"$scratch/appstream" 2>&1 || cat "$scratch/appstream"
  done
}

check_xml() {
  files . '*.xml' '*.xml.in' '*.ui' '*.policy' '*.policy.in' '*.svg' | xargs -r xmllint --nonet --noout
}

check_schema() {
  [ -z "$(files data '*.gschema.xml')" ] || glib-compile-schemas --strict --dry-run data
}

check_pages() {
  files data '*.[1-8]' | xargs -r mandoc -T lint -W warning
}

# As each shell reads them.
check_completions() {
  for program in hearth hearthctl hearth-serve; do
    for shell in bash zsh fish; do
      data/completions/make-completions data/completions/completions.table "$shell" "$program" \
        >"$scratch/completion" && "$shell" -n "$scratch/completion"
    done
  done
}

# With the program of the build, because they may name only one that is there.
check_units() {
  program=$checkout/build/native/src/helper/hearth-helper
  files data 'hearth-helper*.service.in' 'hearth-helper*.path' | while IFS= read -r file; do
    sed "s|@libexecdir@/hearth-helper|$program|" "$file" >"$scratch/$(basename "$file" .in)"
  done
  systemd-analyze verify --man=no --recursive-errors=no "$scratch"/hearth-helper*.service \
    "$scratch"/hearth-helper*.path 2>&1 | grep -F -e hearth-helper -e "$scratch" || true
}

check_user() {
  files data '*.sysusers.conf' | xargs -r systemd-sysusers --dry-run >"$scratch/users" 2>&1 || cat "$scratch/users"
}

check_polkit_policy() {
  files data '*.policy.in' |
    xargs -r xmllint --nonet --noout --dtdvalid /usr/share/polkit-1/policyconfig-1.dtd
}

# By a bus that reads it.
check_bus_policy() {
  cat >"$scratch/bus.conf" <<END
<busconfig>
  <type>session</type>
  <listen>unix:dir=$scratch</listen>
  <include>$checkout/data/io.github.hearthapp.Hearth.Helper1.conf</include>
</busconfig>
END
  dbus-run-session --config-file="$scratch/bus.conf" -- true >"$scratch/bus" 2>&1 || cat "$scratch/bus"
}

# By flatpak-builder, which says what it does not know, and by the schema, which knows what Hearth may ask for.
check_flatpak() {
  manifest=flatpak/io.github.hearthapp.Hearth.json
  [ -e "$manifest" ] || return 0
  (cd "$scratch" && flatpak-builder --show-manifest "$checkout/$manifest" >/dev/null)
  python3 -B flatpak/manifest.py "$manifest" flatpak/manifest.schema.json
}

check_translated_files() {
  [ -e po/POTFILES.in ] || return 0
  {
    files src '*.[ch]' | grep_files '(^|[^A-Za-z0-9_])([NCQ]|NC|g_dngettext|ngettext|gettext)?_? \("' |
      grep -v -E 'gettext_ \(' | cut -d : -f 1
    files src '*.ui' | grep_files 'translatable="(yes|true)"' | cut -d : -f 1
    files data '*.desktop.in' '*.metainfo.xml.in' '*.policy.in'
  } | sort -u | while IFS= read -r file; do
    grep -q -x -F "$file" po/POTFILES.in || echo "$file is not in po/POTFILES.in"
  done
}

# Against the words of today, not those of the day when the translation was made.
check_translations() {
  [ -e po/LINGUAS ] || return 0
  xgettext --files-from=po/POTFILES.in --output="$scratch/hearth.pot" --from-code=UTF-8 \
    --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3
  grep -v '^#' po/LINGUAS | tr ' ' '\n' | grep . | while IFS= read -r language; do
    msgfmt --check --output-file=/dev/null "po/$language.po"
    msgmerge --quiet --no-fuzzy-matching "po/$language.po" "$scratch/hearth.pot" |
      LC_ALL=C msgfmt --statistics --output-file=/dev/null - 2>&1 |
      grep -E 'fuzzy|untranslated' | sed "s/^/$language: /"
  done
}
