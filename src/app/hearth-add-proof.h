/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthAddProof:
 *
 * The live proof that the address somebody is typing answers already (hearth-proof.h): made when the typing
 * pauses, and given up when the address is another one.
 *
 * Property: `sentence`, what came of it, NULL until it is known.
 */
#define HEARTH_TYPE_ADD_PROOF (hearth_add_proof_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddProof, hearth_add_proof, HEARTH, ADD_PROOF, GObject)

/* (transfer full) */
HearthAddProof *hearth_add_proof_new          (void);

/* @address: (nullable): the one to prove from now on */
void            hearth_add_proof_set_address  (HearthAddProof       *self,
                                               const HearthAddress  *address);

/* (nullable) (transfer none) */
const char     *hearth_add_proof_get_sentence (HearthAddProof       *self);

G_END_DECLS
