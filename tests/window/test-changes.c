/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing addresses in the window, with an authority that waits, refuses and goes away when told
 * to. */

#include "hearth-add-dialog.h"
#include "hearth-address-row.h"
#include "hearth-application.h"
#include "hearth-authority-fake.h"
#include "hearth-platform-fake.h"
#include "hearth-window.h"
#include "widgets.h"

#define SETTLE_MS 300

/* A call that waits for somebody takes seconds; a busy computer does not. */
#define MAX_BLOCKED_US (1 * G_USEC_PER_SEC)

/* The time that nobody has to wait longer for a window to go, and some. */
#define CLOSE_LIMIT_MS 2000

/* An authority that does not finish cleaning up until it is told to. */

typedef struct {
  HearthAuthority parent_instance;

  GTask *closing; /* (owned) (nullable) */
} Slow;

typedef struct {
  HearthAuthorityClass parent_class;
} SlowClass;

GType slow_get_type (void);
G_DEFINE_TYPE (Slow, slow, HEARTH_TYPE_AUTHORITY)

static void
slow_start (HearthAuthority *authority)
{
  hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
}

static void
slow_close_async (HearthAuthority *authority, GTask *task)
{
  ((Slow *) authority)->closing = task;
}

static void
slow_finish (Slow *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->closing);

  g_task_return_boolean (task, TRUE);
}

static void
slow_class_init (SlowClass *klass)
{
  HEARTH_AUTHORITY_CLASS (klass)->kind = HEARTH_AUTHORITY_DIRECT;
  HEARTH_AUTHORITY_CLASS (klass)->start = slow_start;
  HEARTH_AUTHORITY_CLASS (klass)->close_async = slow_close_async;
}

static void
slow_init (Slow *self)
{
}

/* Fixture */

typedef struct {
  HearthPlatform *platform;
  HearthAuthority *authority;
  GtkWidget *window;
} Fixture;

static void
show_window (Fixture *fixture, HearthAuthority *authority)
{
  g_autoptr (HearthAuthorities) authorities = hearth_authorities_new_with (&authority, 1);

  fixture->authority = authority;
  fixture->window = g_object_new (HEARTH_TYPE_WINDOW, "application", g_application_get_default (),
                                  "platform", fixture->platform, "authorities", authorities, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  widgets_settle (SETTLE_MS);
}

static void
set_up (Fixture *fixture, gconstpointer slow)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  show_window (fixture, slow != NULL ? g_object_new (slow_get_type (), NULL)
                                     : hearth_authority_fake_new (fixture->platform));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  widgets_settle (SETTLE_MS);
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->platform);
}

static void
hold (Fixture *fixture, gboolean held)
{
  hearth_authority_fake_set_held (HEARTH_AUTHORITY_FAKE (fixture->authority), held);
  widgets_settle (SETTLE_MS);
}

static void
fail_with (Fixture *fixture, HearthError code, const char *message)
{
  g_autoptr (GError) error =
      message != NULL ? g_error_new_literal (HEARTH_ERROR, code, message) : NULL;

  hearth_authority_fake_set_error (HEARTH_AUTHORITY_FAKE (fixture->authority), error);
}

static void
put (Fixture *fixture, const char *text, guint8 protocol)
{
  HearthLinkAddress address = { .link_index = 1, .protocol = protocol };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
  widgets_settle (SETTLE_MS);
}

/* (nullable) */
static const HearthLinkAddress *
find (Fixture *fixture, const char *text)
{
  HearthLinkAddress key = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &key.prefix, NULL));
  return hearth_platform_get_address (fixture->platform, &key);
}

static void
assert_says (Fixture *fixture, const char *phrase)
{
  if (!widgets_say (fixture->window, phrase))
    g_error ("“%s” is not on the screen", phrase);
}

/* Of a window, a dialog, a list. */
static void
act (GtkWidget *widget, const char *action)
{
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
  widgets_settle (SETTLE_MS);
}

/* (nullable) */
static GtkWidget *
find_dialog (Fixture *fixture)
{
  return widgets_find (fixture->window, HEARTH_TYPE_ADD_DIALOG);
}

static GtkEditable *
find_entry (Fixture *fixture)
{
  return GTK_EDITABLE (widgets_find (find_dialog (fixture), ADW_TYPE_ENTRY_ROW));
}

static void
open_dialog (Fixture *fixture, const char *text)
{
  act (fixture->window, "win.add");
  g_assert_nonnull (find_dialog (fixture));
  if (text != NULL)
    gtk_editable_set_text (find_entry (fixture), text);
  widgets_settle (SETTLE_MS);
}

static GtkWidget *
find_add_button (Fixture *fixture, const char *label)
{
  return widgets_find_saying (find_dialog (fixture), GTK_TYPE_BUTTON, label);
}

static void
press_toast_button (Fixture *fixture)
{
  GtkWidget *button = widgets_find_saying (fixture->window, GTK_TYPE_BUTTON, "Undo");

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  widgets_settle (SETTLE_MS);
}

static GtkSelectionModel *
get_selection (Fixture *fixture)
{
  GtkWidget *view = widgets_find (fixture->window, GTK_TYPE_LIST_VIEW);

  return gtk_list_view_get_model (GTK_LIST_VIEW (view));
}

static GtkWidget *
find_row (Fixture *fixture, const char *address)
{
  GtkWidget *row = widgets_find_saying (fixture->window, HEARTH_TYPE_ADDRESS_ROW, address);

  g_assert_nonnull (row);
  return row;
}

static void
assert_sentence (GtkWidget *row, const char *expected)
{
  g_autofree char *sentence = NULL;

  g_object_get (row, "sentence", &sentence, NULL);
  g_assert_cmpstr (sentence, ==, expected);
}

/* The menu is what asks what can be done. */
static void
open_menu (GtkWidget *row)
{
  GtkWidget *button = widgets_find (row, GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  widgets_settle (SETTLE_MS);
}

static gboolean
menu_says (GtkWidget *row, const char *phrase)
{
  return widgets_say (widgets_find (row, GTK_TYPE_POPOVER), phrase);
}

static void
close_menu (GtkWidget *row)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (widgets_find (row, GTK_TYPE_MENU_BUTTON)));
  widgets_settle (SETTLE_MS);
}

/* Adding */

static void
test_add (Fixture *fixture, gconstpointer data)
{
  GtkEditable *entry;
  int start, end;

  open_dialog (fixture, NULL);
  entry = find_entry (fixture);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "127.0.0.2");
  g_assert_true (gtk_editable_get_selection_bounds (entry, &start, &end));
  g_assert_cmpint (end - start, ==, strlen ("127.0.0.2"));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (entry))));
  widgets_settle (2 * SETTLE_MS);
  assert_says (fixture, "to lo until this computer restarts.");
  assert_says (fixture, "Through Hearth’s helper. Your password may be asked for.");
  assert_says (fixture, "Tested just now: \u2066127.0.0.2\u2069 answered in ");

  act (find_dialog (fixture), "add.apply");
  g_assert_null (find_dialog (fixture));
  g_assert_cmpint (find (fixture, "127.0.0.2/32")->protocol, ==, HEARTH_PROTOCOL_RESTART);
  assert_says (fixture, "Added \u2066127.0.0.2\u2069");
  press_toast_button (fixture);
  g_assert_null (find (fixture, "127.0.0.2/32"));
  assert_says (fixture, "Removed \u2066127.0.0.2\u2069 again");
}

static void
test_add_for_how_long (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  open_dialog (fixture, "127.0.0.7-9");
  row = widgets_find_saying (find_dialog (fixture), ADW_TYPE_ACTION_ROW, "While Hearth is open");
  adw_action_row_activate (ADW_ACTION_ROW (row));
  widgets_settle (SETTLE_MS);
  assert_says (fixture, "to lo while Hearth is open.");
  act (find_dialog (fixture), "add.apply");
  assert_says (fixture, "Added 3 addresses");
  g_assert_cmpint (find (fixture, "127.0.0.8/32")->protocol, ==, HEARTH_PROTOCOL_SESSION);
}

/* Two clicks from the page of folders. */
static void
test_add_permanent (Fixture *fixture, gconstpointer data)
{
  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "folders");
  act (fixture->window, "win.add-permanent");
  act (find_dialog (fixture), "add.apply");
  assert_says (fixture, "Added \u2066127.0.0.2\u2069");
  g_assert_cmpint (find (fixture, "127.0.0.2/32")->protocol, ==, HEARTH_PROTOCOL_ALWAYS);
  assert_sentence (find_row (fixture, "127.0.0.2"), "127.0.0.2, only this computer, always");
}

/* Every kind of thing that may be said, and that it cannot be added then. */
static void
test_findings (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *says;
    gboolean sensitive;
  } rows[] = {
    { "", "No address is named.", FALSE },
    { "127.0.0.256", "is not an address.", FALSE },
    { "127.0.0.1", "127.0.0.1", FALSE },
    { "127.0.0.5", "127.0.0.5", FALSE },
    { "127.0.0.4-5", "On lo already, and left as it is: 127.0.0.5.", TRUE },
    { "127.0.0.4", "This computer answers without an alias already", TRUE },
    { "10.0.0.1", "others on the network may reach this computer by it", TRUE },
    { "8.8.8.8", "8.8.8.8", TRUE },
    { "127.0.0.2-127.1.0.2", "That is more than 1024 addresses.", FALSE },
  };

  put (fixture, "127.0.0.5/32", 0);
  open_dialog (fixture, "127.0.0.4");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      gtk_editable_set_text (find_entry (fixture), rows[i].text);
      widgets_settle (SETTLE_MS);
      g_assert_true (widgets_say (find_dialog (fixture), rows[i].says));
      g_assert_cmpint (gtk_widget_is_sensitive (find_add_button (fixture, "Add")), ==,
                       rows[i].sensitive);
    }
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "127.0.0.3");
  hold (fixture, TRUE);
  act (find_dialog (fixture), "add.apply");
  assert_says (fixture, "Being added. A question for your password may be open.");
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (find_entry (fixture))));
  g_assert_false (gtk_widget_is_sensitive (find_add_button (fixture, "Add")));
  g_assert_true (gtk_widget_has_focus (find_add_button (fixture, "Cancel")));
  g_assert_null (find (fixture, "127.0.0.3/32"));
  hold (fixture, FALSE);
  g_assert_null (find_dialog (fixture));
  g_assert_nonnull (find (fixture, "127.0.0.3/32"));
}

/* The question for the password is closed: everything is as it was, and nothing is said. */
static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *banner;

  open_dialog (fixture, "127.0.0.3, fd00::3");
  fail_with (fixture, HEARTH_ERROR_DISMISSED, "It was dismissed.");
  act (find_dialog (fixture), "add.apply");
  g_assert_nonnull (find_dialog (fixture));
  banner = widgets_find (find_dialog (fixture), ADW_TYPE_BANNER);
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (banner)));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (fixture)), ==, "127.0.0.3, fd00::3");
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (find_entry (fixture))));
  g_assert_true (gtk_widget_is_sensitive (find_add_button (fixture, "Add")));

  fail_with (fixture, HEARTH_ERROR_NOT_PERMITTED, "Ask an administrator to allow it.");
  act (find_dialog (fixture), "add.apply");
  assert_says (fixture, "Ask an administrator to allow it.");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (fixture)), ==, "127.0.0.3, fd00::3");
  gtk_editable_set_text (find_entry (fixture), "127.0.0.3");
  widgets_settle (SETTLE_MS);
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (banner)));

  fail_with (fixture, HEARTH_ERROR_FAILED, NULL);
  act (find_dialog (fixture), "add.apply");
  g_assert_nonnull (find (fixture, "127.0.0.3/32"));
}

/* It may happen all the same; then it is on the list, and nobody complains. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "127.0.0.3");
  hold (fixture, TRUE);
  act (find_dialog (fixture), "add.apply");
  act (find_dialog (fixture), "add.cancel");
  g_assert_null (find_dialog (fixture));
  hold (fixture, FALSE);
  g_assert_null (widgets_find (fixture->window, ADW_TYPE_DIALOG));
  g_assert_cmpint (widgets_say (fixture->window, "127.0.0.3"), ==,
                   find (fixture, "127.0.0.3/32") != NULL);
  g_assert_false (widgets_say (fixture->window, "cancelled"));
}

typedef struct {
  GMainLoop *loop;
  char *text;
} Reading;

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;

  reading->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_main_loop_quit (reading->loop);
}

static void
assert_clipboard (Fixture *fixture, const char *expected)
{
  Reading reading = { .loop = g_main_loop_new (NULL, FALSE) };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, on_text_read,
                                 &reading);
  g_main_loop_run (reading.loop);
  g_main_loop_unref (reading.loop);
  g_assert_cmpstr (reading.text, ==, expected);
  g_free (reading.text);
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  HearthAuthorityFake *fake = HEARTH_AUTHORITY_FAKE (fixture->authority);

  put (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  assert_says (fixture, "Changes go through Hearth’s helper");
  hearth_authority_fake_set_reason (fake, "The helper is not installed.");
  widgets_settle (SETTLE_MS);
  assert_says (fixture, "Read-only: nothing here can change addresses");
  open_menu (find_row (fixture, "127.0.0.2"));
  g_assert_false (menu_says (find_row (fixture, "127.0.0.2"), "Keep After Restart"));
  g_assert_true (menu_says (find_row (fixture, "127.0.0.2"), "Copy Command"));
  close_menu (find_row (fixture, "127.0.0.2"));
  gtk_widget_activate_action (find_row (fixture, "127.0.0.2"), "address.copy-remove-command", "s",
                              "linux");
  assert_clipboard (fixture, "ip addr del 127.0.0.2/32 dev lo");

  open_dialog (fixture, "127.0.0.3-4");
  assert_says (fixture, "The helper is not installed.");
  g_assert_null (widgets_find_saying (find_dialog (fixture), GTK_TYPE_WIDGET, "How Long It Stays"));
  g_assert_nonnull (find_add_button (fixture, "Copy Command"));
  act (find_dialog (fixture), "add.apply");
  assert_clipboard (fixture, "ip addr add 127.0.0.3/32 dev lo\nip addr add 127.0.0.4/32 dev lo");
  g_assert_nonnull (find_dialog (fixture));

  /* It is installed while somebody looks. */
  hearth_authority_fake_set_reason (fake, NULL);
  widgets_settle (SETTLE_MS);
  assert_says (fixture, "How Long It Stays");
  act (find_dialog (fixture), "add.apply");
  g_assert_nonnull (find (fixture, "127.0.0.4/32"));
}

static void
test_commands (Fixture *fixture, gconstpointer data)
{
  GtkWidget *expander, *row;

  open_dialog (fixture, "127.0.0.3-40");
  expander = widgets_find (find_dialog (fixture), ADW_TYPE_EXPANDER_ROW);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  widgets_settle (2 * SETTLE_MS);
  g_assert_true (widgets_say (expander, "ip addr add 127.0.0.3/32 dev lo"));
  g_assert_true (widgets_say (expander, "nmcli device modify lo +ipv4.addresses 127.0.0.3/32"));
  g_assert_true (widgets_say (expander, "ifconfig lo0 inet 127.0.0.3 netmask"));
  g_assert_true (widgets_say (expander, "netsh interface ipv4 add address"));
  g_assert_true (widgets_say (expander, "… and 35 more"));
  gtk_editable_set_text (find_entry (fixture), "fd00::2");
  widgets_settle (SETTLE_MS);
  row = widgets_find_saying (expander, ADW_TYPE_ACTION_ROW, "ifconfig");
  act (row, "command.copy");
  assert_clipboard (fixture, "ifconfig lo0 inet6 fd00::2 prefixlen 128 alias");
}

/* Rows */

static void
test_remove_several (Fixture *fixture, gconstpointer data)
{
  put (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  put (fixture, "127.0.0.3/32", HEARTH_PROTOCOL_SESSION);
  put (fixture, "10.0.0.1/32", 0);
  gtk_selection_model_select_all (get_selection (fixture));
  act (widgets_find (fixture->window, GTK_TYPE_LIST_VIEW), "addresses.remove-selected");
  assert_says (fixture, "Removed 3 addresses");
  g_assert_null (find (fixture, "10.0.0.1/32"));
  g_assert_nonnull (find (fixture, "127.0.0.1/8"));
  act (fixture->window, "win.undo");
  assert_says (fixture, "Brought back 3 addresses");
  g_assert_cmpint (find (fixture, "127.0.0.3/32")->protocol, ==, HEARTH_PROTOCOL_SESSION);
  g_assert_nonnull (find (fixture, "10.0.0.1/32"));
}

static void
test_base_addresses_stay (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find_row (fixture, "127.0.0.1");

  open_menu (row);
  g_assert_true (menu_says (row, "Copy as URL"));
  g_assert_false (menu_says (row, "Remove"));
  g_assert_false (menu_says (row, "Copy Command"));
  close_menu (row);
  gtk_selection_model_select_all (get_selection (fixture));
  act (widgets_find (fixture->window, GTK_TYPE_LIST_VIEW), "addresses.remove-selected");
  assert_says (fixture, "These addresses belong to the system, so they stay");
  g_assert_nonnull (find (fixture, "127.0.0.1/8"));
  g_assert_nonnull (find (fixture, "::1/128"));
}

static void
test_row_under_way (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  put (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  row = find_row (fixture, "127.0.0.2");
  assert_sentence (row, "127.0.0.2, only this computer, until restart");
  open_menu (row);
  close_menu (row);
  hold (fixture, TRUE);
  act (row, "address.remove");
  g_assert_true (widgets_say (row, "Being removed"));
  g_assert_true (gtk_widget_get_mapped (widgets_find (row, ADW_TYPE_SPINNER)));
  assert_sentence (row, "127.0.0.2, only this computer, being removed");

  fail_with (fixture, HEARTH_ERROR_NOT_PERMITTED,
             "You may not remove addresses here. Ask an administrator to allow it.");
  hold (fixture, FALSE);
  assert_sentence (row, "127.0.0.2, only this computer, until restart");
  assert_says (fixture, "You may not remove addresses here. Ask an administrator to allow it.");
  g_assert_false (gtk_widget_get_mapped (widgets_find (row, ADW_TYPE_SPINNER)));
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  put (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  row = find_row (fixture, "127.0.0.2");
  open_menu (row);
  g_assert_true (menu_says (row, "Keep After Restart"));
  g_assert_false (menu_says (row, "Stop Keeping"));
  act (row, "address.keep");
  close_menu (row);
  assert_says (fixture, "Keeping \u2066127.0.0.2\u2069");
  assert_sentence (row, "127.0.0.2, only this computer, always");

  open_menu (row);
  g_assert_false (menu_says (row, "Keep After Restart"));
  g_assert_true (menu_says (row, "Stop Keeping"));
  act (row, "address.forget");
  close_menu (row);
  assert_sentence (row, "127.0.0.2, only this computer, until restart");
  act (fixture->window, "win.undo");
  assert_sentence (row, "127.0.0.2, only this computer, always");
}

static void
test_undo_that_fails (Fixture *fixture, gconstpointer data)
{
  put (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  gtk_selection_model_select_item (get_selection (fixture), 2, TRUE);
  act (widgets_find (fixture->window, GTK_TYPE_LIST_VIEW), "addresses.remove-selected");
  fail_with (fixture, HEARTH_ERROR_FAILED, "Somebody added 127.0.0.2 again meanwhile.");
  press_toast_button (fixture);
  assert_says (fixture, "Somebody added 127.0.0.2 again meanwhile.");
}

/* The main loop */

static GPollFunc real_poll;
static gint64 woke_us, longest_us;

static int
timed_poll (GPollFD *fds, guint n_fds, int timeout_ms)
{
  int result;

  if (woke_us != 0)
    longest_us = MAX (longest_us, g_get_monotonic_time () - woke_us);
  result = real_poll (fds, n_fds, timeout_ms);
  woke_us = g_get_monotonic_time ();
  return result;
}

static void
test_main_loop_is_never_blocked (Fixture *fixture, gconstpointer data)
{
  real_poll = g_main_context_get_poll_func (NULL);
  woke_us = longest_us = 0;
  g_main_context_set_poll_func (NULL, timed_poll);
  open_dialog (fixture, "127.0.1.1-40");
  hold (fixture, TRUE);
  act (find_dialog (fixture), "add.apply");
  hold (fixture, FALSE);
  act (fixture->window, "win.undo");
  g_main_context_set_poll_func (NULL, real_poll);
  g_test_message ("the longest time away was %" G_GINT64_FORMAT " µs", longest_us);
  g_assert_cmpint (longest_us, <, MAX_BLOCKED_US);
}

/* Closing */

static void
on_destroyed (gpointer window)
{
  *(GtkWidget **) window = NULL;
}

static void
close_window (Fixture *fixture)
{
  g_signal_connect_swapped (fixture->window, "destroy", G_CALLBACK (on_destroyed),
                            &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  widgets_settle (SETTLE_MS);
}

static void
test_close_waits_for_cleaning_up (Fixture *fixture, gconstpointer slow)
{
  close_window (fixture);
  g_assert_nonnull (fixture->window);
  g_assert_false (gtk_widget_get_visible (fixture->window));
  g_assert_true (hearth_window_is_closing (HEARTH_WINDOW (fixture->window)));
  slow_finish ((Slow *) fixture->authority);
  widgets_settle (SETTLE_MS);
  g_assert_null (fixture->window);
}

static void
test_close_waits_no_longer_than_that (Fixture *fixture, gconstpointer slow)
{
  close_window (fixture);
  widgets_settle (CLOSE_LIMIT_MS - 2 * SETTLE_MS);
  g_assert_nonnull (fixture->window);
  widgets_settle (3 * SETTLE_MS);
  g_assert_null (fixture->window);
  slow_finish ((Slow *) fixture->authority);
  widgets_settle (SETTLE_MS);
}

static void
test_quit_with_dialog (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "127.0.0.3");
  hold (fixture, TRUE);
  act (find_dialog (fixture), "add.apply");
  g_signal_connect_swapped (fixture->window, "destroy", G_CALLBACK (on_destroyed),
                            &fixture->window);
  hearth_window_quit (HEARTH_WINDOW (fixture->window));
  widgets_settle (SETTLE_MS);
  g_assert_null (fixture->window);
  hold (fixture, FALSE);
}

#define ADD_TEST(name, slow)                                                                       \
  g_test_add ("/changes/" #name, Fixture, slow, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  application = hearth_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD_TEST (add, NULL);
  ADD_TEST (add_for_how_long, NULL);
  ADD_TEST (add_permanent, NULL);
  ADD_TEST (findings, NULL);
  ADD_TEST (held, NULL);
  ADD_TEST (dismissed, NULL);
  ADD_TEST (cancelled, NULL);
  ADD_TEST (nobody_there, NULL);
  ADD_TEST (commands, NULL);
  ADD_TEST (remove_several, NULL);
  ADD_TEST (base_addresses_stay, NULL);
  ADD_TEST (row_under_way, NULL);
  ADD_TEST (keep, NULL);
  ADD_TEST (undo_that_fails, NULL);
  ADD_TEST (main_loop_is_never_blocked, NULL);
  ADD_TEST (close_waits_for_cleaning_up, "slow");
  ADD_TEST (close_waits_no_longer_than_that, "slow");
  ADD_TEST (quit_with_dialog, NULL);
  return g_test_run ();
}
