/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a harness without libFuzzer: every file named, or in a folder named, on the command line,
 * and then a fixed number of mutations of them, the same ones every time.
 *
 *   HEARTH_FUZZ_RUNS   how many mutations (0: the files only, to try one input again)
 *   HEARTH_FUZZ_SEED   another number, other mutations
 *
 * An input that crashes, breaks a promise or takes too long is printed in hexadecimal, ready for
 * `xxd -r -p`. Prints TAP. */

#include "fuzz.h"

#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined __has_feature
#  if __has_feature(address_sanitizer)
#    define HAS_SANITIZER 1
#  endif
#endif
#if defined __SANITIZE_ADDRESS__
#  define HAS_SANITIZER 1
#endif
#ifdef HAS_SANITIZER
#  include <sanitizer/common_interface_defs.h>
#endif

#define DEFAULT_RUNS 150000
#define MAX_EDITS 6
#define MAX_BYTES 65536
#define MAX_SECONDS 10

/* The bytes that the harness looks at, for the handlers of signals. */
static const uint8_t *current;
static size_t current_size;

/* Bytes that parsers treat in a way of their own, of text and of binary formats. */
static const char *const tokens[] = {
  "0",  "00", "1",    "127",  "255",  "256",      "65535",    "4294967296", "ffff", "0x",
  ".",  "..", ":",    "::",   "%",    "%lo",      "/",        "-",          " ",    "\n",
  "\\", "\"", "\x1b", "\x7f", "\xff", "\xc3\xa9", "\xe2\x80", "%s%n",       "../",  "\r\n",
};

static void
write_all (const char *text, size_t length)
{
  if (write (STDERR_FILENO, text, length) < 0)
    _exit (EXIT_FAILURE);
}

/* Nothing in here but what a signal handler may do. */
static void
dump_current (void)
{
  static const char digits[] = "0123456789abcdef";
  static const char heading[] = "\nThe input, in hexadecimal:\n";
  const uint8_t *bytes = current;

  if (bytes == NULL)
    return;
  current = NULL;
  write_all (heading, sizeof heading - 1);
  for (size_t i = 0; i < current_size; i++)
    {
      const char pair[] = { digits[bytes[i] >> 4], digits[bytes[i] & 15] };

      write_all (pair, sizeof pair);
    }
  write_all ("\n", 1);
}

static void
on_signal (int number)
{
  dump_current ();
  raise (number);
}

/* A sanitizer reports the signals of the processor itself, and better. */
static void
catch_signals (void)
{
  static const int numbers[] = {
    SIGABRT, SIGALRM, SIGTERM, SIGTRAP,
#ifndef HAS_SANITIZER
    SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,
#endif
  };
  struct sigaction action = { .sa_handler = on_signal,
                              .sa_flags = (int) SA_RESETHAND | SA_NODEFER };

  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &action, NULL);
#ifdef HAS_SANITIZER
  __sanitizer_set_death_callback (dump_current);
#endif
}

/* Gives the harness a copy that ends where the input ends, so that a sanitizer sees it read on. */
static void
run (const char *data, size_t size)
{
  g_autofree uint8_t *exact = g_malloc (MAX (size, 1));

  memcpy (exact, data, size);
  current_size = size;
  current = exact;
  alarm (MAX_SECONDS);
  LLVMFuzzerTestOneInput (exact, size);
  current = NULL;
}

/* splitmix64: small, and the same on every system. */
static uint64_t
next_random (uint64_t *state)
{
  uint64_t mixed = *state += UINT64_C (0x9e3779b97f4a7c15);

  mixed = (mixed ^ mixed >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ mixed >> 27) * UINT64_C (0x94d049bb133111eb);
  return mixed ^ mixed >> 31;
}

static size_t
pick (uint64_t *state, size_t count)
{
  return (size_t) (next_random (state) % count);
}

/* Replaces @length bytes at @at by others. */
static void
replace (GString *input, size_t at, size_t length, const char *bytes, size_t count)
{
  g_string_erase (input, (gssize) at, (gssize) length);
  g_string_insert_len (input, (gssize) at, bytes, (gssize) count);
}

/* Puts a piece of another input in the place of a piece of this one. */
static void
splice (uint64_t *state, GPtrArray *seeds, GString *input, size_t at, size_t length)
{
  const GString *other = seeds->pdata[pick (state, seeds->len)];
  size_t from = pick (state, other->len + 1);
  size_t count = pick (state, other->len - from + 1);

  replace (input, at, length, other->str + from, count);
}

static void
edit (uint64_t *state, GPtrArray *seeds, GString *input)
{
  size_t at = pick (state, input->len + 1);
  size_t length = pick (state, MIN (8, input->len - at) + 1);
  const char *token = tokens[pick (state, G_N_ELEMENTS (tokens))];
  const char byte = (char) next_random (state);

  switch (pick (state, 6))
    {
    case 0:
      if (at < input->len)
        input->str[at] ^= (char) (1u << pick (state, 8));
      break;
    case 1:
      replace (input, at, MIN (length, 1), &byte, 1);
      break;
    case 2:
      replace (input, at, 0, &byte, 1);
      break;
    case 3:
      replace (input, at, length, "", 0);
      break;
    case 4:
      replace (input, at, length, token, strlen (token));
      break;
    default:
      splice (state, seeds, input, at, length);
      break;
    }
}

static void
run_mutations (GPtrArray *seeds, uint64_t state, uint64_t runs)
{
  for (uint64_t i = 0; i < runs; i++)
    {
      const GString *seed = seeds->pdata[pick (&state, seeds->len)];
      g_autoptr (GString) input = g_string_new_len (seed->str, (gssize) seed->len);

      for (size_t edits = 1 + pick (&state, MAX_EDITS); edits > 0; edits--)
        edit (&state, seeds, input);
      run (input->str, MIN (input->len, MAX_BYTES));
    }
}

static void
add_file (GPtrArray *seeds, const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  g_ptr_array_add (seeds, g_string_new_len (data, (gssize) size));
}

static void
free_seed (gpointer seed)
{
  g_string_free (seed, TRUE);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorted, because the order of a folder is its file system's own, and the mutations depend on it.
 */
static void
add_folder (GPtrArray *seeds, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    add_file (seeds, names->pdata[i]);
}

static GPtrArray *
read_seeds (int count, char *paths[])
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func (free_seed);

  for (int i = 0; i < count; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      add_folder (seeds, paths[i]);
    else
      add_file (seeds, paths[i]);
  return seeds;
}

static uint64_t
get_number (const char *variable, uint64_t otherwise)
{
  const char *text = g_getenv (variable);
  guint64 number;
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return otherwise;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number, &error))
    g_error ("%s: %s", variable, error->message);
  return number;
}

int
main (int argc, char *argv[])
{
  uint64_t runs = get_number ("HEARTH_FUZZ_RUNS", DEFAULT_RUNS);
  uint64_t seed = get_number ("HEARTH_FUZZ_SEED", 1);
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autoptr (GPtrArray) seeds = read_seeds (argc - 1, argv + 1);

  g_print ("1..1\n");
  if (seeds->len == 0)
    {
      g_print ("not ok 1 - %s: name a file or a folder with inputs\n", name);
      return EXIT_FAILURE;
    }

  catch_signals ();
  run ("", 0);
  for (guint i = 0; i < seeds->len; i++)
    {
      const GString *input = seeds->pdata[i];

      run (input->str, input->len);
    }
  run_mutations (seeds, seed, runs);

  g_print ("ok 1 - %s: %u inputs, %" G_GUINT64_FORMAT " mutations\n", name, seeds->len, runs);
  return EXIT_SUCCESS;
}
