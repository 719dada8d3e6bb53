/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-lesson.h"

G_BEGIN_DECLS

/**
 * HearthLessonPage:
 *
 * One lesson: what there is to know, what to try in the application, and what is often said
 * wrongly. The action `lesson.try` does one of the things to try by its number, from 0.
 */
#define HEARTH_TYPE_LESSON_PAGE (hearth_lesson_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthLessonPage, hearth_lesson_page, HEARTH, LESSON_PAGE, AdwNavigationPage)

/* (transfer floating) */
AdwNavigationPage *hearth_lesson_page_new (const HearthLesson *lesson);

G_END_DECLS
