/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthLessonsPage:
 *
 * Learn: the lessons (hearth-lesson.h), each a row that opens it.
 */
#define HEARTH_TYPE_LESSONS_PAGE (hearth_lessons_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HearthLessonsPage, hearth_lessons_page, HEARTH, LESSONS_PAGE, AdwNavigationPage)

/* (transfer floating) */
AdwNavigationPage *hearth_lessons_page_new (void);

G_END_DECLS
