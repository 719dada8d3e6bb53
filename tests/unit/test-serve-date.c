/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-date.h"

/* 2026-11-25T04:54:47Z */
#define NOW G_GINT64_CONSTANT (1795582487)

static void
test_print (void)
{
  static const struct {
    int64_t seconds;
    const char *expected;
  } rows[] = {
    { 784111777, "Sun, 06 Nov 1994 08:49:37 GMT" },
    { 0, "Thu, 01 Jan 1970 00:00:00 GMT" },
    { -1, "Wed, 31 Dec 1969 23:59:59 GMT" },
    { 951782400, "Tue, 29 Feb 2000 00:00:00 GMT" },
    { 4107542399, "Sun, 28 Feb 2100 23:59:59 GMT" },
    { 4107542400, "Mon, 01 Mar 2100 00:00:00 GMT" },
    { G_GINT64_CONSTANT (2147483648), "Tue, 19 Jan 2038 03:14:08 GMT" },
    { SERVE_DATE_FIRST, "Mon, 01 Jan 0001 00:00:00 GMT" },
    { SERVE_DATE_FIRST - 1, "Mon, 01 Jan 0001 00:00:00 GMT" },
    { G_MININT64, "Mon, 01 Jan 0001 00:00:00 GMT" },
    { SERVE_DATE_LAST, "Fri, 31 Dec 9999 23:59:59 GMT" },
    { SERVE_DATE_LAST + 1, "Fri, 31 Dec 9999 23:59:59 GMT" },
    { G_MAXINT64, "Fri, 31 Dec 9999 23:59:59 GMT" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char text[SERVE_DATE_LENGTH + 1] = { 0 };

      serve_date_print (rows[i].seconds, text);
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

/* Every day of the calendar, against GLib's. */
static void
test_calendar (void)
{
  GDate *date = g_date_new_dmy (1, G_DATE_JANUARY, 1);

  for (int64_t seconds = SERVE_DATE_FIRST; seconds < SERVE_DATE_LAST; seconds += 86400)
    {
      static const char *const weekdays[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
      static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
      char text[SERVE_DATE_LENGTH + 1] = { 0 };
      char expected[64];
      int64_t again;

      serve_date_print (seconds, text);
      g_snprintf (expected, sizeof expected, "%s, %02d %s %04d 00:00:00 GMT",
                  weekdays[g_date_get_weekday (date)], g_date_get_day (date),
                  months[g_date_get_month (date)], g_date_get_year (date));
      g_assert_cmpstr (text, ==, expected);
      g_assert_true (serve_date_parse (serve_text (text), NOW, &again));
      g_assert_cmpint (again, ==, seconds);
      g_date_add_days (date, 1);
    }
  g_date_free (date);
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    int64_t seconds;
  } rows[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
    { "Sun Nov  6 08:49:37 1994", 784111777 },
    { "Wed Nov 16 08:49:37 1994", 784975777 },
    { "Sat, 31 Dec 2016 23:59:60 GMT", 1483228800 },
    { "Tue, 29 Feb 2000 00:00:00 GMT", 951782400 },
    { "Tuesday, 29-Feb-00 00:00:00 GMT", 951782400 },
    /* Fifty years from now to the second, and one second more. */
    { "Wednesday, 25-Nov-76 04:54:47 GMT", G_GINT64_CONSTANT (3373505687) },
    { "Wednesday, 25-Nov-76 04:54:48 GMT", 217745688 },
    { "Wednesday, 25-Nov-26 04:54:48 GMT", NOW + 1 },
    { "Wednesday, 25-Nov-99 04:54:48 GMT", 943505688 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int64_t seconds;

      g_test_message ("%s", rows[i].text);
      g_assert_true (serve_date_parse (serve_text (rows[i].text), NOW, &seconds));
      g_assert_cmpint (seconds, ==, rows[i].seconds);
    }
}

static void
test_garbage (void)
{
  static const char *const rows[] = {
    NULL,
    "",
    "0",
    "784111777",
    "yesterday",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 gmt",
    "Sun, 06 Nov 1994 08:49:37 GMT ",
    "Sun, 06 Nov 1994 08:49:37 GMTx",
    " Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT",
    "Sun, 06 Now 1994 08:49:37 GMT",
    "Son, 06 Nov 1994 08:49:37 GMT",
    "Sun,06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 94 08:49:37 GMT",
    "Sun, 06 Nov 0000 08:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 31 Nov 1994 08:49:37 GMT",
    "Sun, 30 Feb 2000 08:49:37 GMT",
    "Sun, 29 Feb 1999 08:49:37 GMT",
    "Sun, 29 Feb 2100 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:60:00 GMT",
    "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, -6 Nov 1994 08:49:37 GMT",
    "Sun, +6 Nov 1994 08:49:37 GMT",
    "Sun, 06-Nov-94 08:49:37 GMT",
    "Sunday, 06-Nov-1994 08:49:37 GMT",
    "Sun Nov 6 08:49:37 1994",
    "Sun Nov 06 08:49:37 1994 GMT",
    "Sun Nov",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int64_t seconds;

      g_test_message ("%s", rows[i]);
      g_assert_false (serve_date_parse (serve_text (rows[i]), NOW, &seconds));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-date/print", test_print);
  g_test_add_func ("/serve-date/calendar", test_calendar);
  g_test_add_func ("/serve-date/parse", test_parse);
  g_test_add_func ("/serve-date/garbage", test_garbage);

  return g_test_run ();
}
