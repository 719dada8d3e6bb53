/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/* For subclasses of HearthPlatform alone: how they tell what they saw. */

/* A batch: what is put and dropped between begin and commit becomes one signal, with the difference
 * between before and after. In a snapshot everything that is not put again is gone. Putting what is
 * there already, dropping what is not, and an address whose link is unknown are all nothing. Records
 * that are put are shared, not copied. */
void hearth_platform_begin          (HearthPlatform          *self);
void hearth_platform_begin_snapshot (HearthPlatform          *self);
void hearth_platform_put_link       (HearthPlatform          *self,
                                     const HearthLink        *link);
void hearth_platform_drop_link      (HearthPlatform          *self,
                                     guint32                  index);
void hearth_platform_put_address    (HearthPlatform          *self,
                                     const HearthLinkAddress *address);
void hearth_platform_drop_address   (HearthPlatform          *self,
                                     const HearthLinkAddress *key);
void hearth_platform_commit         (HearthPlatform          *self);

G_END_DECLS
