/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-store.h"

G_BEGIN_DECLS

/* What opens the door: admin@exemple.fr, with the password "demo". */
#define FUZZ_AUTHORIZATION "Basic YWRtaW5AZXhlbXBsZS5mcjpkZW1v"

#define FUZZ_TYPE_STORE (fuzz_store_get_type ())

G_DECLARE_FINAL_TYPE (FuzzStore, fuzz_store, FUZZ, STORE, GObject)

ObmStore *fuzz_store_new (void);

G_END_DECLS
