/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "shots.h"

#include "hearth-add-dialog.h"
#include "hearth-authority-fake.h"
#include "hearth-explore-page.h"
#include "hearth-folders-page.h"
#include "hearth-listener.h"
#include "hearth-platform-fake.h"
#include "hearth-request-log-private.h"
#include "hearth-request-private.h"
#include "hearth-request-rate-private.h"
#include "hearth-request-view.h"
#include "hearth-services-page.h"
#include "hearth-traffic-page.h"
#include "hearth-traffic-private.h"
#include "hearth-window.h"
#include "widgets.h"

#define MAX_TRIES 50

static guint settle_ms;

/* The computer in the pictures */

static void
add_address (
    HearthPlatform *platform, guint32 link_index, const char *text, guint8 scope, guint8 protocol)
{
  HearthLinkAddress address = { .link_index = link_index, .scope = scope, .protocol = protocol };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), &address, 1);
}

/* Who listens in the pictures. */
static void
add_listeners (HearthPlatform *platform)
{
  static const struct {
    const char *address;
    guint16 port;
    HearthTransport transport;
    const char *program, *user;
  } all[] = {
    { "127.0.0.53", 53, HEARTH_TRANSPORT_UDP, NULL, "systemd-resolve" },
    { "0.0.0.0", 22, HEARTH_TRANSPORT_TCP, NULL, "root" },
    { "127.0.0.1", 631, HEARTH_TRANSPORT_TCP, NULL, "root" },
    { "::1", 631, HEARTH_TRANSPORT_TCP, NULL, "root" },
    { "::", 3000, HEARTH_TRANSPORT_TCP, "node", "alice" },
    { "0.0.0.0", 5353, HEARTH_TRANSPORT_UDP, NULL, "avahi" },
    { "127.0.0.1", 5432, HEARTH_TRANSPORT_TCP, NULL, "postgres" },
    { "127.0.0.1", 8000, HEARTH_TRANSPORT_TCP, "hearth-serve", "alice" },
    { "::1", 8000, HEARTH_TRANSPORT_TCP, "hearth-serve", "alice" },
    { "192.168.1.20", 22000, HEARTH_TRANSPORT_TCP, "syncthing", "alice" },
    { "127.0.0.1", 41234, HEARTH_TRANSPORT_TCP, "code", "alice" },
  };
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      HearthListener listener = { .transport = (guint8) all[i].transport,
                                  .port = all[i].port,
                                  .user = all[i].user,
                                  .socket_id = i + 1 };
      g_autoptr (HearthProcess) process = NULL;

      g_assert_true (hearth_address_parse (all[i].address, &listener.address, NULL));
      if (all[i].program != NULL)
        process = hearth_process_new (4711, all[i].program, all[i].program);
      listener.process = process;
      g_ptr_array_add (listeners, hearth_listener_copy (&listener));
    }
  hearth_platform_fake_set_listeners (HEARTH_PLATFORM_FAKE (platform), listeners);
}

HearthPlatform *
shots_make_computer (void)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  HearthLink wired = {
    .index = 2, .mtu_bytes = 1500, .flags = HEARTH_LINK_FLAG_UP, .name = "enp3s0"
  };
  HearthLink wireless = { .index = 3, .mtu_bytes = 1500, .name = "wlp2s0" };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &wired);
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &wireless);
  add_address (platform, 1, "127.0.0.2/32", HEARTH_SCOPE_HOST, HEARTH_PROTOCOL_RESTART);
  add_address (platform, 1, "127.0.0.53/32", HEARTH_SCOPE_HOST, HEARTH_PROTOCOL_ALWAYS);
  add_address (platform, 1, "10.254.254.254/32", HEARTH_SCOPE_GLOBAL, HEARTH_PROTOCOL_UNSPECIFIED);
  add_address (platform, 1, "fd00::2/128", HEARTH_SCOPE_GLOBAL, HEARTH_PROTOCOL_SESSION);
  add_address (platform, 2, "192.168.1.20/24", HEARTH_SCOPE_GLOBAL, HEARTH_PROTOCOL_UNSPECIFIED);
  add_address (platform, 2, "fe80::5054:ff:fe12:3456/64", HEARTH_SCOPE_LINK,
               HEARTH_PROTOCOL_KERNEL_LINK_LOCAL);
  add_listeners (platform);
  return platform;
}

/* A thousand aliases, and a thousand services. */
static HearthPlatform *
make_crowded_computer (void)
{
  HearthPlatform *platform = shots_make_computer ();
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *alias = g_strdup_printf ("127.1.%u.%u/32", i / 250, i % 250 + 1);
      HearthListener listener = { .transport = HEARTH_TRANSPORT_TCP,
                                  .port = (guint16) (3000 + i),
                                  .user = "alice" };

      add_address (platform, 1, alias, HEARTH_SCOPE_HOST, HEARTH_PROTOCOL_SESSION);
      g_assert_true (
          hearth_address_parse (i % 3 > 0 ? "127.0.0.1" : "0.0.0.0", &listener.address, NULL));
      g_ptr_array_add (listeners, hearth_listener_copy (&listener));
    }
  hearth_platform_fake_set_listeners (HEARTH_PLATFORM_FAKE (platform), listeners);
  return platform;
}

static HearthPlatform *
make_computer_with_lo_down (void)
{
  HearthPlatform *platform = shots_make_computer ();
  HearthLink lo = {
    .index = 1, .mtu_bytes = 65536, .flags = HEARTH_LINK_FLAG_LOOPBACK, .name = "lo"
  };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &lo);
  return platform;
}

static HearthPlatform *
make_computer_that_says_nothing (void)
{
  HearthPlatform *platform = shots_make_computer ();
  g_autoptr (GError) error =
      g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
                           "Hearth may not ask the kernel for the network interfaces (Operation "
                           "not permitted). Something "
                           "confines it; allow it sockets of the family AF_NETLINK.");

  hearth_platform_fake_fail_start (HEARTH_PLATFORM_FAKE (platform), error);
  return platform;
}

/* Who changes addresses in the pictures, as if they were asked for a password. */
HearthAuthorities *
shots_make_authorities (HearthPlatform *platform, const char *reason, gboolean held)
{
  g_autoptr (HearthAuthority) fake = hearth_authority_fake_new (platform);
  HearthAuthorities *authorities = hearth_authorities_new_with (&fake, 1);

  hearth_authority_fake_set_reason (HEARTH_AUTHORITY_FAKE (fake), reason);
  hearth_authority_fake_set_held (HEARTH_AUTHORITY_FAKE (fake), held);
  return authorities;
}

/* The folders in the pictures: really served, and asked for things at a time that is always the
 * same */

static HearthFolder *
serve (HearthFolders *folders, const char *name, const char *const *files)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  HearthFolder *served;

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_autofree char *inside = g_build_filename (path, files[i], NULL);

      g_assert_true (g_file_set_contents (inside, "-----BEGIN PRIVATE KEY-----", -1, &error));
    }
  served = hearth_folders_add (folders, file, NULL, &error);
  g_assert_no_error (error);
  while (hearth_folder_get_state (served) != HEARTH_FOLDER_SERVING)
    g_main_context_iteration (NULL, TRUE);
  return served;
}

#define REQUEST(n, path, status, bytes, ms, hint)                                                  \
  "{\"event\":\"request\",\"time\":17640432" #n                                                    \
  ",\"peer\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"" path "\",\"status\":" #status           \
  ",\"bytes\":" #bytes ",\"ms\":" #ms hint "}"

static const char *const request_lines[] = {
  REQUEST (00, "/", 200, 5120, 0.4, ""),
  REQUEST (00, "/styles.css", 200, 2300, 0.2, ""),
  REQUEST (00, "/script.js", 200, 84000, 0.3, ""),
  REQUEST (01, "/images/harbour-at-dawn-2400x1600.jpeg", 200, 3400000, 2.1, ""),
  REQUEST (01, "/favicon.ico", 404, 0, 0.1, ""),
  REQUEST (12, "/style.css", 404, 0, 0.2, ",\"hint\":\"styles.css\""),
  REQUEST (15, "/.env", 404, 0, 0.1, ",\"hint\":\"names that begin with a dot are hidden\""),
  REQUEST (19, "/", 421, 0, 0.1, ",\"hint\":\"asked for by a foreign name\""),
  REQUEST (27, "/about/", 200, 1800, 0.3, ""),
};

static void
ask (HearthFolder *served)
{
  gint64 now = g_get_monotonic_time ();

  for (gsize i = 0; i < G_N_ELEMENTS (request_lines); i++)
    {
      g_autoptr (HearthServeEvent) event =
          hearth_serve_event_parse (request_lines[i], strlen (request_lines[i]), NULL);
      g_autoptr (HearthRequest) request = hearth_request_new (event);

      hearth_request_log_add (hearth_folder_get_log (served), &request, 1, 0);
    }
  for (guint i = 0; i < 120; i++)
    if (i % 17 < 4)
      hearth_request_rate_add (hearth_folder_get_rate (served), now - (150 - i) * G_USEC_PER_SEC,
                               1 + i * i % 9, (guint64) (i * 7919 % 40) * 10000);
}

static HearthFolders *
make_folders (GSettings *settings)
{
  static const char *const site[] = { "index.html", "styles.css", ".env", NULL };
  static const char *const game[] = { "index.html", "game.wasm", "server.key", NULL };
  HearthFolders *folders = hearth_folders_new (settings);

  ask (serve (folders, "site", site));
  hearth_folder_stop (serve (folders, "game", game));
  return folders;
}

/* Shots */

#define NOBODY                                                                                     \
  "Hearth may not change addresses itself. Its helper is not installed. NetworkManager does not "  \
  "manage lo."

static const Shot shots[] = {
  { "addresses-wide", "addresses", 920, 680, shots_make_computer, .others = TRUE },
  { "addresses-narrow", "addresses", 360, 640, shots_make_computer },
  { "addresses-smallest", "addresses", 360, 294, shots_make_computer },
  { "addresses-dark", "addresses", 920, 680, shots_make_computer, .dark = TRUE, .others = TRUE },
  { "addresses-fresh", "addresses", 920, 680, hearth_platform_fake_new_with_loopback },
  { "addresses-fresh-narrow", "addresses", 360, 640, hearth_platform_fake_new_with_loopback },
  { "addresses-lo-down", "addresses", 920, 680, make_computer_with_lo_down,
    .says = "lo is switched off, so localhost does not work." },
  { "addresses-no-interface", "addresses", 920, 680, hearth_platform_fake_new,
    .says = "The system reports no network interface at all" },
  { "addresses-not-permitted", "addresses", 920, 680, make_computer_that_says_nothing,
    .says = "Hearth may not ask the kernel" },
  { "addresses-details", "addresses", 920, 680, shots_make_computer, .details = TRUE,
    .says = "10.254.254.254" },
  { "addresses-details-narrow", "addresses", 360, 640, shots_make_computer, .details = TRUE },
  { "addresses-read-only", "addresses", 920, 680, shots_make_computer, .reason = NOBODY,
    .says = "Read-only: nothing here can change addresses" },
  { "addresses-removed", "addresses", 920, 680, shots_make_computer, .remove = TRUE,
    .says = "Removed \u206610.254.254.254\u2069" },
  { "addresses-removed-narrow", "addresses", 360, 640, shots_make_computer, .remove = TRUE },
  { "addresses-pending", "addresses", 920, 680, shots_make_computer, .remove = TRUE, .held = TRUE,
    .says = "Being removed" },
  { "addresses-pending-narrow", "addresses", 360, 640, shots_make_computer, .remove = TRUE,
    .held = TRUE },
  { "add", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.3",
    .says = "until this computer restarts" },
  { "add-narrow", "addresses", 360, 640, shots_make_computer, .add = "127.0.0.3" },
  { "add-smallest", "addresses", 360, 294, shots_make_computer, .add = "127.0.0.3" },
  { "add-dark", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.3", .dark = TRUE },
  { "add-rtl", "addresses", 920, 680, shots_make_computer, .add = "fd00::7", .rtl = TRUE },
  { "add-warning", "addresses", 920, 680, shots_make_computer, .add = "192.168.1.50, 127.0.0.2-4",
    .says = "3 addresses" },
  { "add-error", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.256" },
  { "add-error-narrow", "addresses", 360, 640, shots_make_computer, .add = "127.0.0.256" },
  { "add-commands", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.3-40",
    .unfold = TRUE, .says = "and 35 more" },
  { "add-commands-narrow", "addresses", 360, 640, shots_make_computer, .add = "127.0.0.3-40",
    .unfold = TRUE },
  { "add-pending", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.3", .apply = TRUE,
    .held = TRUE, .says = "Being added" },
  { "add-read-only", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.3",
    .reason = NOBODY, .says = "Copy Command" },
  { "add-read-only-narrow", "addresses", 360, 640, shots_make_computer, .add = "127.0.0.3",
    .reason = NOBODY },
  { "add-done", "addresses", 920, 680, shots_make_computer, .add = "127.0.0.3", .apply = TRUE,
    .says = "Added" },
  { "addresses-search", "addresses", 920, 680, shots_make_computer, .action = "win.search" },
  { "about", "addresses", 920, 680, shots_make_computer, .action = "app.about" },
  { "shortcuts", "addresses", 920, 680, shots_make_computer, .action = "app.shortcuts" },
  { "shortcuts-narrow", "addresses", 360, 640, shots_make_computer, .action = "app.shortcuts" },
  { "folders-empty-wide", "folders", 920, 680, shots_make_computer },
  { "folders-empty-narrow", "folders", 360, 640, shots_make_computer },
  { "folders-empty-smallest", "folders", 360, 294, shots_make_computer },
  { "folders-empty-dark", "folders", 920, 680, shots_make_computer, .dark = TRUE },
  { "folders-wide", "folders", 920, 680, shots_make_computer, .served = TRUE,
    .says = "http://localhost:8000/" },
  { "folders-narrow", "folders", 360, 600, shots_make_computer, .served = TRUE },
  { "folders-dark", "folders", 920, 680, shots_make_computer, .served = TRUE, .dark = TRUE },
  { "folders-rtl", "folders", 920, 680, shots_make_computer, .served = TRUE, .rtl = TRUE },
  { "folder-wide", "folders", 920, 680, shots_make_computer, .served = TRUE, .folder = TRUE,
    .says = "Requests per second" },
  { "folder-narrow", "folders", 360, 600, shots_make_computer, .served = TRUE, .folder = TRUE },
  { "folder-smallest", "folders", 360, 294, shots_make_computer, .served = TRUE, .folder = TRUE },
  { "folder-dark", "folders", 920, 680, shots_make_computer, .served = TRUE, .folder = TRUE,
    .dark = TRUE },
  { "folder-log", "folders", 920, 680, shots_make_computer, .served = TRUE, .folder = TRUE,
    .log = TRUE, .says = "No such file; did you mean styles.css?" },
  { "folder-log-narrow", "folders", 360, 600, shots_make_computer, .served = TRUE, .folder = TRUE,
    .log = TRUE },
  { "folder-log-rtl", "folders", 920, 680, shots_make_computer, .served = TRUE, .folder = TRUE,
    .log = TRUE, .rtl = TRUE },
  { "folder-options", "folders", 920, 680, shots_make_computer, .served = TRUE, .folder = TRUE,
    .options = TRUE, .says = "Single-Page App" },
  { "folder-options-narrow", "folders", 360, 600, shots_make_computer, .served = TRUE,
    .folder = TRUE, .options = TRUE },
  { "services-wide", "services", 920, 680, shots_make_computer, .says = "PostgreSQL" },
  { "services-rtl", "services", 920, 680, shots_make_computer, .rtl = TRUE },
  { "services-commands", "services", 920, 680, shots_make_computer, .action = "services.commands",
    .says = "ss -tulnp" },
  { "services-narrow", "services", 360, 640, shots_make_computer },
  { "services-dark", "services", 920, 680, shots_make_computer, .dark = TRUE },
  { "explore-wide", "explore", 920, 680, shots_make_computer },
  { "explore-narrow", "explore", 360, 640, shots_make_computer },
  { "explore-dark", "explore", 920, 680, shots_make_computer, .dark = TRUE },
  { "check-up-wide", "explore", 920, 680, shots_make_computer, .explore = "check-up" },
  { "check-up-narrow", "explore", 360, 640, shots_make_computer, .explore = "check-up" },
  { "check-up-dark", "explore", 920, 680, shots_make_computer, .explore = "check-up",
    .dark = TRUE },
  { "check-up-rtl", "explore", 920, 680, shots_make_computer, .explore = "check-up", .rtl = TRUE },
  { "check-up-wrong", "explore", 920, 680, make_computer_with_lo_down, .explore = "check-up",
    .says = "What to Do" },
  { "check-up-wrong-narrow", "explore", 360, 640, make_computer_with_lo_down, .explore = "check-up",
    .down = TRUE },
  { "reach-empty", "explore", 920, 680, shots_make_computer, .explore = "reach" },
  { "reach-wide", "explore", 920, 680, shots_make_computer, .explore = "reach:localhost",
    .says = "Who Answers There Now" },
  { "reach-narrow", "explore", 360, 640, shots_make_computer, .explore = "reach:localhost" },
  { "reach-narrow-down", "explore", 360, 640, shots_make_computer, .explore = "reach:127.1",
    .down = TRUE },
  { "reach-dark", "explore", 920, 680, shots_make_computer, .explore = "reach:0.0.0.0",
    .dark = TRUE },
  { "reach-rtl", "explore", 920, 680, shots_make_computer, .explore = "reach:::ffff:127.0.0.1",
    .rtl = TRUE },
  { "reach-alias", "explore", 920, 680, shots_make_computer, .explore = "reach:192.168.1.5",
    .says = "once it was added as an alias" },
  { "reach-down", "explore", 920, 680, shots_make_computer, .explore = "reach:127.1", .down = TRUE,
    .says = "Good to Know" },
  { "learn-wide", "explore", 920, 680, shots_make_computer, .explore = "learn" },
  { "learn-narrow", "explore", 360, 640, shots_make_computer, .explore = "learn" },
  { "lesson-wide", "explore", 920, 680, shots_make_computer, .explore = "learn:loopback" },
  { "lesson-aliases", "explore", 920, 680, shots_make_computer, .explore = "learn:aliases",
    .down = TRUE, .says = "127.83.21.7" },
  { "lesson-narrow", "explore", 360, 640, shots_make_computer, .explore = "learn:reach" },
  { "lesson-narrow-down", "explore", 360, 640, shots_make_computer, .explore = "learn:reach",
    .down = TRUE, .says = "http.server" },
  { "lesson-dark", "explore", 920, 680, shots_make_computer, .explore = "learn:containers",
    .dark = TRUE, .down = TRUE },
  { "lesson-rtl", "explore", 920, 680, shots_make_computer, .explore = "learn:localhost",
    .rtl = TRUE, .down = TRUE },
  { "reach-error", "explore", 920, 680, shots_make_computer, .explore = "reach:127.0.0.256" },
  { "traffic-wide", "explore", 920, 680, shots_make_computer, .explore = "traffic",
    .says = "123.5\u00a0MB/s" },
  { "traffic-narrow", "explore", 360, 640, shots_make_computer, .explore = "traffic" },
  { "traffic-measured", "explore", 360, 640, shots_make_computer, .explore = "traffic",
    .apply = TRUE, .says = "per second" },
  { "traffic-dark", "explore", 920, 680, shots_make_computer, .explore = "traffic", .dark = TRUE },
  { "traffic-rtl", "explore", 920, 680, shots_make_computer, .explore = "traffic", .rtl = TRUE },
  { "map-wide", "explore", 920, 680, shots_make_computer, .explore = "map", .served = TRUE },
  { "map-narrow", "explore", 360, 640, shots_make_computer, .explore = "map", .served = TRUE },
  { "map-narrow-end", "explore", 360, 640, shots_make_computer, .explore = "map", .down = TRUE },
  { "map-dark", "explore", 920, 680, shots_make_computer, .explore = "map", .dark = TRUE },
  { "map-rtl", "explore", 920, 680, shots_make_computer, .explore = "map", .rtl = TRUE },
  { "map-fresh", "explore", 920, 680, hearth_platform_fake_new_with_loopback, .explore = "map" },
  { "map-many", "explore", 920, 680, make_crowded_computer, .explore = "map", .says = "more" },
  { "map-many-narrow", "explore", 360, 640, make_crowded_computer, .explore = "map" },
};

static void
activate (GtkWidget *window, const char *action)
{
  GApplication *application = g_application_get_default ();

  if (action != NULL && g_str_has_prefix (action, "app."))
    g_action_group_activate_action (G_ACTION_GROUP (application), action + strlen ("app."), NULL);
  else if (action != NULL && g_str_has_prefix (action, "services."))
    g_assert_true (gtk_widget_activate_action (widgets_find (window, HEARTH_TYPE_SERVICES_PAGE),
                                               action, NULL));
  else if (action != NULL)
    g_assert_true (gtk_widget_activate_action (window, action, NULL));
}

/* Scrolled to its end, so that what was unfolded is seen. */
static void
scroll_down (GtkWidget *page)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (widgets_find (page, GTK_TYPE_SCROLLED_WINDOW));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
use_dialog (GtkWidget *window, const Shot *shot)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (window, "win.add", NULL));
  widgets_settle (settle_ms);
  dialog = widgets_find (window, HEARTH_TYPE_ADD_DIALOG);
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (widgets_find (dialog, ADW_TYPE_ENTRY_ROW)), shot->add);
  gtk_editable_set_position (GTK_EDITABLE (widgets_find (dialog, ADW_TYPE_ENTRY_ROW)), -1);
  /* Long enough for the proof. */
  widgets_settle (3 * settle_ms);
  if (shot->apply)
    g_assert_true (gtk_widget_activate_action (dialog, "add.apply", NULL));
  if (!shot->unfold)
    return;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widgets_find (dialog, ADW_TYPE_EXPANDER_ROW)),
                                 TRUE);
  widgets_settle (2 * settle_ms);
  scroll_down (widgets_find (dialog, ADW_TYPE_PREFERENCES_PAGE));
}

static void
use_row (GtkWidget *window, const Shot *shot)
{
  GtkListView *view = GTK_LIST_VIEW (widgets_find (window, GTK_TYPE_LIST_VIEW));

  if (shot->details)
    g_signal_emit_by_name (view, "activate", 2);
  if (shot->remove)
    {
      gtk_selection_model_select_item (gtk_list_view_get_model (view), 2, TRUE);
      g_assert_true (
          gtk_widget_activate_action (GTK_WIDGET (view), "addresses.remove-selected", NULL));
    }
}

static void
use_folder (GtkWidget *window, const Shot *shot)
{
  GtkListBox *list = GTK_LIST_BOX (
      widgets_find (widgets_find (window, HEARTH_TYPE_FOLDERS_PAGE), GTK_TYPE_LIST_BOX));
  GtkWidget *view;

  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 0), "activate");
  widgets_settle (settle_ms);
  view = widgets_find (window, HEARTH_TYPE_REQUEST_VIEW);
  if (shot->options)
    g_assert_true (gtk_widget_activate_action (view, "folder.options", NULL));
  if (shot->log)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (widgets_find (view, GTK_TYPE_LIST_VIEW)),
                             G_N_ELEMENTS (request_lines), GTK_LIST_SCROLL_NONE, NULL);
}

/* Two minutes of traffic, which came in no time. */
static void
make_traffic (HearthPlatform *platform, GtkWidget *page)
{
  HearthTraffic *traffic = hearth_traffic_page_get_traffic (HEARTH_TRAFFIC_PAGE (page));
  HearthCounters counters = { .received_bytes = 7340032000, .received_packets = 1234567 };
  gint64 now_us = g_get_monotonic_time ();

  hearth_traffic_set_active (traffic, FALSE);
  for (guint i = 0; i <= HEARTH_TRAFFIC_SECONDS; i++)
    {
      guint wave = i % 40 < 25 ? 1 + i * i % 7 : 0;

      counters.received_bytes += i < HEARTH_TRAFFIC_SECONDS ? (guint64) wave * 40000000 : 123456789;
      counters.received_packets += (guint64) wave * 900 + i % 5 * 40;
      hearth_platform_fake_set_counters (HEARTH_PLATFORM_FAKE (platform), &counters);
      now_us += G_USEC_PER_SEC;
      hearth_traffic_look (traffic, now_us);
    }
}

static void
measure (GtkWidget *page)
{
  g_assert_true (gtk_widget_activate_action (page, "traffic.measure", NULL));
  for (int i = 0; !widgets_say (page, "per second") && i < MAX_TRIES; i++)
    widgets_settle (settle_ms);
}

/* It has looked, and scrolls no more, after a while. */
static void
use_explore (GtkWidget *window, const Shot *shot, HearthPlatform *platform)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (widgets_find (window, ADW_TYPE_NAVIGATION_VIEW));

  g_assert_true (gtk_widget_activate_action (window, "explore.show", "s", shot->explore));
  widgets_settle (4 * settle_ms);
  if (g_str_equal (shot->explore, "traffic"))
    make_traffic (platform, widgets_find (window, HEARTH_TYPE_TRAFFIC_PAGE));
  if (shot->apply)
    measure (widgets_find (window, HEARTH_TYPE_TRAFFIC_PAGE));
  if (shot->down)
    scroll_down (GTK_WIDGET (adw_navigation_view_get_visible_page (view)));
}

static void
use (GtkWidget *window, const Shot *shot, HearthPlatform *platform)
{
  activate (window, shot->action);
  if (shot->explore != NULL)
    use_explore (window, shot, platform);
  if (shot->folder)
    use_folder (window, shot);
  use_row (window, shot);
  if (shot->add != NULL)
    use_dialog (window, shot);
}

void
shots_open (Stage *stage, const Shot *shot)
{
  stage->platform = shot->make_platform ();
  stage->authorities = shots_make_authorities (stage->platform, shot->reason, shot->held);
  stage->settings = g_settings_new (HEARTH_APPLICATION_ID);
  stage->folders =
      shot->served ? make_folders (stage->settings) : hearth_folders_new (stage->settings);
  g_settings_set_int (stage->settings, "window-width", shot->width);
  g_settings_set_int (stage->settings, "window-height", shot->height);
  g_settings_set_boolean (stage->settings, "show-other-interfaces", shot->others);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      shot->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (shot->rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  stage->window = g_object_new (HEARTH_TYPE_WINDOW, "application", g_application_get_default (),
                                "platform", stage->platform, "authorities", stage->authorities,
                                "folders", stage->folders, NULL);
  gtk_window_present (GTK_WINDOW (stage->window));
  g_assert_true (gtk_widget_activate_action (stage->window, "win.show-page", "s", shot->page));
  widgets_settle (settle_ms);
  use (stage->window, shot, stage->platform);
}

void
shots_close (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_settings_reset (stage->settings, "folders");
  widgets_settle (settle_ms);
  g_clear_object (&stage->folders);
  g_clear_object (&stage->settings);
  g_clear_object (&stage->authorities);
  g_clear_object (&stage->platform);
}

const Shot *
shots_get (gsize *n_shots)
{
  *n_shots = G_N_ELEMENTS (shots);
  return shots;
}

HearthApplication *
shots_start (int *argc, char ***argv, guint time_ms)
{
  HearthApplication *application;
  g_autoptr (GError) error = NULL;

  settle_ms = time_ms;
  g_test_init (argc, argv, NULL);
  application = hearth_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink",
                FALSE, "gtk-font-name", "Cantarell 11", NULL);
  return application;
}

/* Whether they differ in size and colours only, or in what is asserted. */
static gboolean
is_same (const Shot *a, const Shot *b)
{
  return g_strcmp0 (a->page, b->page) == 0 && a->make_platform == b->make_platform &&
         g_strcmp0 (a->action, b->action) == 0 && a->others == b->others &&
         a->details == b->details && g_strcmp0 (a->add, b->add) == 0 && a->unfold == b->unfold &&
         a->apply == b->apply && a->remove == b->remove && a->held == b->held &&
         a->served == b->served && a->folder == b->folder && a->log == b->log &&
         a->options == b->options && g_strcmp0 (a->reason, b->reason) == 0 &&
         g_strcmp0 (a->explore, b->explore) == 0 && a->down == b->down;
}

gboolean
shots_is_new (gsize i)
{
  for (gsize j = 0; j < i; j++)
    if (is_same (&shots[j], &shots[i]))
      return FALSE;
  return TRUE;
}
