/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-question.h"

#include <glib/gi18n-lib.h>

/* Translators: in all of these, $(address), $(more) and $(interface) stay as they are: they become
 * an address, a number of at least 1, and “lo”. */
static const struct {
  const char *one;
  const char *several;
} messages[] = {
  [HEARTH_HELPER_REMOVE] = { N_ ("Authentication is required to remove $(address) from $(interface)"),
                             N_ ("Authentication is required to remove $(address) and $(more) more "
                                 "from $(interface)") },
  [HEARTH_HELPER_KEEP] = { N_ ("Authentication is required to keep $(address) on $(interface) after "
                               "restarts"),
                           N_ ("Authentication is required to keep $(address) and $(more) more on "
                               "$(interface) after restarts") },
  [HEARTH_HELPER_FORGET] = { N_ ("Authentication is required to keep $(address) on $(interface) only "
                                 "until the computer restarts"),
                             N_ ("Authentication is required to keep $(address) and $(more) more on "
                                 "$(interface) only until the computer restarts") },
},
  additions[] = {
    [HEARTH_HELPER_SESSION] = { N_ ("Authentication is required to add $(address) to $(interface) for as "
                                    "long as the application runs"),
                                N_ ("Authentication is required to add $(address) and $(more) more to "
                                    "$(interface) for as long as the application runs") },
    [HEARTH_HELPER_RESTART] = { N_ ("Authentication is required to add $(address) to $(interface) until "
                                    "the computer restarts"),
                                N_ ("Authentication is required to add $(address) and $(more) more to "
                                    "$(interface) until the computer restarts") },
    [HEARTH_HELPER_ALWAYS] = { N_ ("Authentication is required to add $(address) to $(interface) for "
                                   "good"),
                               N_ ("Authentication is required to add $(address) and $(more) more to "
                                   "$(interface) for good") },
  };

static const char foreign_one[] = N_ (
    "Authentication is required to remove $(address) from $(interface), which somebody else added");
static const char foreign_several[] = N_ (
    "Authentication is required to remove $(address) and $(more) more from $(interface), some of "
    "which somebody else added");
static const char undo_one[] =
    N_ ("Authentication is required to take back the change of $(address) on $(interface)");
static const char undo_several[] =
    N_ ("Authentication is required to take back the change of $(address) and $(more) more on "
        "$(interface)");

static void
init (HearthHelperQuestion *question,
      const char *interface,
      const HearthPrefix *first,
      guint n_prefixes)
{
  *question = (HearthHelperQuestion) { 0 };
  g_strlcpy (question->interface, interface, sizeof question->interface);
  if (first != NULL && first->length == hearth_address_get_bits (&first->address))
    hearth_address_print (&first->address, question->address);
  else if (first != NULL)
    hearth_prefix_print (first, question->address);
  if (n_prefixes > 1)
    g_snprintf (question->more, sizeof question->more, "%u", n_prefixes - 1);
}

void
hearth_helper_question_init (HearthHelperQuestion *question,
                             const HearthHelperRequest *request,
                             gboolean is_foreign)
{
  gboolean is_one = request->n_prefixes == 1;

  init (question, request->interface, request->prefixes, request->n_prefixes);
  if (request->verb == HEARTH_HELPER_REMOVE && is_foreign)
    question->message = is_one ? foreign_one : foreign_several;
  else if (request->verb == HEARTH_HELPER_ADD)
    question->message =
        is_one ? additions[request->lifetime].one : additions[request->lifetime].several;
  else
    question->message = is_one ? messages[request->verb].one : messages[request->verb].several;
}

void
hearth_helper_question_init_undo (HearthHelperQuestion *question, const HearthHelperChange *inverse)
{
  guint n_steps = hearth_helper_change_get_n_steps (inverse);
  /* The last step of the inverse is the first of the change. */
  const HearthPrefix *first =
      n_steps > 0 ? &hearth_helper_change_get_step (inverse, n_steps - 1)->prefix : NULL;

  init (question, hearth_helper_change_get_interface (inverse), first, n_steps);
  question->message = n_steps > 1 ? undo_several : undo_one;
}
