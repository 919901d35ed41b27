/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-listener.h"

G_BEGIN_DECLS

/* What is said where @shows_password is so, at the start and by --check. */
#define OBM_GATEWAY_CONFIG_SHOWN_PASSWORD \
  "The password of the database can be read in the list of processes; write --database into a file for " \
  "--config instead"

/**
 * ObmGatewayConfig:
 * @check: whether the settings and what they name shall only be checked
 * @file: (nullable): where those come from that are not on the command line
 * @problems: (element-type utf8): what is wrong with the settings, and what to do about it
 * @database: where the database is; may contain a password
 * @shows_password: whether it does, on the command line, where every user of the machine can read it
 * @listen: where to listen
 * @statement_timeout: how long a database server may work on one statement, in seconds
 * @read_only: whether nobody may change anything
 * @update_command: (nullable): the words of the command that applies what waits
 * @update_timeout: how long it may take for a domain, in seconds
 * @state_directory: a directory for what outlives the program; it is there if @update_command is
 * @trusted_proxy: (nullable): whose X-Forwarded-For is believed
 * @tls_certificate: (nullable): the path of @tls_files's certificate
 * @tls_files: (nullable): the certificate to serve HTTPS with
 * @limits: what clients may ask
 *
 * What an administrator decides about the gateway.
 */
typedef struct {
  gboolean check;
  char *file;
  GPtrArray *problems;
  char *database;
  gboolean shows_password;
  GInetSocketAddress *listen;
  guint statement_timeout;
  gboolean read_only;
  GStrv update_command;
  guint update_timeout;
  char *state_directory;
  GInetAddress *trusted_proxy;
  char *tls_certificate;
  ObmTlsFiles *tls_files;
  ObmListenerLimits limits;
} ObmGatewayConfig;

ObmGatewayConfig *obm_gateway_config_new_from_arguments (int                *argc,
                                                         char             ***argv,
                                                         GError            **error);
void              obm_gateway_config_free               (ObmGatewayConfig   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmGatewayConfig, obm_gateway_config_free)

G_END_DECLS
