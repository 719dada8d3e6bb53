/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-review.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CERTIFICATE                                                                                \
  "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUFw==\n-----END CERTIFICATE-----\n"
#define PRIVATE_KEY                                                                                \
  "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n"
#define RSA_KEY                                                                                    \
  "-----BEGIN RSA PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END RSA PRIVATE KEY-----\n"

/* All of them below a folder that is made anew for each test. Home is /…/home, a link to
 * /…/really/home. */
typedef struct {
  char *root;
  char *site;
  GAsyncResult *result; /* (owned) */
} Fixture;

static char *home_root;

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->site, name, NULL);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = path_of (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_files (Fixture *fixture, const char *names)
{
  g_auto (GStrv) each = g_strsplit (names, " ", -1);

  for (gsize i = 0; each[i] != NULL; i++)
    write_file (fixture, each[i], "");
}

static void
remove_tree (const char *path)
{
  const char *const command[] = { "rm", "-rf", path, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("review.XXXXXX", NULL);
  fixture->site = g_build_filename (fixture->root, "site", NULL);
  g_assert_cmpint (g_mkdir (fixture->site, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  g_free (fixture->root);
  g_free (fixture->site);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->result, result);
}

/* Nothing here has to wait for anything but a thread that ends. */
static GAsyncResult *
wait_for_result (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&fixture->result);
}

static HearthFolderReview *
review_path (Fixture *fixture, const char *path, gboolean show_hidden)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HearthFolderReview *review;

  hearth_folder_review_async (folder, show_hidden, NULL, done_cb, fixture);
  result = wait_for_result (fixture);
  review = hearth_folder_review_finish (result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (review);
  return review;
}

static HearthFolderReview *
review_site (Fixture *fixture, gboolean show_hidden)
{
  return review_path (fixture, fixture->site, show_hidden);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The order of a folder is its file system's own. */
static void
assert_names (GStrv names, const char *sorted)
{
  g_autofree char *joined = NULL;

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  joined = g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, sorted);
}

static void
assert_nothing (const HearthFolderReview *review)
{
  g_autofree char *words = hearth_folder_review_describe (review);

  g_assert_false (review->is_home);
  g_assert_null (review->hidden[0]);
  g_assert_cmpuint (review->n_hidden, ==, 0);
  g_assert_null (review->exposed[0]);
  g_assert_null (words);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) empty = review_site (fixture, FALSE);
  g_autoptr (HearthFolderReview) site = NULL;
  g_autofree char *missing = path_of (fixture, "missing");
  g_autofree char *file = path_of (fixture, "index.html");
  g_autoptr (HearthFolderReview) of_missing = review_path (fixture, missing, TRUE);
  g_autoptr (HearthFolderReview) of_file = NULL;

  assert_nothing (empty);
  assert_nothing (of_missing);
  write_files (fixture, "index.html keys.html id_rsa.pub img/logo.png .well-known/security.txt");
  site = review_site (fixture, FALSE);
  assert_nothing (site);
  of_file = review_path (fixture, file, FALSE);
  assert_nothing (of_file);
}

/* ---- Home ---- */

static gboolean
is_home (Fixture *fixture, const char *first, const char *second)
{
  g_autofree char *path = g_build_filename (first, second, NULL);
  g_autoptr (HearthFolderReview) review = review_path (fixture, path, FALSE);

  return review->is_home;
}

static void
test_home (Fixture *fixture, gconstpointer data)
{
  g_assert_true (is_home (fixture, home_root, "home"));
  g_assert_true (is_home (fixture, home_root, "home/."));
  g_assert_true (is_home (fixture, home_root, NULL));
  g_assert_true (is_home (fixture, "/", NULL));
  g_assert_false (is_home (fixture, home_root, "home/site"));
  g_assert_false (is_home (fixture, home_root, "home2"));
  g_assert_false (is_home (fixture, home_root, "hom"));
  g_assert_false (is_home (fixture, fixture->site, NULL));
}

/* What is served is the folder, whatever name it was chosen by. */
static void
test_home_by_other_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->root, "mine", NULL);
  g_autofree char *home = g_build_filename (home_root, "really", "home", NULL);

  g_assert_cmpint (symlink (home, link), ==, 0);
  g_assert_true (is_home (fixture, home_root, "really/home"));
  g_assert_true (is_home (fixture, home_root, "really"));
  g_assert_true (is_home (fixture, link, NULL));
  g_assert_false (is_home (fixture, home_root, "really/home/site"));
  g_assert_false (is_home (fixture, link, "site"));
}

/* ---- Hidden ---- */

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;

  write_files (fixture,
               ".env .a .git/config .git/hooks/x below/.env .well-known/x ..a ... index.html");
  review = review_site (fixture, FALSE);
  g_assert_cmpuint (review->n_hidden, ==, 5);
  assert_names (review->hidden, "... ..a .a .env .git");
  g_assert_null (review->exposed[0]);
}

/* Those that matter are named, however many there are of others. */
static void
test_many_hidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf (".other-%u", i);

      write_file (fixture, name, "");
    }
  write_files (fixture, ".env.local .ssh/known_hosts .netrc");
  review = review_site (fixture, FALSE);
  g_assert_cmpuint (review->n_hidden, ==, 103);
  g_assert_cmpuint (g_strv_length (review->hidden), ==, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (g_str_has_prefix (review->hidden[i], ".other-"), ==, i >= 3);
}

/* So many that matter that not even they are all named. */
static void
test_many_that_matter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;

  write_files (fixture, ".git .env .ssh .gnupg .aws .netrc .config .local .mozilla .htpasswd .hg "
                        ".svn .env.production .a .b");
  review = review_site (fixture, FALSE);
  g_assert_cmpuint (review->n_hidden, ==, 15);
  g_assert_cmpuint (g_strv_length (review->hidden), ==, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_true (strcmp (review->hidden[i], ".a") != 0 && strcmp (review->hidden[i], ".b") != 0);
}

/* Where they are answered for they are no longer hidden, and some are secret. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;

  write_files (fixture, ".env .env.local .environment .git/id_rsa .ssh/id_rsa .bashrc .htpasswd "
                        ".config/app/id_rsa below/.netrc .aws/x .gnupg/x .well-known/x.key");
  review = review_site (fixture, TRUE);
  g_assert_cmpuint (review->n_hidden, ==, 0);
  g_assert_null (review->hidden[0]);
  g_assert_cmpuint (g_strv_length (review->exposed), ==, 8);
  g_assert_false (g_strv_contains ((const char *const *) review->exposed, ".bashrc"));
  g_assert_false (g_strv_contains ((const char *const *) review->exposed, ".environment"));
}

static void
test_shown_below (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) hidden = NULL;
  g_autoptr (HearthFolderReview) shown = NULL;

  write_files (fixture, ".config/app/id_rsa below/.netrc .git/id_rsa .well-known/x.key");
  hidden = review_site (fixture, FALSE);
  assert_names (hidden->exposed, ".well-known/x.key");
  assert_names (hidden->hidden, ".config .git");
  shown = review_site (fixture, TRUE);
  assert_names (shown->exposed, ".config/app/id_rsa .git .well-known/x.key below/.netrc");
}

/* ---- Exposed ---- */

static void
test_secret_names (Fixture *fixture, gconstpointer data)
{
  static const char *const secret[] = {
    "id_rsa",    "id_dsa",     "id_ecdsa", "id_ed25519",   "id_ecdsa_sk",      "id_ed25519_sk",
    "ID_RSA",    "server.key", "a.KEY",    "my.kdbx",      "cert.p12",         "cert.pfx",
    "store.jks", "a.keystore", ".key",     "secrets.json", "credentials.json", "Credentials.JSON",
  };
  static const char *const harmless[] = {
    "id_rsa.pub", "id_rsa2",   "my_id_rsa", "key",         "a.key.html", "monkey",
    "turkey.txt", "my.kdbx.x", "p12",       "secret.json", "a.jks ",     "mysecrets.json",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (secret) + G_N_ELEMENTS (harmless); i++)
    {
      gboolean is_secret = i < G_N_ELEMENTS (secret);
      const char *name = is_secret ? secret[i] : harmless[i - G_N_ELEMENTS (secret)];
      g_autofree char *path = path_of (fixture, name);
      g_autoptr (HearthFolderReview) review = NULL;

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      review = review_site (fixture, TRUE);
      if (!is_secret)
        g_assert_null (review->exposed[0]);
      else
        assert_names (review->exposed, name);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* Of these it is what is in them that counts. */
static void
test_pem (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) chain = g_string_new (NULL);
  g_autoptr (HearthFolderReview) review = NULL;
  g_autofree char *folder = path_of (fixture, "folder.pem");
  g_autofree char *pipe = path_of (fixture, "pipe.pem");

  while (chain->len < 8000)
    g_string_append (chain, CERTIFICATE);
  write_file (fixture, "chain.pem", chain->str);
  g_string_append (chain, PRIVATE_KEY);
  write_file (fixture, "chain-and-key.pem", chain->str);
  write_file (fixture, "certificate.pem", CERTIFICATE);
  write_file (fixture, "empty.pem", "");
  write_file (fixture, "public.pem",
              "-----BEGIN PUBLIC KEY-----\nMCowBQ==\n-----END PUBLIC KEY-----");
  write_file (fixture, "key.pem", PRIVATE_KEY);
  write_file (fixture, "KEY2.PEM", CERTIFICATE RSA_KEY);
  write_file (fixture, "key.txt", PRIVATE_KEY);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  review = review_site (fixture, FALSE);
  assert_names (review->exposed, "KEY2.PEM chain-and-key.pem key.pem");
}

static void
test_depth (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;

  write_files (fixture, "id_rsa a/id_rsa a/b/id_rsa a/b/c/id_rsa a/b/c/d/id_rsa a/.x/id_rsa");
  review = review_site (fixture, FALSE);
  assert_names (review->exposed, "a/b/c/id_rsa a/b/id_rsa a/id_rsa id_rsa");
}

static void
test_many_exposed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.key", i);

      write_file (fixture, name, "");
    }
  review = review_site (fixture, FALSE);
  g_assert_cmpuint (g_strv_length (review->exposed), ==, 8);
}

/* A link may lead anywhere, also back; what it leads to is not looked at by way of it. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *loop = path_of (fixture, "loop");
  g_autofree char *out = path_of (fixture, "out");
  g_autofree char *key = path_of (fixture, "link.key");
  g_autofree char *dangling = path_of (fixture, "id_rsa");
  g_autofree char *outside = g_build_filename (fixture->root, "outside.key", NULL);
  g_autoptr (HearthFolderReview) review = NULL;

  g_assert_true (g_file_set_contents (outside, "", 0, NULL));
  g_assert_cmpint (symlink (".", loop), ==, 0);
  g_assert_cmpint (symlink (fixture->root, out), ==, 0);
  g_assert_cmpint (symlink (outside, key), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  write_files (fixture, "a/server.key");
  review = review_site (fixture, FALSE);
  assert_names (review->exposed, "a/server.key");
}

/* The folder itself may be one. */
static void
test_link_to_it (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->root, "link", NULL);
  g_autoptr (HearthFolderReview) review = NULL;

  g_assert_cmpint (symlink (fixture->site, link), ==, 0);
  write_files (fixture, ".env a/server.key");
  review = review_path (fixture, link, FALSE);
  assert_names (review->exposed, "a/server.key");
  assert_names (review->hidden, ".env");
}

/* So large a folder that it is looked at in part. Links, because those are made the fastest. */
static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = path_of (fixture, ".file");
  g_autoptr (HearthFolderReview) review = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  for (guint i = 0; i < 20500; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/.%u", fixture->site, i);

      g_assert_cmpint (link (file, name), ==, 0);
    }
  review = review_site (fixture, FALSE);
  g_assert_cmpuint (review->n_hidden, ==, 20000);
}

/* A name is bytes, and what is said of it is text. */
static void
test_not_utf8 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthFolderReview) review = NULL;
  g_autofree char *words = NULL;

  write_files (fixture, ".env.\xff \xff/\xfe.key");
  review = review_site (fixture, FALSE);
  g_assert_cmpuint (review->n_hidden, ==, 1);
  words = hearth_folder_review_describe (review);
  g_assert_cmpstr (words, ==,
                   "Hidden from whoever asks: .env.\xef\xbf\xbd. Not hidden, and looks "
                   "secret: \xef\xbf\xbd/\xef\xbf\xbd.key.");
}

/* ---- One that is no longer wanted ---- */

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->site);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hearth_folder_review_async (folder, FALSE, cancellable, done_cb, fixture);
  g_cancellable_cancel (cancellable);
  result = wait_for_result (fixture);
  g_assert_null (hearth_folder_review_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* As it is served now: the look before it ends without a result. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  Fixture first = { 0 };
  g_autoptr (GFile) file = g_file_new_for_path (fixture->site);
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();
  HearthFolder *folder = hearth_folder_new (file, options);
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (HearthFolderReview) review = NULL;

  write_files (fixture, ".env");
  hearth_folder_review_again (folder, &cancellable, done_cb, &first);
  g_assert_nonnull (cancellable);
  options->show_hidden = TRUE;
  hearth_folder_set_options (folder, options);
  hearth_folder_review_again (folder, &cancellable, done_cb, fixture);
  ended = wait_for_result (&first);
  g_assert_null (hearth_folder_review_finish (ended, NULL));
  result = wait_for_result (fixture);
  review = hearth_folder_review_finish (result, NULL);
  g_assert_nonnull (review);
  assert_names (review->exposed, ".env");
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_assert_finalize_object (folder);
}

/* ---- In words ---- */

static void
test_words (void)
{
  static const struct {
    gboolean is_home;
    const char *hidden;
    guint n_hidden;
    const char *exposed;
    const char *words;
  } rows[] = {
    { FALSE, "", 0, "", NULL },
    { FALSE, ".a .b", 2, "", NULL },
    { FALSE, ".a .b", 20, "", NULL },
    { FALSE, ".env .a", 2, "", "Hidden from whoever asks: .env, .a." },
    { FALSE, ".env.local", 1, "", "Hidden from whoever asks: .env.local." },
    { FALSE, ".git .a", 3, "", "Hidden from whoever asks: .git, .a and 1 more." },
    { FALSE, ".git .a", 30, "", "Hidden from whoever asks: .git, .a and 28 more." },
    { FALSE, "", 0, "a.key", "Not hidden, and looks secret: a.key." },
    { FALSE, ".a", 1, "a.key b/id_rsa", "Not hidden, and looks secret: a.key, b/id_rsa." },
    { FALSE, ".ssh", 1, "a.key",
      "Hidden from whoever asks: .ssh. Not hidden, and looks secret: a.key." },
    { TRUE, "", 0, "", "This is your home folder: everything in it can be read." },
    { TRUE, ".a", 1, "", "This is your home folder. Hidden from whoever asks: .a." },
    { TRUE, "", 0, "a.key",
      "This is your home folder: everything in it can be read. Not hidden, and looks secret: "
      "a.key." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) hidden = g_strsplit (rows[i].hidden, " ", -1);
      g_auto (GStrv) exposed = g_strsplit (rows[i].exposed, " ", -1);
      const HearthFolderReview review = { rows[i].is_home, hidden, rows[i].n_hidden, exposed };
      g_autofree char *words = hearth_folder_review_describe (&review);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* Before anything asks for it, because it is asked for once. */
static void
make_home (void)
{
  g_autofree char *real = NULL;
  g_autofree char *home = NULL;
  static const char *const names[] = { "really/home/site", "home2", "hom" };

  home_root = g_dir_make_tmp ("homes.XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (home_root, names[i], NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    }
  real = g_build_filename (home_root, "really", "home", NULL);
  home = g_build_filename (home_root, "home", NULL);
  g_assert_cmpint (symlink (real, home), ==, 0);
  g_setenv ("HOME", home, TRUE);
}

#define ADD(name, test) g_test_add ("/folder-review/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_home ();
  ADD ("nothing", test_nothing);
  ADD ("home", test_home);
  ADD ("home-by-other-names", test_home_by_other_names);
  ADD ("hidden", test_hidden);
  ADD ("many-hidden", test_many_hidden);
  ADD ("many-that-matter", test_many_that_matter);
  ADD ("shown", test_shown);
  ADD ("shown-below", test_shown_below);
  ADD ("secret-names", test_secret_names);
  ADD ("pem", test_pem);
  ADD ("depth", test_depth);
  ADD ("many-exposed", test_many_exposed);
  ADD ("links", test_links);
  ADD ("link-to-it", test_link_to_it);
  ADD ("bounded", test_bounded);
  ADD ("not-utf8", test_not_utf8);
  ADD ("cancelled", test_cancelled);
  ADD ("again", test_again);
  g_test_add_func ("/folder-review/words", test_words);
  status = g_test_run ();
  remove_tree (home_root);
  g_free (home_root);
  return status;
}
