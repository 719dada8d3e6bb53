/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most of each that a lesson has. */
#define HEARTH_LESSON_MAX_PARAGRAPHS 6
#define HEARTH_LESSON_MAX_CLAIMS 4
#define HEARTH_LESSON_MAX_TRIES 3

/**
 * HearthLessonClaim:
 * @claim: what articles say, and what is wrong, as a sentence
 * @truth: what is right
 * @command: (nullable): what a person can run to have it so; not translated
 * @proof: (nullable): an address that proves it on this computer, when it answers
 * @source: where it stands, "RFC 1122, section 3.2.1.3"
 */
typedef struct {
  const char *claim;
  const char *truth;
  const char *command;
  const char *proof;
  const char *source;
} HearthLessonClaim;

/**
 * HearthLessonTry:
 * @label: what it does, as on a button
 * @page: (nullable): the page of the window that is shown first, "addresses"
 * @action: the action that does it, with its target: "explore.show('map')"
 */
typedef struct {
  const char *label;
  const char *page;
  const char *action;
} HearthLessonTry;

/**
 * HearthLesson:
 * @id: "loopback", for programs
 * @title: what it is about
 * @summary: a line below the title
 * @paragraphs: (array zero-terminated=1): what there is to know
 * @claims: what is put right, to the first without a claim
 * @tries: what to do, to the first without a label
 * @source: the documents that it follows
 *
 * A short lesson on localhost. All strings are static; those for people are translatable with
 * g_dgettext().
 */
typedef struct {
  const char *id;
  const char *title;
  const char *summary;
  const char *paragraphs[HEARTH_LESSON_MAX_PARAGRAPHS + 1];
  HearthLessonClaim claims[HEARTH_LESSON_MAX_CLAIMS + 1];
  HearthLessonTry tries[HEARTH_LESSON_MAX_TRIES + 1];
  const char *source;
} HearthLesson;

/* All of them, in the order in which they are read. (array length=n_lessons) (transfer none) */
const HearthLesson *hearth_lesson_get_all (guint *n_lessons);

/* (nullable) (transfer none) */
const HearthLesson *hearth_lesson_find (const char *id);

/* The one after it, or NULL where it is the last. (nullable) (transfer none) */
const HearthLesson *hearth_lesson_get_next (const HearthLesson *self);

G_END_DECLS
