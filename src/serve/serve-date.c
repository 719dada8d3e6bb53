/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-date.h"

#define DAY_SECONDS 86400

/* The long names of RFC 850; the first three letters are the short ones. Sunday is 0. */
static const char *const weekdays[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday" };
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

typedef struct {
  int year;
  int month; /* from 1 */
  int day;   /* from 1 */
  int hour;
  int minute;
  int second;
} Fields;

/* Days since 1970-01-01 of the Gregorian calendar. The year is counted from March on, so that the
 * day that not every year has is its last; 719,468 days are from 0000-03-01 to 1970-01-01. */
static int64_t
days_of (int year, int month, int day)
{
  int64_t y = month > 2 ? year : year - 1;
  int64_t m = month > 2 ? month - 3 : month + 9;

  /* Never below 0 for the years from 1 on. */
  return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* The other way round, from the era of 400 years that the day is in. */
static void
split_days (int64_t days, Fields *fields)
{
  unsigned since_march = (unsigned) (days + 719468);
  unsigned era = since_march / 146097;
  unsigned in_era = since_march % 146097;
  unsigned year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  unsigned in_year = in_era - (year * 365 + year / 4 - year / 100);
  unsigned month = (5 * in_year + 2) / 153;

  fields->day = (int) (in_year - (153 * month + 2) / 5 + 1);
  fields->month = (int) (month < 10 ? month + 3 : month - 9);
  fields->year = (int) (year + era * 400 + (fields->month <= 2));
}

static int64_t
seconds_of (const Fields *fields)
{
  return days_of (fields->year, fields->month, fields->day) * DAY_SECONDS + fields->hour * 3600 +
         fields->minute * 60 + fields->second;
}

static void
put_two (char *text, int number)
{
  text[0] = (char) ('0' + number / 10);
  text[1] = (char) ('0' + number % 10);
}

void
serve_date_print (int64_t seconds, char text[SERVE_DATE_LENGTH])
{
  int64_t days;
  int rest;
  Fields fields;

  if (seconds < SERVE_DATE_FIRST)
    seconds = SERVE_DATE_FIRST;
  if (seconds > SERVE_DATE_LAST)
    seconds = SERVE_DATE_LAST;
  days = (seconds - SERVE_DATE_FIRST) / DAY_SECONDS + SERVE_DATE_FIRST / DAY_SECONDS;
  rest = (int) (seconds - days * DAY_SECONDS);
  split_days (days, &fields);

  memcpy (text, "Sun, 06 Nov 1994 08:49:37 GMT", SERVE_DATE_LENGTH);
  /* The first day of all was a Monday. */
  memcpy (text, weekdays[(days - SERVE_DATE_FIRST / DAY_SECONDS + 1) % 7], 3);
  put_two (text + 5, fields.day);
  memcpy (text + 8, months + (fields.month - 1) * 3, 3);
  put_two (text + 12, fields.year / 100);
  put_two (text + 14, fields.year % 100);
  put_two (text + 17, rest / 3600);
  put_two (text + 20, rest / 60 % 60);
  put_two (text + 23, rest % 60);
}

static bool
take_literal (ServeText *text, const char *literal, size_t length)
{
  if (text->length < length || memcmp (text->bytes, literal, length) != 0)
    return false;
  text->bytes += length;
  text->length -= length;
  return true;
}

static bool
take_weekday (ServeText *text, bool is_long)
{
  for (size_t i = 0; i < sizeof weekdays / sizeof weekdays[0]; i++)
    {
      if (take_literal (text, weekdays[i], is_long ? strlen (weekdays[i]) : 3))
        return true;
    }
  return false;
}

static bool
take_month (ServeText *text, int *month)
{
  for (int i = 0; i < 12; i++)
    {
      if (take_literal (text, months + i * 3, 3))
        {
          *month = i + 1;
          return true;
        }
    }
  return false;
}

static bool
take_digits (ServeText *text, size_t count, int *number)
{
  if (text->length < count)
    return false;
  *number = 0;
  for (size_t i = 0; i < count; i++)
    {
      char digit = text->bytes[i];

      if (digit < '0' || digit > '9')
        return false;
      *number = *number * 10 + (digit - '0');
    }
  text->bytes += count;
  text->length -= count;
  return true;
}

/* What one letter of a form stands for, as in strptime(3). */
static bool
take_field (ServeText *text, char letter, Fields *fields)
{
  switch (letter)
    {
    case 'a':
      return take_weekday (text, false);
    case 'A':
      return take_weekday (text, true);
    case 'b':
      return take_month (text, &fields->month);
    case 'd':
      return take_digits (text, 2, &fields->day);
    case 'e':
      return take_literal (text, " ", 1) ? take_digits (text, 1, &fields->day)
                                         : take_digits (text, 2, &fields->day);
    case 'y':
      return take_digits (text, 2, &fields->year);
    case 'Y':
      return take_digits (text, 4, &fields->year);
    case 'H':
      return take_digits (text, 2, &fields->hour);
    case 'M':
      return take_digits (text, 2, &fields->minute);
    default:
      return take_digits (text, 2, &fields->second);
    }
}

static bool
read_form (ServeText text, const char *form, Fields *fields)
{
  for (; *form != '\0'; form++)
    {
      if (*form == '%' ? !take_field (&text, *++form, fields) : !take_literal (&text, form, 1))
        return false;
    }
  return text.length == 0;
}

/* The two digits of RFC 850 in the century of @now, or in the one before. */
static void
choose_century (Fields *fields, int64_t now)
{
  Fields today;
  Fields earlier = *fields;

  split_days (now / DAY_SECONDS, &today);
  fields->year += today.year / 100 * 100;
  earlier.year = fields->year - 50;
  if (seconds_of (&earlier) > now)
    fields->year -= 100;
}

static int
days_in (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && is_leap ? 29 : days[month - 1];
}

static bool
is_possible (const Fields *fields)
{
  return fields->year >= 1 && fields->day >= 1 &&
         fields->day <= days_in (fields->year, fields->month) && fields->hour <= 23 &&
         fields->minute <= 59 && fields->second <= 60;
}

bool
serve_date_parse (ServeText text, int64_t now, int64_t *seconds)
{
  Fields fields = { 0 };

  if (read_form (text, "%A, %d-%b-%y %H:%M:%S GMT", &fields))
    choose_century (&fields, now);
  else if (!read_form (text, "%a, %d %b %Y %H:%M:%S GMT", &fields) &&
           !read_form (text, "%a %b %e %H:%M:%S %Y", &fields))
    return false;
  if (!is_possible (&fields))
    return false;
  *seconds = seconds_of (&fields);
  return true;
}
