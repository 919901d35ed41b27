-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The part of the database of OBM 2.2 that mail servers touch, for SQLite: OBM's own names, keys and foreign
-- keys, and no more; later versions differ by obm-3.2.sql. A mail server is a host whose entity has a service
-- imap, smtp_in or smtp_out. In particular nothing forbids two Service rows of one name for an entity.
--
-- Dates are TEXT 'YYYY-MM-DD HH:MM:SS' in UTC; lengths are OBM's (SQLite does not enforce them, nor, unless
-- it is told to, foreign keys). The indexes are those MySQL makes for foreign keys. The P_ tables are what the
-- update command last applied ("production"); as on MySQL they carry the keys of their models, but no foreign
-- ones. The global domain is a row.

BEGIN;

CREATE TABLE ObmInfo (
  obminfo_name  VARCHAR(32) NOT NULL DEFAULT '',
  obminfo_value VARCHAR(255) DEFAULT '',
  PRIMARY KEY (obminfo_name)
);

CREATE TABLE Entity (
  entity_id      INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_mailing INTEGER
);

CREATE TABLE Domain (
  domain_id          INTEGER PRIMARY KEY AUTOINCREMENT,
  domain_timeupdate  TEXT,
  domain_timecreate  TEXT,
  domain_userupdate  INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  domain_usercreate  INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  domain_label       VARCHAR(32) NOT NULL,
  domain_description VARCHAR(255),
  domain_name        VARCHAR(128),
  domain_alias       TEXT,
  domain_global      INTEGER DEFAULT 0
);

CREATE TABLE DomainEntity (
  domainentity_entity_id INTEGER NOT NULL REFERENCES Entity (entity_id) ON DELETE CASCADE,
  domainentity_domain_id INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  PRIMARY KEY (domainentity_entity_id, domainentity_domain_id)
);
CREATE INDEX DomainEntity_domainentity_domain_id ON DomainEntity (domainentity_domain_id);

CREATE TABLE DomainProperty (
  domainproperty_key      VARCHAR(255) NOT NULL,
  domainproperty_type     VARCHAR(32),
  domainproperty_default  VARCHAR(64),
  domainproperty_readonly INTEGER DEFAULT 0,
  PRIMARY KEY (domainproperty_key)
);

CREATE TABLE DomainPropertyValue (
  domainpropertyvalue_domain_id    INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  domainpropertyvalue_property_key VARCHAR(255) NOT NULL REFERENCES DomainProperty (domainproperty_key) ON DELETE CASCADE,
  domainpropertyvalue_value        VARCHAR(255) NOT NULL,
  PRIMARY KEY (domainpropertyvalue_domain_id, domainpropertyvalue_property_key)
);

CREATE TABLE Host (
  host_id          INTEGER PRIMARY KEY AUTOINCREMENT,
  host_domain_id   INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  host_timeupdate  TEXT,
  host_timecreate  TEXT,
  host_userupdate  INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  host_usercreate  INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  host_uid         INTEGER,
  host_gid         INTEGER,
  host_archive     INTEGER NOT NULL DEFAULT 0,
  host_name        VARCHAR(32) NOT NULL,
  host_fqdn        VARCHAR(255),
  host_ip          VARCHAR(16),
  host_delegation  VARCHAR(64),
  host_description VARCHAR(128),
  UNIQUE (host_name),
  UNIQUE (host_uid)
);
CREATE INDEX Host_host_domain_id ON Host (host_domain_id);

CREATE TABLE HostEntity (
  hostentity_entity_id INTEGER NOT NULL REFERENCES Entity (entity_id) ON DELETE CASCADE,
  hostentity_host_id   INTEGER NOT NULL REFERENCES Host (host_id) ON DELETE CASCADE,
  PRIMARY KEY (hostentity_entity_id, hostentity_host_id)
);
CREATE INDEX HostEntity_hostentity_host_id ON HostEntity (hostentity_host_id);

CREATE TABLE Service (
  service_id        INTEGER PRIMARY KEY AUTOINCREMENT,
  service_service   VARCHAR(255) NOT NULL,
  service_entity_id INTEGER NOT NULL REFERENCES Entity (entity_id) ON DELETE CASCADE
);
CREATE INDEX Service_service_entity_id ON Service (service_entity_id);

CREATE TABLE ServiceProperty (
  serviceproperty_id        INTEGER PRIMARY KEY AUTOINCREMENT,
  serviceproperty_service   VARCHAR(255) NOT NULL,
  serviceproperty_property  VARCHAR(255) NOT NULL,
  serviceproperty_entity_id INTEGER NOT NULL REFERENCES Entity (entity_id) ON DELETE CASCADE,
  serviceproperty_value     TEXT
);
CREATE INDEX ServiceProperty_serviceproperty_entity_id ON ServiceProperty (serviceproperty_entity_id);

CREATE TABLE UserObm (
  userobm_id                INTEGER PRIMARY KEY AUTOINCREMENT,
  userobm_domain_id         INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  userobm_timeupdate        TEXT,
  userobm_timecreate        TEXT,
  userobm_userupdate        INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  userobm_usercreate        INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  userobm_ext_id            VARCHAR(16),
  userobm_archive           INTEGER NOT NULL DEFAULT 0,
  userobm_login             VARCHAR(32) NOT NULL DEFAULT '',
  userobm_password_type     CHAR(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password          VARCHAR(64) NOT NULL DEFAULT '',
  userobm_perms             VARCHAR(254),
  userobm_delegation_target VARCHAR(64),
  userobm_delegation        VARCHAR(64),
  userobm_uid               INTEGER,
  userobm_gid               INTEGER,
  userobm_hidden            INTEGER DEFAULT 0,
  userobm_lastname          VARCHAR(32) DEFAULT '',
  userobm_firstname         VARCHAR(48) DEFAULT '',
  userobm_mail_perms        INTEGER,
  userobm_email             TEXT,
  userobm_mail_server_id    INTEGER REFERENCES Host (host_id) ON DELETE SET NULL,
  userobm_mail_quota        INTEGER DEFAULT 0,
  userobm_host_id           INTEGER REFERENCES Host (host_id) ON DELETE SET NULL
);
CREATE INDEX UserObm_userobm_login ON UserObm (userobm_login);
CREATE INDEX UserObm_userobm_domain_id ON UserObm (userobm_domain_id);
CREATE INDEX UserObm_userobm_mail_server_id ON UserObm (userobm_mail_server_id);

CREATE TABLE UserEntity (
  userentity_entity_id INTEGER NOT NULL REFERENCES Entity (entity_id) ON DELETE CASCADE,
  userentity_user_id   INTEGER NOT NULL REFERENCES UserObm (userobm_id) ON DELETE CASCADE,
  PRIMARY KEY (userentity_entity_id, userentity_user_id)
);
CREATE INDEX UserEntity_userentity_user_id ON UserEntity (userentity_user_id);

CREATE TABLE UGroup (
  group_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  group_domain_id  INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  group_timeupdate TEXT,
  group_timecreate TEXT,
  group_userupdate INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  group_usercreate INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  group_name       VARCHAR(255) NOT NULL,
  group_desc       VARCHAR(128),
  group_email      VARCHAR(255)
);
CREATE INDEX UGroup_group_domain_id ON UGroup (group_domain_id);

CREATE TABLE MailShare (
  mailshare_id             INTEGER PRIMARY KEY AUTOINCREMENT,
  mailshare_domain_id      INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  mailshare_timeupdate     TEXT,
  mailshare_timecreate     TEXT,
  mailshare_userupdate     INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  mailshare_usercreate     INTEGER REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  mailshare_name           VARCHAR(32),
  mailshare_archive        INTEGER NOT NULL DEFAULT 0,
  mailshare_quota          INTEGER NOT NULL DEFAULT 0,
  mailshare_mail_server_id INTEGER REFERENCES Host (host_id) ON DELETE CASCADE,
  mailshare_delegation     VARCHAR(64),
  mailshare_description    VARCHAR(255),
  mailshare_email          TEXT
);
CREATE INDEX MailShare_mailshare_domain_id ON MailShare (mailshare_domain_id);
CREATE INDEX MailShare_mailshare_mail_server_id ON MailShare (mailshare_mail_server_id);

CREATE TABLE MailshareEntity (
  mailshareentity_entity_id    INTEGER NOT NULL REFERENCES Entity (entity_id) ON DELETE CASCADE,
  mailshareentity_mailshare_id INTEGER NOT NULL REFERENCES MailShare (mailshare_id) ON DELETE CASCADE,
  PRIMARY KEY (mailshareentity_entity_id, mailshareentity_mailshare_id)
);
CREATE INDEX MailshareEntity_mailshareentity_mailshare_id ON MailshareEntity (mailshareentity_mailshare_id);

CREATE TABLE Profile (
  profile_id        INTEGER PRIMARY KEY AUTOINCREMENT,
  profile_domain_id INTEGER NOT NULL REFERENCES Domain (domain_id) ON DELETE CASCADE,
  profile_name      VARCHAR(255)
);

CREATE TABLE ProfileModule (
  profilemodule_id          INTEGER PRIMARY KEY AUTOINCREMENT,
  profilemodule_profile_id  INTEGER REFERENCES Profile (profile_id) ON DELETE CASCADE,
  profilemodule_module_name VARCHAR(64) NOT NULL,
  profilemodule_right       INTEGER
);

CREATE TABLE ProfileSection (
  profilesection_id           INTEGER PRIMARY KEY AUTOINCREMENT,
  profilesection_profile_id   INTEGER REFERENCES Profile (profile_id) ON DELETE CASCADE,
  profilesection_section_name VARCHAR(64) NOT NULL,
  profilesection_show         INTEGER
);

CREATE TABLE ProfileProperty (
  profileproperty_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  profileproperty_profile_id INTEGER REFERENCES Profile (profile_id) ON DELETE CASCADE,
  profileproperty_name       VARCHAR(32) NOT NULL,
  profileproperty_value      TEXT NOT NULL
);

CREATE TABLE Deleted (
  deleted_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  deleted_domain_id  INTEGER,
  deleted_user_id    INTEGER,
  deleted_delegation VARCHAR(64),
  deleted_table      VARCHAR(32),
  deleted_entity_id  INTEGER,
  deleted_timestamp  TEXT
);

CREATE TABLE Updated (
  updated_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  updated_domain_id  INTEGER,
  updated_user_id    INTEGER,
  updated_delegation VARCHAR(64),
  updated_table      VARCHAR(32),
  updated_entity_id  INTEGER,
  updated_type       CHAR(1)
);

CREATE TABLE Updatedlinks (
  updatedlinks_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  updatedlinks_domain_id  INTEGER,
  updatedlinks_user_id    INTEGER,
  updatedlinks_delegation VARCHAR(64),
  updatedlinks_table      VARCHAR(32),
  updatedlinks_entity     VARCHAR(32),
  updatedlinks_entity_id  INTEGER
);

-- Production: what the update command last applied.

CREATE TABLE P_Domain (
  domain_id          INTEGER PRIMARY KEY,
  domain_timeupdate  TEXT,
  domain_timecreate  TEXT,
  domain_userupdate  INTEGER,
  domain_usercreate  INTEGER,
  domain_label       VARCHAR(32) NOT NULL,
  domain_description VARCHAR(255),
  domain_name        VARCHAR(128),
  domain_alias       TEXT,
  domain_global      INTEGER DEFAULT 0
);

CREATE TABLE P_DomainEntity (
  domainentity_entity_id INTEGER NOT NULL,
  domainentity_domain_id INTEGER NOT NULL,
  PRIMARY KEY (domainentity_entity_id, domainentity_domain_id)
);
CREATE INDEX P_DomainEntity_domainentity_domain_id ON P_DomainEntity (domainentity_domain_id);

CREATE TABLE P_Host (
  host_id          INTEGER PRIMARY KEY,
  host_domain_id   INTEGER NOT NULL,
  host_timeupdate  TEXT,
  host_timecreate  TEXT,
  host_userupdate  INTEGER,
  host_usercreate  INTEGER,
  host_uid         INTEGER,
  host_gid         INTEGER,
  host_archive     INTEGER NOT NULL DEFAULT 0,
  host_name        VARCHAR(32) NOT NULL,
  host_fqdn        VARCHAR(255),
  host_ip          VARCHAR(16),
  host_delegation  VARCHAR(64),
  host_description VARCHAR(128),
  UNIQUE (host_name),
  UNIQUE (host_uid)
);
CREATE INDEX P_Host_host_domain_id ON P_Host (host_domain_id);

CREATE TABLE P_HostEntity (
  hostentity_entity_id INTEGER NOT NULL,
  hostentity_host_id   INTEGER NOT NULL,
  PRIMARY KEY (hostentity_entity_id, hostentity_host_id)
);
CREATE INDEX P_HostEntity_hostentity_host_id ON P_HostEntity (hostentity_host_id);

CREATE TABLE P_Service (
  service_id        INTEGER PRIMARY KEY,
  service_service   VARCHAR(255) NOT NULL,
  service_entity_id INTEGER NOT NULL
);
CREATE INDEX P_Service_service_entity_id ON P_Service (service_entity_id);

CREATE TABLE P_ServiceProperty (
  serviceproperty_id        INTEGER PRIMARY KEY,
  serviceproperty_service   VARCHAR(255) NOT NULL,
  serviceproperty_property  VARCHAR(255) NOT NULL,
  serviceproperty_entity_id INTEGER NOT NULL,
  serviceproperty_value     TEXT
);
CREATE INDEX P_ServiceProperty_serviceproperty_entity_id ON P_ServiceProperty (serviceproperty_entity_id);

CREATE TABLE P_UserObm (
  userobm_id                INTEGER PRIMARY KEY,
  userobm_domain_id         INTEGER NOT NULL,
  userobm_timeupdate        TEXT,
  userobm_timecreate        TEXT,
  userobm_userupdate        INTEGER,
  userobm_usercreate        INTEGER,
  userobm_ext_id            VARCHAR(16),
  userobm_archive           INTEGER NOT NULL DEFAULT 0,
  userobm_login             VARCHAR(32) NOT NULL DEFAULT '',
  userobm_password_type     CHAR(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password          VARCHAR(64) NOT NULL DEFAULT '',
  userobm_perms             VARCHAR(254),
  userobm_delegation_target VARCHAR(64),
  userobm_delegation        VARCHAR(64),
  userobm_uid               INTEGER,
  userobm_gid               INTEGER,
  userobm_hidden            INTEGER DEFAULT 0,
  userobm_lastname          VARCHAR(32) DEFAULT '',
  userobm_firstname         VARCHAR(48) DEFAULT '',
  userobm_mail_perms        INTEGER,
  userobm_email             TEXT,
  userobm_mail_server_id    INTEGER,
  userobm_mail_quota        INTEGER DEFAULT 0,
  userobm_host_id           INTEGER
);
CREATE INDEX P_UserObm_userobm_login ON P_UserObm (userobm_login);
CREATE INDEX P_UserObm_userobm_domain_id ON P_UserObm (userobm_domain_id);
CREATE INDEX P_UserObm_userobm_mail_server_id ON P_UserObm (userobm_mail_server_id);

CREATE TABLE P_UserEntity (
  userentity_entity_id INTEGER NOT NULL,
  userentity_user_id   INTEGER NOT NULL,
  PRIMARY KEY (userentity_entity_id, userentity_user_id)
);
CREATE INDEX P_UserEntity_userentity_user_id ON P_UserEntity (userentity_user_id);

CREATE TABLE P_UGroup (
  group_id         INTEGER PRIMARY KEY,
  group_domain_id  INTEGER NOT NULL,
  group_timeupdate TEXT,
  group_timecreate TEXT,
  group_userupdate INTEGER,
  group_usercreate INTEGER,
  group_name       VARCHAR(255) NOT NULL,
  group_desc       VARCHAR(128),
  group_email      VARCHAR(255)
);
CREATE INDEX P_UGroup_group_domain_id ON P_UGroup (group_domain_id);

CREATE TABLE P_MailShare (
  mailshare_id             INTEGER PRIMARY KEY,
  mailshare_domain_id      INTEGER NOT NULL,
  mailshare_timeupdate     TEXT,
  mailshare_timecreate     TEXT,
  mailshare_userupdate     INTEGER,
  mailshare_usercreate     INTEGER,
  mailshare_name           VARCHAR(32),
  mailshare_archive        INTEGER NOT NULL DEFAULT 0,
  mailshare_quota          INTEGER NOT NULL DEFAULT 0,
  mailshare_mail_server_id INTEGER,
  mailshare_delegation     VARCHAR(64),
  mailshare_description    VARCHAR(255),
  mailshare_email          TEXT
);
CREATE INDEX P_MailShare_mailshare_domain_id ON P_MailShare (mailshare_domain_id);
CREATE INDEX P_MailShare_mailshare_mail_server_id ON P_MailShare (mailshare_mail_server_id);

CREATE TABLE P_MailshareEntity (
  mailshareentity_entity_id    INTEGER NOT NULL,
  mailshareentity_mailshare_id INTEGER NOT NULL,
  PRIMARY KEY (mailshareentity_entity_id, mailshareentity_mailshare_id)
);
CREATE INDEX P_MailshareEntity_mailshareentity_mailshare_id ON P_MailshareEntity (mailshareentity_mailshare_id);

-- What OBM itself puts there when it is installed.
INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('db_version', '2.2.0'), ('update_lock', '0');
INSERT INTO DomainProperty
  (domainproperty_key, domainproperty_type, domainproperty_default, domainproperty_readonly)
VALUES ('update_state', 'integer', '1', 1);

COMMIT;
