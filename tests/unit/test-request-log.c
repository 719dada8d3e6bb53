/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-log.h"

#include "hearth-request-log-private.h"
#include "hearth-request-private.h"
#include "resident.h"

#define LOG_MAX HEARTH_REQUEST_LOG_MAX

static HearthRequest *
make_request (guint number)
{
  HearthServeEvent event = { .kind = HEARTH_SERVE_REQUEST,
                             .time = number,
                             .peer = g_strdup ("127.0.0.1"),
                             .method = g_strdup ("GET"),
                             .path = g_strdup_printf ("/%u", number),
                             .status = 200 };

  return hearth_request_new (&event);
}

/* Requests @first, @first + 1, …, so many. */
static void
add (HearthRequestLog *log, guint first, guint n_requests, guint64 n_lost)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_requests; i++)
    g_ptr_array_add (requests, make_request (first + i));
  hearth_request_log_add (log, (HearthRequest *const *) requests->pdata, n_requests, n_lost);
}

static guint
get_n (HearthRequestLog *log)
{
  return g_list_model_get_n_items (G_LIST_MODEL (log));
}

static guint
get_number (HearthRequestLog *log, guint position)
{
  g_autoptr (HearthRequest) request = g_list_model_get_item (G_LIST_MODEL (log), position);

  g_assert_nonnull (request);
  return (guint) hearth_request_get_time (request);
}

/* What a list view has: the array that it makes of items-changed alone. At every one of them it is
 * what the list says it is. */
typedef struct {
  HearthRequestLog *log; /* (owned) */
  GArray *numbers;       /* (owned), of guint */
  guint n_changes;
  guint n_notifies;
} Mirror;

static void
changed_cb (GListModel *list, guint position, guint n_removed, guint n_added, Mirror *mirror)
{
  mirror->n_changes++;
  g_assert_cmpuint (n_removed + n_added, >, 0);
  g_assert_cmpuint (position + n_removed, <=, mirror->numbers->len);
  if (n_removed > 0)
    g_array_remove_range (mirror->numbers, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      guint number = get_number (mirror->log, position + i);

      g_array_insert_val (mirror->numbers, position + i, number);
    }
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, mirror->numbers->len);
  g_assert_cmpuint (mirror->numbers->len, <=, LOG_MAX);
}

static void
lost_cb (Mirror *mirror)
{
  mirror->n_notifies++;
}

static void
set_up (Mirror *mirror, gconstpointer data)
{
  mirror->log = hearth_request_log_new ();
  mirror->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect (mirror->log, "items-changed", G_CALLBACK (changed_cb), mirror);
  g_signal_connect_swapped (mirror->log, "notify::lost", G_CALLBACK (lost_cb), mirror);
}

static void
tear_down (Mirror *mirror, gconstpointer data)
{
  g_assert_finalize_object (mirror->log);
  g_array_unref (mirror->numbers);
}

/* The list and its mirror are @newest, @newest - 1, …, so many. */
static void
assert_has (Mirror *mirror, guint newest, guint n_items)
{
  g_assert_cmpuint (get_n (mirror->log), ==, n_items);
  g_assert_cmpuint (mirror->numbers->len, ==, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      g_assert_cmpuint (get_number (mirror->log, i), ==, newest - i);
      g_assert_cmpuint (g_array_index (mirror->numbers, guint, i), ==, newest - i);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (mirror->log), n_items));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (mirror->log), G_MAXUINT));
}

static void
test_empty (Mirror *mirror, gconstpointer data)
{
  assert_has (mirror, 0, 0);
  g_assert_cmpuint (hearth_request_log_get_lost (mirror->log), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (mirror->log)) == HEARTH_TYPE_REQUEST);
  hearth_request_log_clear (mirror->log);
  add (mirror->log, 0, 0, 0);
  g_assert_cmpuint (mirror->n_changes, ==, 0);
  g_assert_cmpuint (mirror->n_notifies, ==, 0);
}

/* What comes at once is one change, newest first. */
static void
test_newest_first (Mirror *mirror, gconstpointer data)
{
  add (mirror->log, 1, 3, 0);
  g_assert_cmpuint (mirror->n_changes, ==, 1);
  assert_has (mirror, 3, 3);
  add (mirror->log, 4, 2, 0);
  g_assert_cmpuint (mirror->n_changes, ==, 2);
  assert_has (mirror, 5, 5);
}

static void
test_full (Mirror *mirror, gconstpointer data)
{
  add (mirror->log, 1, LOG_MAX - 1, 0);
  add (mirror->log, LOG_MAX, 1, 0);
  g_assert_cmpuint (mirror->n_changes, ==, 2);
  assert_has (mirror, LOG_MAX, LOG_MAX);
  add (mirror->log, LOG_MAX + 1, 1, 0);
  g_assert_cmpuint (mirror->n_changes, ==, 4);
  assert_has (mirror, LOG_MAX + 1, LOG_MAX);
  add (mirror->log, LOG_MAX + 2, 500, 0);
  g_assert_cmpuint (mirror->n_changes, ==, 6);
  assert_has (mirror, LOG_MAX + 501, LOG_MAX);
}

/* More at once than there is room for: the latest are there, and no more of them. */
static void
test_too_many_at_once (Mirror *mirror, gconstpointer data)
{
  add (mirror->log, 1, 10, 0);
  add (mirror->log, 11, LOG_MAX, 0);
  assert_has (mirror, LOG_MAX + 10, LOG_MAX);
  add (mirror->log, LOG_MAX + 11, 2 * LOG_MAX + 7, 0);
  assert_has (mirror, 3 * LOG_MAX + 17, LOG_MAX);
  g_assert_cmpuint (hearth_request_log_get_lost (mirror->log), ==, 0);
}

/* Whatever comes in whatever pieces, a view that only ever hears of changes has the same. */
static void
test_random (Mirror *mirror, gconstpointer data)
{
  guint next = 1;
  guint kept = 0;
  guint64 n_lost = 0;

  for (guint i = 0; i < 300; i++)
    {
      int dice = g_test_rand_int_range (0, 20);
      guint n = (guint) g_test_rand_int_range (0, dice == 0  ? LOG_MAX + 2000
                                                  : dice < 5 ? 2000
                                                             : 20);
      guint lost = (guint) g_test_rand_int_range (0, 3);

      if (dice == 19 && i > 150)
        {
          hearth_request_log_clear (mirror->log);
          kept = 0;
          n_lost = 0;
        }
      add (mirror->log, next, n, lost);
      next += n;
      kept = MIN (kept + n, LOG_MAX);
      n_lost += lost;
      g_assert_cmpuint (hearth_request_log_get_lost (mirror->log), ==, n_lost);
      g_assert_cmpuint (get_n (mirror->log), ==, kept);
      g_assert_cmpuint (mirror->numbers->len, ==, kept);
      if (i % 10 == 0)
        assert_has (mirror, next - 1, kept);
    }
  assert_has (mirror, next - 1, kept);
}

static void
test_clear (Mirror *mirror, gconstpointer data)
{
  add (mirror->log, 1, 7, 3);
  hearth_request_log_clear (mirror->log);
  g_assert_cmpuint (mirror->n_changes, ==, 2);
  g_assert_cmpuint (mirror->n_notifies, ==, 2);
  g_assert_cmpuint (hearth_request_log_get_lost (mirror->log), ==, 0);
  assert_has (mirror, 0, 0);
  add (mirror->log, 8, 2, 0);
  assert_has (mirror, 9, 2);
}

static void
test_lost (Mirror *mirror, gconstpointer data)
{
  guint64 lost = 0;

  add (mirror->log, 0, 0, 5);
  g_assert_cmpuint (mirror->n_changes, ==, 0);
  g_assert_cmpuint (mirror->n_notifies, ==, 1);
  add (mirror->log, 0, 1, 0);
  g_assert_cmpuint (mirror->n_notifies, ==, 1);
  add (mirror->log, 1, 1, (guint64) G_MAXUINT32 + 1);
  g_assert_cmpuint (mirror->n_notifies, ==, 2);
  g_object_get (mirror->log, "lost", &lost, NULL);
  g_assert_cmpuint (lost, ==, (guint64) G_MAXUINT32 + 6);
  g_assert_cmpuint (hearth_request_log_get_lost (mirror->log), ==, lost);
  assert_has (mirror, 1, 2);
}

/* What went is freed, and what somebody still has is theirs. */
static void
test_freed (Mirror *mirror, gconstpointer data)
{
  HearthRequest *gone = make_request (1);
  HearthRequest *held = make_request (2);
  HearthRequest *const both[] = { gone, held };
  gpointer watched = gone;

  g_object_add_weak_pointer (G_OBJECT (gone), &watched);
  hearth_request_log_add (mirror->log, both, 2, 0);
  g_object_unref (gone);
  add (mirror->log, 3, LOG_MAX - 2, 0);
  g_assert_nonnull (watched);
  add (mirror->log, LOG_MAX + 1, 2, 0);
  g_assert_null (watched);
  g_assert_cmpstr (hearth_request_get_path (held), ==, "/2");
  g_assert_finalize_object (held);
  assert_has (mirror, LOG_MAX + 2, LOG_MAX);
}

/* The place of a request that is looked at is the list's, also in the middle of the ring. */
static void
test_same_object (Mirror *mirror, gconstpointer data)
{
  add (mirror->log, 1, LOG_MAX + 100, 0);
  for (guint i = 0; i < LOG_MAX; i += 99)
    {
      g_autoptr (HearthRequest) once = g_list_model_get_item (G_LIST_MODEL (mirror->log), i);
      g_autoptr (HearthRequest) again = g_list_model_get_item (G_LIST_MODEL (mirror->log), i);

      g_assert_true (once == again);
    }
}

/* A full log is small beside a window: this says how small, and holds it to a bound with room for
 * what a sanitizer adds. */
static void
test_memory (void)
{
  HearthRequestLog *log = hearth_request_log_new ();
  gsize before = get_resident_bytes ();
  gsize after;

  add (log, 1, LOG_MAX, 0);
  after = get_resident_bytes ();
  g_test_message ("%" G_GSIZE_FORMAT " bytes a line",
                  after > before ? (after - before) / LOG_MAX : 0);
  g_assert_cmpuint (after, <, before + (gsize) LOG_MAX * 2048);
  g_assert_finalize_object (log);
}

/* ---- One request ---- */

static void
test_kinds (void)
{
  static const struct {
    int status;
    HearthRequestKind kind;
  } rows[] = {
    { 100, HEARTH_REQUEST_OK },      { 200, HEARTH_REQUEST_OK },
    { 206, HEARTH_REQUEST_OK },      { 304, HEARTH_REQUEST_OK },
    { 399, HEARTH_REQUEST_OK },      { 400, HEARTH_REQUEST_REFUSED },
    { 403, HEARTH_REQUEST_REFUSED }, { 404, HEARTH_REQUEST_NOT_FOUND },
    { 405, HEARTH_REQUEST_REFUSED }, { 499, HEARTH_REQUEST_REFUSED },
    { 500, HEARTH_REQUEST_FAILED },  { 503, HEARTH_REQUEST_FAILED },
    { 599, HEARTH_REQUEST_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthServeEvent event = { .status = rows[i].status };
      HearthRequest *request = hearth_request_new (&event);

      g_assert_cmpint (hearth_request_get_kind (request), ==, rows[i].kind);
      g_assert_cmpint (hearth_request_get_status (request), ==, rows[i].status);
      g_assert_finalize_object (request);
    }
}

/* Its texts are taken out of the event, not copied: so there is one of each. */
static void
test_request (void)
{
  HearthServeEvent *event = g_new0 (HearthServeEvent, 1);
  HearthRequest *request;
  const char *path;

  event->time = 1764043200.125;
  event->bytes = G_MAXINT64;
  event->ms = 0.25;
  event->status = 404;
  event->aborted = TRUE;
  event->peer = g_strdup ("::1");
  event->method = g_strdup ("HEAD");
  path = event->path = g_strdup ("/x");
  event->hint = g_strdup ("styles.css");
  request = hearth_request_new (event);
  g_assert_true (event->peer == NULL && event->method == NULL && event->path == NULL &&
                 event->hint == NULL);
  hearth_serve_event_free (event);
  g_assert_cmpfloat (hearth_request_get_time (request), ==, 1764043200.125);
  g_assert_cmpuint (hearth_request_get_bytes (request), ==, G_MAXINT64);
  g_assert_cmpfloat (hearth_request_get_ms (request), ==, 0.25);
  g_assert_true (hearth_request_get_aborted (request));
  g_assert_cmpstr (hearth_request_get_peer (request), ==, "::1");
  g_assert_cmpstr (hearth_request_get_method (request), ==, "HEAD");
  g_assert_true (hearth_request_get_path (request) == path);
  g_assert_cmpstr (hearth_request_get_hint (request), ==, "styles.css");
  g_assert_finalize_object (request);
}

#define ADD(name, test) g_test_add ("/request-log/" name, Mirror, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-log/memory", test_memory);
  ADD ("empty", test_empty);
  ADD ("newest-first", test_newest_first);
  ADD ("full", test_full);
  ADD ("too-many-at-once", test_too_many_at_once);
  ADD ("random", test_random);
  ADD ("clear", test_clear);
  ADD ("lost", test_lost);
  ADD ("freed", test_freed);
  ADD ("same-object", test_same_object);
  g_test_add_func ("/request/kinds", test_kinds);
  g_test_add_func ("/request/all-of-it", test_request);
  return g_test_run ();
}
