/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-helper-contents.h"
#include "hearth-platform-fake.h"

typedef struct {
  char *folder;
  char *kept;  /* the path of the file */
  char *other; /* a file that is nobody's business */
  HearthHelperStore *store;
  HearthPlatform *platform;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("store.XXXXXX", NULL);
  fixture->kept = g_build_filename (fixture->folder, "kept.json", NULL);
  fixture->other = g_strconcat (fixture->folder, ".other", NULL);
  fixture->store = hearth_helper_store_new (fixture->folder, fixture->folder);
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  g_assert_true (g_file_set_contents (fixture->other, "untouched", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = NULL;

  g_assert_true (g_file_get_contents (fixture->other, &other, NULL, NULL));
  g_assert_cmpstr (other, ==, "untouched");
  g_assert_finalize_object (fixture->platform);
  hearth_helper_store_free (fixture->store);
  g_free (fixture->folder);
  g_free (fixture->kept);
  g_free (fixture->other);
}

static void
write_kept (Fixture *fixture, const char *text)
{
  g_assert_true (
      g_file_set_contents_full (fixture->kept, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static char *
read_kept (Fixture *fixture, GError **error)
{
  gsize length;

  return hearth_helper_store_read (fixture->store, HEARTH_HELPER_FILE_KEPT, &length, error);
}

static gboolean
write_through (Fixture *fixture, const char *text, GError **error)
{
  return hearth_helper_store_write (fixture->store, HEARTH_HELPER_FILE_KEPT, text,
                                    text != NULL ? strlen (text) : 0, NULL, error);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_null (read_kept (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (write_through (fixture, "one", &error));
  first = read_kept (fixture, &error);
  g_assert_cmpstr (first, ==, "one");
  g_assert_true (write_through (fixture, "two", &error));
  second = read_kept (fixture, &error);
  g_assert_cmpstr (second, ==, "two");
  g_assert_cmpint (g_stat (fixture->kept, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  g_assert_true (write_through (fixture, NULL, &error));
  g_assert_false (g_file_test (fixture->kept, G_FILE_TEST_EXISTS));
  g_assert_true (write_through (fixture, NULL, &error));
  g_assert_false (hearth_helper_store_has_files (fixture->store));
}

/* A process that was killed left the new file behind, half written; or somebody laid a trap there.
 */
static void
test_new_file_is_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *new_path = g_strconcat (fixture->kept, ".new", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  write_kept (fixture, "old");
  g_assert_cmpint (symlink (fixture->other, new_path), ==, 0);
  g_assert_true (write_through (fixture, "new", &error));
  text = read_kept (fixture, &error);
  g_assert_cmpstr (text, ==, "new");

  g_assert_cmpint (g_mkdir (new_path, 0700), ==, 0);
  g_assert_false (write_through (fixture, "newer", &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_free (text);
  text = read_kept (fixture, NULL);
  g_assert_cmpstr (text, ==, "new");
}

static void
make_link (Fixture *fixture)
{
  g_assert_cmpint (symlink (fixture->other, fixture->kept), ==, 0);
}

static void
make_fifo (Fixture *fixture)
{
  g_assert_cmpint (mkfifo (fixture->kept, 0600), ==, 0);
}

static void
make_folder (Fixture *fixture)
{
  g_assert_cmpint (g_mkdir (fixture->kept, 0700), ==, 0);
}

static void
make_hard_link (Fixture *fixture)
{
  g_assert_cmpint (link (fixture->other, fixture->kept), ==, 0);
}

static void
make_writable (Fixture *fixture)
{
  write_kept (fixture, "{\"version\":1,\"kept\":[]}");
  g_assert_cmpint (g_chmod (fixture->kept, 0666), ==, 0);
}

static void
make_huge (Fixture *fixture)
{
  write_kept (fixture, "");
  g_assert_cmpint (truncate (fixture->kept, 100 * 1024 * 1024), ==, 0);
}

static void
test_not_ours (Fixture *fixture, gconstpointer data)
{
  void (*make) (Fixture *) = (void (*) (Fixture *)) data;
  g_autofree char *broken = g_strconcat (fixture->kept, ".broken", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  make (fixture);
  g_assert_null (read_kept (fixture, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (hearth_helper_store_set_aside (fixture->store, HEARTH_HELPER_FILE_KEPT, &error));
  g_assert_cmpint (g_lstat (broken, &info), ==, 0);
  g_assert_true (write_through (fixture, "ours", &error));
  text = read_kept (fixture, &error);
  g_assert_cmpstr (text, ==, "ours");
}

/* Nothing is written through a link or into somebody else's folder. */
static void
test_folder_is_not_ours (Fixture *fixture, gconstpointer data)
{
  g_autofree char *there = g_strconcat (fixture->folder, ".there", NULL);
  g_autofree char *file = g_build_filename (there, "kept.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (fixture->folder, there), ==, 0);
  g_assert_cmpint (symlink (there, fixture->folder), ==, 0);
  g_assert_false (write_through (fixture, "x", &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_unlink (fixture->folder), ==, 0);
  g_assert_cmpint (g_rename (there, fixture->folder), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  g_assert_false (write_through (fixture, "x", &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  g_assert_true (write_through (fixture, "x", &error));
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int lock = hearth_helper_store_lock (fixture->store, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (hearth_helper_store_lock (fixture->store, 30, &error), ==, -1);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS);
  g_clear_error (&error);
  g_close (lock, NULL);
  lock = hearth_helper_store_lock (fixture->store, 0, &error);
  g_assert_no_error (error);
  g_close (lock, NULL);
}

/* What is in the files */

#define RECORD(address)                                                                            \
  "{\"interface\":\"lo\",\"address\":\"" address "\",\"lifetime\":\"always\",\"uid\":1000}"

static const struct {
  const char *what;
  const char *text;
  guint n_right;
} broken_files[] = {
  { "empty", "", 0 },
  { "truncated", "{\"version\":1,\"kept\":[" RECORD ("127.0.0.2/32"), 0 },
  { "another version", "{\"version\":2,\"kept\":[" RECORD ("127.0.0.2/32") "]}", 0 },
  { "no version", "{\"kept\":[" RECORD ("127.0.0.2/32") "]}", 0 },
  { "no object", "[1]", 0 },
  { "no list", "{\"version\":1}", 0 },
  { "a list that is none", "{\"version\":1,\"kept\":7}", 0 },
  { "records that are none", "{\"version\":1,\"kept\":[7,null,[],\"x\"]}", 0 },
  { "duplicates",
    "{\"version\":1,\"kept\":[" RECORD ("127.0.0.2/32") "," RECORD ("127.0.0.2/32") "]}", 1 },
  { "a base address",
    "{\"version\":1,\"kept\":[" RECORD ("127.0.0.1/32") "," RECORD ("127.0.0.2/32") "]}", 1 },
  { "forbidden addresses",
    "{\"version\":1,\"kept\":[" RECORD ("0.0.0.0/32") "," RECORD ("224.0.0.1/32") "," RECORD (
        "::1/128") "," RECORD ("10.0.0.1/8") "," RECORD ("fd00::2/128") "]}",
    1 },
  { "a spelling that is not ours", "{\"version\":1,\"kept\":[" RECORD ("127.0.0.2") "]}", 0 },
  { "another lifetime",
    "{\"version\":1,\"kept\":[{\"interface\":\"lo\",\"address\":\"127.0.0.2/32\",\"lifetime\":"
    "\"restart\",\"uid\":0}]}",
    0 },
  { "a uid that is none",
    "{\"version\":1,\"kept\":[{\"interface\":\"lo\",\"address\":\"127.0.0.2/32\",\"lifetime\":"
    "\"always\",\"uid\":-1}]}",
    0 },
  { "an interface that is none",
    "{\"version\":1,\"kept\":[{\"interface\":\"../lo\",\"address\":\"127.0.0.2/32\",\"lifetime\":"
    "\"always\",\"uid\":0}]}",
    0 },
};

static void
test_broken_files (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken_files); i++)
    {
      g_autoptr (HearthHelperContents) contents = NULL;
      g_autoptr (GError) error = NULL;

      write_kept (fixture, broken_files[i].text);
      g_test_message ("%s", broken_files[i].what);
      contents = hearth_helper_contents_read (fixture->store, fixture->platform, &error);
      g_assert_no_error (error);
      g_assert_true (contents->is_broken[HEARTH_HELPER_FILE_KEPT]);
      g_assert_false (contents->is_broken[HEARTH_HELPER_FILE_OWNED]);
      g_assert_cmpuint (hearth_helper_records_count (contents->records), ==,
                        broken_files[i].n_right);
    }
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const char *const addresses[] = { "127.0.0.2/32", "10.254.254.254/32", "fd00::2/128" };
  g_autoptr (HearthHelperRecords) records = hearth_helper_records_new ();
  g_autoptr (HearthHelperContents) contents = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      HearthHelperRecord record = { .interface = "lo",
                                    .lifetime = HEARTH_HELPER_ALWAYS,
                                    .uid = 1000 + (guint32) i,
                                    .scope = i == 0 ? HEARTH_SCOPE_HOST : HEARTH_SCOPE_GLOBAL };
      g_autoptr (HearthHelperRecord) copy = NULL;

      if (i < 2)
        strcpy (record.label, "lo:\"\\\x01");
      g_assert_true (hearth_prefix_parse (addresses[i], &record.prefix, NULL));
      copy = hearth_helper_record_copy (&record);
      hearth_helper_records_put (records, copy);
    }
  text = hearth_helper_contents_print_kept (records);
  g_assert_true (write_through (fixture, text->str, &error));

  contents = hearth_helper_contents_read (fixture->store, fixture->platform, &error);
  g_assert_false (contents->is_broken[HEARTH_HELPER_FILE_KEPT]);
  g_assert_cmpuint (hearth_helper_records_count (contents->records), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      HearthPrefix prefix;

      g_assert_true (hearth_prefix_parse (addresses[i], &prefix, NULL));
      g_assert_true (hearth_helper_record_same (
          hearth_helper_records_find (records, "lo", &prefix),
          hearth_helper_records_find (contents->records, "lo", &prefix)));
    }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*make) (Fixture *);
  } not_ours[] = {
    { "/helper-store/link", make_link },         { "/helper-store/fifo", make_fifo },
    { "/helper-store/folder", make_folder },     { "/helper-store/hard-link", make_hard_link },
    { "/helper-store/writable", make_writable }, { "/helper-store/huge", make_huge },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/helper-store/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/helper-store/in-the-way", Fixture, NULL, set_up, test_new_file_is_in_the_way,
              tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (not_ours); i++)
    g_test_add (not_ours[i].path, Fixture, not_ours[i].make, set_up, test_not_ours, tear_down);
  g_test_add ("/helper-store/folder-not-ours", Fixture, NULL, set_up, test_folder_is_not_ours,
              tear_down);
  g_test_add ("/helper-store/lock", Fixture, NULL, set_up, test_lock, tear_down);
  g_test_add ("/helper-store/broken", Fixture, NULL, set_up, test_broken_files, tear_down);
  g_test_add ("/helper-store/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  return g_test_run ();
}
