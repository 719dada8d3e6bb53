/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "serve-lockdown.h"

/* What is being read. */
typedef struct {
  ServeOptions *options;
  int n_arguments;
  char **arguments;
  int next;
  char *message; /* SERVE_MESSAGE_SIZE bytes */
} Reader;

typedef bool (*TakeValue) (Reader *reader, const char *value);

typedef struct {
  const char *name;
  size_t flag;    /* the offset of a bool of ServeOptions, where it takes no value */
  TakeValue take; /* else NULL */
} Option;

static bool __attribute__ ((format (printf, 2, 3)))
refuse (Reader *reader, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  vsnprintf (reader->message, SERVE_MESSAGE_SIZE, format, values);
  va_end (values);
  /* What was typed is in it, and a terminal obeys none of that. */
  for (char *byte = reader->message; *byte != '\0'; byte++)
    {
      if ((unsigned char) *byte < ' ' || *byte == 0x7f)
        *byte = '?';
    }
  return false;
}

static bool
take_port (Reader *reader, const char *value)
{
  char *end = NULL;
  unsigned long port = strtoul (value, &end, 10);

  if (value[0] < '0' || value[0] > '9' || *end != '\0' || port > 65535)
    return refuse (reader,
                   "\"%s\" is not a port. Ports are numbers from 1 to 65535; 0 takes any free one.",
                   value);
  reader->options->port = (unsigned) port;
  reader->options->port_is_default = false;
  return true;
}

static bool
has_address (const ServeOptions *options, const ServeAddress *address)
{
  for (size_t i = 0; i < options->n_addresses; i++)
    {
      if (serve_address_equal (&options->addresses[i], address))
        return true;
    }
  return false;
}

static bool
is_unspecified (const ServeAddress *address)
{
  static const uint8_t zeros[16];

  return memcmp (address->bytes, zeros, sizeof zeros) == 0;
}

static bool
take_address (Reader *reader, const char *value)
{
  ServeOptions *options = reader->options;
  ServeAddress address;

  if (!serve_address_parse (&address, serve_text (value)))
    return refuse (reader,
                   "\"%s\" is not an address to listen on. Write one like 127.0.0.2 or ::1; "
                   "further names to answer to are --name.",
                   value);
  if (is_unspecified (&address))
    return refuse (reader,
                   "%s stands for every address of this computer. Name those to listen on, "
                   "each with an --address of its own.",
                   value);
  if (options->addresses_are_default)
    options->n_addresses = 0;
  options->addresses_are_default = false;
  if (has_address (options, &address))
    return true;
  if (options->n_addresses == SERVE_ADDRESSES_MAX)
    return refuse (reader, "More than %d addresses are too many for one folder.",
                   SERVE_ADDRESSES_MAX);
  options->addresses[options->n_addresses++] = address;
  return true;
}

static bool
is_name_character (char character)
{
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '-' || character == '_' ||
         character == '.';
}

static bool
is_name (const char *value)
{
  size_t length = strlen (value);

  for (size_t i = 0; i < length; i++)
    {
      if (!is_name_character (value[i]))
        return false;
    }
  return length > 0 && length <= 253 && value[0] != '.';
}

static bool
take_name (Reader *reader, const char *value)
{
  ServeOptions *options = reader->options;

  if (!is_name (value))
    return refuse (reader,
                   "\"%s\" is not a host name. Write one like shop.test, without http:// and "
                   "without a port.",
                   value);
  if (options->n_names == SERVE_NAMES_MAX)
    return refuse (reader, "More than %d names are too many for one folder.", SERVE_NAMES_MAX);
  options->names[options->n_names++] = value;
  return true;
}

#define FLAG(name, field) { (name), offsetof (ServeOptions, field), NULL }

static const Option option_table[] = {
  { "port", 0, take_port },
  { "address", 0, take_address },
  { "name", 0, take_name },
  FLAG ("spa", spa),
  FLAG ("cors", cors),
  FLAG ("isolate", isolate),
  FLAG ("hidden", hidden),
  FLAG ("live", live),
  FLAG ("no-listing", no_listing),
  FLAG ("visible", visible),
  FLAG ("json", json),
  FLAG ("parent-pipe", parent_pipe),
  FLAG ("quiet", quiet),
};

static const Option *
find_option (const char *name, size_t length)
{
  for (size_t i = 0; i < sizeof option_table / sizeof option_table[0]; i++)
    {
      if (strlen (option_table[i].name) == length &&
          strncmp (option_table[i].name, name, length) == 0)
        return &option_table[i];
    }
  return NULL;
}

/* The value after the name, or in the argument after it. */
static bool
take_with_value (Reader *reader, const Option *option, const char *rest)
{
  if (*rest == '=')
    return option->take (reader, rest + 1);
  if (reader->next == reader->n_arguments)
    return refuse (reader, "--%s wants a value after it. --help shows how.", option->name);
  return option->take (reader, reader->arguments[reader->next++]);
}

static bool
take_option (Reader *reader, const char *argument)
{
  bool is_long = strncmp (argument, "--", 2) == 0;
  const char *name = is_long ? argument + 2 : argument;
  size_t length = strcspn (name, "=");
  const Option *option = is_long ? find_option (name, length) : NULL;

  if (option == NULL)
    return refuse (reader, "There is no option \"%s\". --help shows those that there are.",
                   argument);
  if (option->take != NULL)
    return take_with_value (reader, option, name + length);
  if (name[length] != '\0')
    return refuse (reader, "--%s is a switch and takes no value.", option->name);
  *((bool *) ((char *) reader->options + option->flag)) = true;
  return true;
}

static bool
take_folder (Reader *reader, const char *argument, bool *has_folder)
{
  if (argument[0] == '\0')
    return refuse (reader, "The name of the folder is empty. \".\" is the folder you are in.");
  if (*has_folder)
    return refuse (reader,
                   "One folder at a time: \"%s\" is one too many. Start hearth-serve once more "
                   "for it.",
                   argument);
  reader->options->folder = argument;
  *has_folder = true;
  return true;
}

static void
set_defaults (ServeOptions *options)
{
  *options = (ServeOptions) {
    .folder = ".",
    .port = SERVE_DEFAULT_PORT,
    .port_is_default = true,
    .addresses_are_default = true,
    .n_addresses = 2,
  };
  serve_address_parse (&options->addresses[0], SERVE_TEXT ("127.0.0.1"));
  serve_address_parse (&options->addresses[1], SERVE_TEXT ("::1"));
}

static bool
asks_for (const char *argument, const char *name, const char *letter)
{
  return strcmp (argument, name) == 0 || strcmp (argument, letter) == 0;
}

ServeOptionsResult
serve_options_parse (ServeOptions *options,
                     int n_arguments,
                     char **arguments,
                     char message[SERVE_MESSAGE_SIZE])
{
  Reader reader = { options, n_arguments, arguments, 1, message };
  bool only_folders = false;
  bool has_folder = false;

  message[0] = '\0';
  set_defaults (options);
  while (reader.next < n_arguments)
    {
      const char *argument = arguments[reader.next++];
      bool is_option = !only_folders && argument[0] == '-' && argument[1] != '\0';

      if (is_option && strcmp (argument, "--") == 0)
        only_folders = true;
      else if (is_option && asks_for (argument, "--help", "-h"))
        return SERVE_OPTIONS_HELP;
      else if (is_option && asks_for (argument, "--version", "-V"))
        return SERVE_OPTIONS_VERSION;
      else if (is_option ? !take_option (&reader, argument)
                         : !take_folder (&reader, argument, &has_folder))
        return SERVE_OPTIONS_WRONG;
    }
  return SERVE_OPTIONS_RUN;
}

static const char help_text[] =
    "hearth-serve [OPTIONS] [FOLDER]   serves a folder, or the one you are in, on localhost\n"
    "\n"
    "Where\n"
    "  --port N         the port; without it 8000, or the next free one\n"
    "  --address A      an address to listen on, once for each; without it 127.0.0.1 and ::1\n"
    "  --name HOST      a further name to answer to, once for each, beside localhost\n"
    "  --visible        answer other computers too, on addresses that they can reach\n"
    "\n"
    "What\n"
    "  --spa            a single-page app: paths that are not there get index.html\n"
    "  --cors           pages of other sites may read the files\n"
    "  --isolate        cross-origin isolation, as WebAssembly threads need it\n"
    "  --live           pages load anew when something in the folder changes\n"
    "  --hidden         also what starts with a dot\n"
    "  --no-listing     folders without an index.html show nothing\n"
    "\n"
    "How\n"
    "  --json           one JSON object a line on standard output for all that happens\n"
    "  --quiet          no line for each request\n"
    "  --parent-pipe    end when standard input closes\n"
    "  --help, --version\n"
    "\n"
    "Symbolic links that lead out of the folder are not followed, and requests by a foreign name "
    "or\n"
    "from another site's page are refused. Ctrl+C ends it when running answers are done.\n";

void
serve_options_print_help (unsigned locks)
{
  static const ServeLock all[] = { SERVE_LOCK_NO_NEW_PRIVILEGES, SERVE_LOCK_LANDLOCK,
                                   SERVE_LOCK_LANDLOCK_NETWORK, SERVE_LOCK_SECCOMP };

  fputs (help_text, stdout);
  fputs ("\nWhat protects this computer from it, here:\n", stdout);
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    printf ("  %-3s  %s: %s\n", (locks & (unsigned) all[i]) != 0 ? "on" : "off",
            serve_lock_name (all[i]), serve_lock_describe (all[i]));
}
