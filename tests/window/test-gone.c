/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page that goes while something is still read for it. */

#include "hearth-application.h"
#include "hearth-platform-fake.h"
#include "hearth-services-page.h"

static void
test_services (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  g_autoptr (HearthServices) services = NULL;
  HearthServicesPage *page = g_object_ref_sink (g_object_new (HEARTH_TYPE_SERVICES_PAGE, NULL));

  g_assert_true (hearth_platform_start (platform, NULL));
  services = hearth_services_new (platform);
  hearth_services_page_set_services (page, services);
  g_object_run_dispose (G_OBJECT (page));

  /* The thread that reads the names of ports holds it. */
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_unref (page);
  while (page != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  application = hearth_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/gone/services", test_services);
  return g_test_run ();
}
