-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The part of OBM 2.1's database that mail servers touch, for SQLite: OBM's own names, keys and uniques, and
-- no more. In particular nothing here forbids two MailServer rows for one host, nothing is indexed for our
-- queries, and there are no foreign keys, because OBM 2.1 has none.
--
-- Dates are TEXT 'YYYY-MM-DD HH:MM:SS' in UTC; lengths are OBM's (SQLite does not enforce them). The P_
-- tables are what the update command last applied ("production"); as on MySQL they carry the keys of their
-- models. There is no P_DomainMailServer in OBM. The global domain has the id 0 and no row in Domain.

BEGIN;

CREATE TABLE ObmInfo (
  obminfo_name  VARCHAR(32) NOT NULL DEFAULT '',
  obminfo_value VARCHAR(255) DEFAULT '',
  PRIMARY KEY (obminfo_name)
);

-- userobm_mail_server_id is a mailserver_id; userobm_host_id is the workstation. Two domains
-- may use the same login.
CREATE TABLE UserObm (
  userobm_id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  userobm_domain_id          INTEGER DEFAULT 0,
  userobm_timeupdate         TEXT,
  userobm_timecreate         TEXT,
  userobm_userupdate         INTEGER,
  userobm_usercreate         INTEGER,
  userobm_local              INTEGER DEFAULT 1,
  userobm_ext_id             VARCHAR(16),
  userobm_system             INTEGER DEFAULT 0,
  userobm_archive            INTEGER NOT NULL DEFAULT 0,
  userobm_timelastaccess     TEXT,
  userobm_login              VARCHAR(32) NOT NULL DEFAULT '',
  userobm_password_type      CHAR(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password           VARCHAR(64) NOT NULL DEFAULT '',
  userobm_perms              VARCHAR(254),
  userobm_delegation_target  VARCHAR(64) DEFAULT '',
  userobm_delegation         VARCHAR(64) DEFAULT '',
  userobm_calendar_version   TEXT,
  userobm_uid                INTEGER,
  userobm_gid                INTEGER,
  userobm_datebegin          TEXT,
  userobm_hidden             INTEGER DEFAULT 0,
  userobm_kind               VARCHAR(12),
  userobm_lastname           VARCHAR(32) DEFAULT '',
  userobm_firstname          VARCHAR(48) DEFAULT '',
  userobm_title              VARCHAR(64) DEFAULT '',
  userobm_sound              VARCHAR(48),
  userobm_company            VARCHAR(64),
  userobm_direction          VARCHAR(64),
  userobm_service            VARCHAR(64),
  userobm_address1           VARCHAR(64),
  userobm_address2           VARCHAR(64),
  userobm_address3           VARCHAR(64),
  userobm_zipcode            VARCHAR(14),
  userobm_town               VARCHAR(64),
  userobm_expresspostal      VARCHAR(16),
  userobm_country_iso3166    CHAR(2) DEFAULT '0',
  userobm_phone              VARCHAR(32) DEFAULT '',
  userobm_phone2             VARCHAR(32) DEFAULT '',
  userobm_mobile             VARCHAR(32) DEFAULT '',
  userobm_fax                VARCHAR(32) DEFAULT '',
  userobm_fax2               VARCHAR(32) DEFAULT '',
  userobm_web_perms          INTEGER,
  userobm_web_list           TEXT,
  userobm_web_all            INTEGER DEFAULT 0,
  userobm_mail_perms         INTEGER,
  userobm_mail_ext_perms     INTEGER,
  userobm_email              TEXT DEFAULT '',
  userobm_mail_server_id     INTEGER,
  userobm_mail_quota         INTEGER DEFAULT 0,
  userobm_mail_quota_use     INTEGER DEFAULT 0,
  userobm_mail_login_date    TEXT,
  userobm_nomade_perms       INTEGER DEFAULT 0,
  userobm_nomade_enable      INTEGER DEFAULT 0,
  userobm_nomade_local_copy  INTEGER DEFAULT 0,
  userobm_email_nomade       VARCHAR(64) DEFAULT '',
  userobm_vacation_enable    INTEGER DEFAULT 0,
  userobm_vacation_date      TEXT,
  userobm_vacation_message   TEXT DEFAULT '',
  userobm_samba_perms        INTEGER DEFAULT 0,
  userobm_samba_home         VARCHAR(255) DEFAULT '',
  userobm_samba_home_drive   CHAR(2) DEFAULT '',
  userobm_samba_logon_script VARCHAR(128) DEFAULT '',
  userobm_host_id            INTEGER DEFAULT 0,
  userobm_description        VARCHAR(255),
  userobm_location           VARCHAR(255),
  userobm_education          VARCHAR(255),
  userobm_photo_id           INTEGER
);
CREATE INDEX k_login_user ON UserObm (userobm_login);
CREATE INDEX k_uid_user ON UserObm (userobm_uid);

CREATE TABLE UGroup (
  group_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  group_domain_id  INTEGER DEFAULT 0,
  group_timeupdate TEXT,
  group_timecreate TEXT,
  group_userupdate INTEGER,
  group_usercreate INTEGER,
  group_system     INTEGER DEFAULT 0,
  group_privacy    INTEGER DEFAULT 0,
  group_local      INTEGER DEFAULT 1,
  group_ext_id     INTEGER,
  group_samba      INTEGER DEFAULT 0,
  group_gid        INTEGER,
  group_mailing    INTEGER DEFAULT 0,
  group_delegation VARCHAR(64) DEFAULT '',
  group_manager_id INTEGER DEFAULT 0,
  group_name       VARCHAR(32) NOT NULL,
  group_desc       VARCHAR(128),
  group_email      VARCHAR(128),
  group_contacts   TEXT,
  UNIQUE (group_gid)
);

CREATE TABLE of_usergroup (
  of_usergroup_group_id   INTEGER NOT NULL DEFAULT 0,
  of_usergroup_userobm_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (of_usergroup_group_id, of_usergroup_userobm_id)
);

CREATE TABLE Domain (
  domain_id             INTEGER PRIMARY KEY AUTOINCREMENT,
  domain_timeupdate     TEXT,
  domain_timecreate     TEXT,
  domain_usercreate     INTEGER,
  domain_userupdate     INTEGER,
  domain_label          VARCHAR(32) NOT NULL,
  domain_description    VARCHAR(255),
  domain_name           VARCHAR(128),
  domain_alias          TEXT,
  domain_mail_server_id INTEGER
);

CREATE TABLE DomainProperty (
  domainproperty_key      VARCHAR(255) NOT NULL,
  domainproperty_type     VARCHAR(32),
  domainproperty_default  VARCHAR(64),
  domainproperty_readonly INTEGER DEFAULT 0,
  PRIMARY KEY (domainproperty_key)
);

CREATE TABLE DomainPropertyValue (
  domainpropertyvalue_domain_id    INTEGER NOT NULL,
  domainpropertyvalue_property_key VARCHAR(255) NOT NULL,
  domainpropertyvalue_value        VARCHAR(255) NOT NULL,
  PRIMARY KEY (domainpropertyvalue_domain_id, domainpropertyvalue_property_key)
);

-- A host name is unique over all domains; an address (IPv4 only) need not be.
CREATE TABLE Host (
  host_id             INTEGER PRIMARY KEY AUTOINCREMENT,
  host_domain_id      INTEGER DEFAULT 0,
  host_timeupdate     TEXT,
  host_timecreate     TEXT,
  host_userupdate     INTEGER,
  host_usercreate     INTEGER,
  host_uid            INTEGER,
  host_gid            INTEGER,
  host_samba          INTEGER DEFAULT 0,
  host_name           VARCHAR(32) NOT NULL,
  host_ip             VARCHAR(16),
  host_delegation     VARCHAR(64) DEFAULT '',
  host_description    VARCHAR(128),
  host_web_perms      INTEGER DEFAULT 0,
  host_web_list       TEXT DEFAULT '',
  host_web_all        INTEGER DEFAULT 0,
  host_ftp_perms      INTEGER DEFAULT 0,
  host_firewall_perms VARCHAR(128),
  UNIQUE (host_name),
  UNIQUE (host_uid)
);

CREATE TABLE Samba (
  samba_domain_id INTEGER DEFAULT 0,
  samba_name      VARCHAR(255) NOT NULL DEFAULT '',
  samba_value     VARCHAR(255) NOT NULL DEFAULT ''
);

-- mailshare_mail_server_id is a mailserver_id.
CREATE TABLE MailShare (
  mailshare_id             INTEGER PRIMARY KEY AUTOINCREMENT,
  mailshare_domain_id      INTEGER DEFAULT 0,
  mailshare_timeupdate     TEXT,
  mailshare_timecreate     TEXT,
  mailshare_userupdate     INTEGER,
  mailshare_usercreate     INTEGER,
  mailshare_name           VARCHAR(32),
  mailshare_archive        INTEGER NOT NULL DEFAULT 0,
  mailshare_quota          INTEGER NOT NULL DEFAULT 0,
  mailshare_mail_server_id INTEGER DEFAULT 0,
  mailshare_delegation     VARCHAR(64) DEFAULT '',
  mailshare_description    VARCHAR(255),
  mailshare_email          TEXT
);

-- The domain of a mail server is its host's. Roles are 0 or 1; three zeros are possible.
CREATE TABLE MailServer (
  mailserver_id           INTEGER PRIMARY KEY AUTOINCREMENT,
  mailserver_timeupdate   TEXT,
  mailserver_timecreate   TEXT,
  mailserver_userupdate   INTEGER,
  mailserver_usercreate   INTEGER,
  mailserver_host_id      INTEGER NOT NULL DEFAULT 0,
  mailserver_relayhost_id INTEGER,
  mailserver_imap         INTEGER DEFAULT 0,
  mailserver_smtp_in      INTEGER DEFAULT 0,
  mailserver_smtp_out     INTEGER DEFAULT 0
);

CREATE TABLE MailServerNetwork (
  mailservernetwork_host_id INTEGER NOT NULL DEFAULT 0,
  mailservernetwork_ip      VARCHAR(16) NOT NULL DEFAULT ''
);

-- The role is imap, smtp_in or smtp_out. No key at all.
CREATE TABLE DomainMailServer (
  domainmailserver_domain_id     INTEGER NOT NULL DEFAULT 0,
  domainmailserver_mailserver_id INTEGER NOT NULL,
  domainmailserver_role          VARCHAR(16) NOT NULL DEFAULT 'imap'
);

CREATE TABLE Deleted (
  deleted_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  deleted_domain_id  INTEGER,
  deleted_user_id    INTEGER,
  deleted_delegation VARCHAR(64) DEFAULT '',
  deleted_table      VARCHAR(32),
  deleted_entity_id  INTEGER,
  deleted_timestamp  TEXT
);

CREATE TABLE Updated (
  updated_id         INTEGER PRIMARY KEY AUTOINCREMENT,
  updated_domain_id  INTEGER,
  updated_user_id    INTEGER,
  updated_delegation VARCHAR(64) DEFAULT '',
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

CREATE TABLE P_UserObm (
  userobm_id                 INTEGER PRIMARY KEY,
  userobm_domain_id          INTEGER DEFAULT 0,
  userobm_timeupdate         TEXT,
  userobm_timecreate         TEXT,
  userobm_userupdate         INTEGER,
  userobm_usercreate         INTEGER,
  userobm_local              INTEGER DEFAULT 1,
  userobm_ext_id             VARCHAR(16),
  userobm_system             INTEGER DEFAULT 0,
  userobm_archive            INTEGER NOT NULL DEFAULT 0,
  userobm_timelastaccess     TEXT,
  userobm_login              VARCHAR(32) NOT NULL DEFAULT '',
  userobm_password_type      CHAR(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password           VARCHAR(64) NOT NULL DEFAULT '',
  userobm_perms              VARCHAR(254),
  userobm_delegation_target  VARCHAR(64) DEFAULT '',
  userobm_delegation         VARCHAR(64) DEFAULT '',
  userobm_calendar_version   TEXT,
  userobm_uid                INTEGER,
  userobm_gid                INTEGER,
  userobm_datebegin          TEXT,
  userobm_hidden             INTEGER DEFAULT 0,
  userobm_kind               VARCHAR(12),
  userobm_lastname           VARCHAR(32) DEFAULT '',
  userobm_firstname          VARCHAR(48) DEFAULT '',
  userobm_title              VARCHAR(64) DEFAULT '',
  userobm_sound              VARCHAR(48),
  userobm_company            VARCHAR(64),
  userobm_direction          VARCHAR(64),
  userobm_service            VARCHAR(64),
  userobm_address1           VARCHAR(64),
  userobm_address2           VARCHAR(64),
  userobm_address3           VARCHAR(64),
  userobm_zipcode            VARCHAR(14),
  userobm_town               VARCHAR(64),
  userobm_expresspostal      VARCHAR(16),
  userobm_country_iso3166    CHAR(2) DEFAULT '0',
  userobm_phone              VARCHAR(32) DEFAULT '',
  userobm_phone2             VARCHAR(32) DEFAULT '',
  userobm_mobile             VARCHAR(32) DEFAULT '',
  userobm_fax                VARCHAR(32) DEFAULT '',
  userobm_fax2               VARCHAR(32) DEFAULT '',
  userobm_web_perms          INTEGER,
  userobm_web_list           TEXT,
  userobm_web_all            INTEGER DEFAULT 0,
  userobm_mail_perms         INTEGER,
  userobm_mail_ext_perms     INTEGER,
  userobm_email              TEXT DEFAULT '',
  userobm_mail_server_id     INTEGER,
  userobm_mail_quota         INTEGER DEFAULT 0,
  userobm_mail_quota_use     INTEGER DEFAULT 0,
  userobm_mail_login_date    TEXT,
  userobm_nomade_perms       INTEGER DEFAULT 0,
  userobm_nomade_enable      INTEGER DEFAULT 0,
  userobm_nomade_local_copy  INTEGER DEFAULT 0,
  userobm_email_nomade       VARCHAR(64) DEFAULT '',
  userobm_vacation_enable    INTEGER DEFAULT 0,
  userobm_vacation_date      TEXT,
  userobm_vacation_message   TEXT DEFAULT '',
  userobm_samba_perms        INTEGER DEFAULT 0,
  userobm_samba_home         VARCHAR(255) DEFAULT '',
  userobm_samba_home_drive   CHAR(2) DEFAULT '',
  userobm_samba_logon_script VARCHAR(128) DEFAULT '',
  userobm_host_id            INTEGER DEFAULT 0,
  userobm_description        VARCHAR(255),
  userobm_location           VARCHAR(255),
  userobm_education          VARCHAR(255),
  userobm_photo_id           INTEGER
);
CREATE INDEX P_k_login_user ON P_UserObm (userobm_login);
CREATE INDEX P_k_uid_user ON P_UserObm (userobm_uid);

CREATE TABLE P_UGroup (
  group_id         INTEGER PRIMARY KEY,
  group_domain_id  INTEGER DEFAULT 0,
  group_timeupdate TEXT,
  group_timecreate TEXT,
  group_userupdate INTEGER,
  group_usercreate INTEGER,
  group_system     INTEGER DEFAULT 0,
  group_privacy    INTEGER DEFAULT 0,
  group_local      INTEGER DEFAULT 1,
  group_ext_id     INTEGER,
  group_samba      INTEGER DEFAULT 0,
  group_gid        INTEGER,
  group_mailing    INTEGER DEFAULT 0,
  group_delegation VARCHAR(64) DEFAULT '',
  group_manager_id INTEGER DEFAULT 0,
  group_name       VARCHAR(32) NOT NULL,
  group_desc       VARCHAR(128),
  group_email      VARCHAR(128),
  group_contacts   TEXT,
  UNIQUE (group_gid)
);

CREATE TABLE P_of_usergroup (
  of_usergroup_group_id   INTEGER NOT NULL DEFAULT 0,
  of_usergroup_userobm_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (of_usergroup_group_id, of_usergroup_userobm_id)
);

CREATE TABLE P_Domain (
  domain_id             INTEGER PRIMARY KEY,
  domain_timeupdate     TEXT,
  domain_timecreate     TEXT,
  domain_usercreate     INTEGER,
  domain_userupdate     INTEGER,
  domain_label          VARCHAR(32) NOT NULL,
  domain_description    VARCHAR(255),
  domain_name           VARCHAR(128),
  domain_alias          TEXT,
  domain_mail_server_id INTEGER
);

CREATE TABLE P_Host (
  host_id             INTEGER PRIMARY KEY,
  host_domain_id      INTEGER DEFAULT 0,
  host_timeupdate     TEXT,
  host_timecreate     TEXT,
  host_userupdate     INTEGER,
  host_usercreate     INTEGER,
  host_uid            INTEGER,
  host_gid            INTEGER,
  host_samba          INTEGER DEFAULT 0,
  host_name           VARCHAR(32) NOT NULL,
  host_ip             VARCHAR(16),
  host_delegation     VARCHAR(64) DEFAULT '',
  host_description    VARCHAR(128),
  host_web_perms      INTEGER DEFAULT 0,
  host_web_list       TEXT DEFAULT '',
  host_web_all        INTEGER DEFAULT 0,
  host_ftp_perms      INTEGER DEFAULT 0,
  host_firewall_perms VARCHAR(128),
  UNIQUE (host_name),
  UNIQUE (host_uid)
);

CREATE TABLE P_Samba (
  samba_domain_id INTEGER DEFAULT 0,
  samba_name      VARCHAR(255) NOT NULL DEFAULT '',
  samba_value     VARCHAR(255) NOT NULL DEFAULT ''
);

CREATE TABLE P_MailShare (
  mailshare_id             INTEGER PRIMARY KEY,
  mailshare_domain_id      INTEGER DEFAULT 0,
  mailshare_timeupdate     TEXT,
  mailshare_timecreate     TEXT,
  mailshare_userupdate     INTEGER,
  mailshare_usercreate     INTEGER,
  mailshare_name           VARCHAR(32),
  mailshare_archive        INTEGER NOT NULL DEFAULT 0,
  mailshare_quota          INTEGER NOT NULL DEFAULT 0,
  mailshare_mail_server_id INTEGER DEFAULT 0,
  mailshare_delegation     VARCHAR(64) DEFAULT '',
  mailshare_description    VARCHAR(255),
  mailshare_email          TEXT
);

CREATE TABLE P_MailServer (
  mailserver_id           INTEGER PRIMARY KEY,
  mailserver_timeupdate   TEXT,
  mailserver_timecreate   TEXT,
  mailserver_userupdate   INTEGER,
  mailserver_usercreate   INTEGER,
  mailserver_host_id      INTEGER NOT NULL DEFAULT 0,
  mailserver_relayhost_id INTEGER,
  mailserver_imap         INTEGER DEFAULT 0,
  mailserver_smtp_in      INTEGER DEFAULT 0,
  mailserver_smtp_out     INTEGER DEFAULT 0
);

CREATE TABLE P_MailServerNetwork (
  mailservernetwork_host_id INTEGER NOT NULL DEFAULT 0,
  mailservernetwork_ip      VARCHAR(16) NOT NULL DEFAULT ''
);

-- What OBM itself puts there when it is installed.
INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('db_version', '2.1'), ('update_lock', '0');
INSERT INTO DomainProperty
  (domainproperty_key, domainproperty_type, domainproperty_default, domainproperty_readonly)
VALUES ('update_state', 'integer', '1', 1);

COMMIT;
