/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-explore-page.h"

#include "hearth-check-up-page.h"
#include "hearth-lesson-page.h"
#include "hearth-lessons-page.h"
#include "hearth-reach-page.h"
#include "hearth-map-page.h"
#include "hearth-traffic-page.h"

struct _HearthExplorePage {
  AdwBin parent_instance;

  /* Template */
  AdwPreferencesPage *page;

  /* Owned: until the platform has started there are none */
  HearthPlatform *platform;
  HearthInterfaces *interfaces;
  HearthServices *services;
  HearthFolders *folders;
};

G_DEFINE_FINAL_TYPE (HearthExplorePage, hearth_explore_page, ADW_TYPE_BIN)

static AdwNavigationPage *
make_lesson (const char *id)
{
  const HearthLesson *lesson = hearth_lesson_find (id);

  return lesson != NULL ? hearth_lesson_page_new (lesson) : NULL;
}

/* The pages, each made when it is opened. (nullable) (transfer floating) */
static AdwNavigationPage *
make_page (HearthExplorePage *self, const char *tag)
{
  if (g_str_equal (tag, "check-up"))
    return hearth_check_up_page_new (self->platform);
  if (g_str_equal (tag, "reach"))
    return hearth_reach_page_new (self->platform, NULL);
  if (g_str_has_prefix (tag, "reach:"))
    return hearth_reach_page_new (self->platform, tag + strlen ("reach:"));
  if (g_str_equal (tag, "learn"))
    return hearth_lessons_page_new ();
  if (g_str_has_prefix (tag, "learn:"))
    return make_lesson (tag + strlen ("learn:"));
  if (g_str_equal (tag, "map"))
    return hearth_map_page_new (self->platform, self->interfaces, self->folders);
  if (g_str_equal (tag, "traffic"))
    return hearth_traffic_page_new (self->platform);
  return NULL;
}

static void
hearth_explore_page_dispose (GObject *object)
{
  HearthExplorePage *self = HEARTH_EXPLORE_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_EXPLORE_PAGE);

  G_OBJECT_CLASS (hearth_explore_page_parent_class)->dispose (object);
}

static void
hearth_explore_page_finalize (GObject *object)
{
  HearthExplorePage *self = HEARTH_EXPLORE_PAGE (object);

  g_clear_object (&self->platform);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->services);
  g_clear_object (&self->folders);

  G_OBJECT_CLASS (hearth_explore_page_parent_class)->finalize (object);
}

static void
hearth_explore_page_class_init (HearthExplorePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_explore_page_dispose;
  object_class->finalize = hearth_explore_page_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-explore-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthExplorePage, page);
}

static void
hearth_explore_page_init (HearthExplorePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_explore_page_set_models (HearthExplorePage *self,
                                HearthPlatform *platform,
                                HearthInterfaces *interfaces,
                                HearthServices *services,
                                HearthFolders *folders)
{
  g_return_if_fail (HEARTH_IS_EXPLORE_PAGE (self));

  g_set_object (&self->platform, platform);
  g_set_object (&self->interfaces, interfaces);
  g_set_object (&self->services, services);
  g_set_object (&self->folders, folders);
}

void
hearth_explore_page_show (HearthExplorePage *self, const char *tag)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *page;

  g_return_if_fail (HEARTH_IS_EXPLORE_PAGE (self) && navigation != NULL);

  if (self->platform == NULL)
    return;
  page = make_page (self, tag);
  if (page != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), page);
}
