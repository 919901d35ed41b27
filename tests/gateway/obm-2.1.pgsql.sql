-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables of OBM 2.1 on PostgreSQL, without any row of an installation. The production copies have the columns
-- of their tables and no keys.

CREATE TABLE ObmInfo (
  obminfo_name varchar(32) NOT NULL DEFAULT '',
  obminfo_value varchar(255) DEFAULT '',
  PRIMARY KEY (obminfo_name)
);

CREATE TABLE UserObm (
  userobm_id serial PRIMARY KEY,
  userobm_domain_id integer DEFAULT 0,
  userobm_timeupdate timestamp,
  userobm_timecreate timestamp,
  userobm_userupdate integer,
  userobm_usercreate integer,
  userobm_local integer DEFAULT 1,
  userobm_ext_id varchar(16),
  userobm_system integer DEFAULT 0,
  userobm_archive char(1) NOT NULL DEFAULT '0',
  userobm_timelastaccess timestamp,
  userobm_login varchar(32) NOT NULL DEFAULT '',
  userobm_password_type char(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password varchar(64) NOT NULL DEFAULT '',
  userobm_perms varchar(254),
  userobm_delegation_target varchar(64) DEFAULT '',
  userobm_delegation varchar(64) DEFAULT '',
  userobm_calendar_version text,
  userobm_uid integer,
  userobm_gid integer,
  userobm_datebegin timestamp,
  userobm_hidden integer DEFAULT 0,
  userobm_kind varchar(12),
  userobm_lastname varchar(32) DEFAULT '',
  userobm_firstname varchar(48) DEFAULT '',
  userobm_title varchar(64) DEFAULT '',
  userobm_sound varchar(48),
  userobm_company varchar(64),
  userobm_direction varchar(64),
  userobm_service varchar(64),
  userobm_address1 varchar(64),
  userobm_address2 varchar(64),
  userobm_address3 varchar(64),
  userobm_zipcode varchar(14),
  userobm_town varchar(64),
  userobm_expresspostal varchar(16),
  userobm_country_iso3166 char(2) DEFAULT '0',
  userobm_phone varchar(32) DEFAULT '',
  userobm_phone2 varchar(32) DEFAULT '',
  userobm_mobile varchar(32) DEFAULT '',
  userobm_fax varchar(32) DEFAULT '',
  userobm_fax2 varchar(32) DEFAULT '',
  userobm_web_perms integer,
  userobm_web_list text,
  userobm_web_all integer DEFAULT 0,
  userobm_mail_perms integer,
  userobm_mail_ext_perms integer,
  userobm_email text DEFAULT '',
  userobm_mail_server_id integer,
  userobm_mail_quota integer DEFAULT 0,
  userobm_mail_quota_use integer DEFAULT 0,
  userobm_mail_login_date timestamp,
  userobm_nomade_perms integer DEFAULT 0,
  userobm_nomade_enable integer DEFAULT 0,
  userobm_nomade_local_copy integer DEFAULT 0,
  userobm_email_nomade varchar(64) DEFAULT '',
  userobm_vacation_enable integer DEFAULT 0,
  userobm_vacation_date timestamp,
  userobm_vacation_message text DEFAULT '',
  userobm_samba_perms integer DEFAULT 0,
  userobm_samba_home varchar(255) DEFAULT '',
  userobm_samba_home_drive char(2) DEFAULT '',
  userobm_samba_logon_script varchar(128) DEFAULT '',
  userobm_host_id integer DEFAULT 0,
  userobm_description varchar(255),
  userobm_location varchar(255),
  userobm_education varchar(255),
  userobm_photo_id integer
);

CREATE TABLE UGroup (
  group_id serial PRIMARY KEY,
  group_domain_id integer DEFAULT 0,
  group_timeupdate timestamp,
  group_timecreate timestamp,
  group_userupdate integer,
  group_usercreate integer,
  group_system integer DEFAULT 0,
  group_privacy integer DEFAULT 0,
  group_local integer DEFAULT 1,
  group_ext_id integer,
  group_samba integer DEFAULT 0,
  group_gid integer,
  group_mailing integer DEFAULT 0,
  group_delegation varchar(64) DEFAULT '',
  group_manager_id integer DEFAULT 0,
  group_name varchar(32) NOT NULL,
  group_desc varchar(128),
  group_email varchar(128),
  group_contacts text,
  UNIQUE (group_gid)
);

CREATE TABLE of_usergroup (
  of_usergroup_group_id integer NOT NULL DEFAULT 0,
  of_usergroup_userobm_id integer NOT NULL DEFAULT 0,
  PRIMARY KEY (of_usergroup_group_id, of_usergroup_userobm_id)
);

CREATE TABLE Domain (
  domain_id serial PRIMARY KEY,
  domain_timeupdate timestamp,
  domain_timecreate timestamp,
  domain_usercreate integer,
  domain_userupdate integer,
  domain_label varchar(32) NOT NULL,
  domain_description varchar(255),
  domain_name varchar(128),
  domain_alias text,
  domain_mail_server_id integer
);

CREATE TABLE DomainProperty (
  domainproperty_key varchar(255) NOT NULL,
  domainproperty_type varchar(32),
  domainproperty_default varchar(64),
  domainproperty_readonly integer DEFAULT 0,
  PRIMARY KEY (domainproperty_key)
);

CREATE TABLE DomainPropertyValue (
  domainpropertyvalue_domain_id integer NOT NULL,
  domainpropertyvalue_property_key varchar(255) NOT NULL,
  domainpropertyvalue_value varchar(255) NOT NULL,
  PRIMARY KEY (domainpropertyvalue_domain_id, domainpropertyvalue_property_key)
);

CREATE TABLE Host (
  host_id serial PRIMARY KEY,
  host_domain_id integer DEFAULT 0,
  host_timeupdate timestamp,
  host_timecreate timestamp,
  host_userupdate integer,
  host_usercreate integer,
  host_uid integer,
  host_gid integer,
  host_samba integer DEFAULT 0,
  host_name varchar(32) NOT NULL,
  host_ip varchar(16),
  host_delegation varchar(64) DEFAULT '',
  host_description varchar(128),
  host_web_perms integer DEFAULT 0,
  host_web_list text DEFAULT '',
  host_web_all integer DEFAULT 0,
  host_ftp_perms integer DEFAULT 0,
  host_firewall_perms varchar(128),
  UNIQUE (host_name),
  UNIQUE (host_uid)
);

CREATE TABLE Samba (
  samba_domain_id integer DEFAULT 0,
  samba_name varchar(255) NOT NULL DEFAULT '',
  samba_value varchar(255) NOT NULL DEFAULT ''
);

CREATE TABLE MailShare (
  mailshare_id serial PRIMARY KEY,
  mailshare_domain_id integer DEFAULT 0,
  mailshare_timeupdate timestamp,
  mailshare_timecreate timestamp,
  mailshare_userupdate integer,
  mailshare_usercreate integer,
  mailshare_name varchar(32),
  mailshare_archive integer NOT NULL DEFAULT 0,
  mailshare_quota varchar(8) NOT NULL DEFAULT '0',
  mailshare_mail_server_id integer DEFAULT 0,
  mailshare_delegation varchar(64) DEFAULT '',
  mailshare_description varchar(255),
  mailshare_email text
);

CREATE TABLE MailServer (
  mailserver_id serial PRIMARY KEY,
  mailserver_timeupdate timestamp,
  mailserver_timecreate timestamp,
  mailserver_userupdate integer,
  mailserver_usercreate integer,
  mailserver_host_id integer NOT NULL DEFAULT 0,
  mailserver_relayhost_id integer,
  mailserver_imap integer DEFAULT 0,
  mailserver_smtp_in integer DEFAULT 0,
  mailserver_smtp_out integer DEFAULT 0
);

CREATE TABLE MailServerNetwork (
  mailservernetwork_host_id integer NOT NULL DEFAULT 0,
  mailservernetwork_ip varchar(16) NOT NULL DEFAULT ''
);

CREATE TABLE DomainMailServer (
  domainmailserver_domain_id integer NOT NULL DEFAULT 0,
  domainmailserver_mailserver_id integer NOT NULL,
  domainmailserver_role varchar(16) NOT NULL DEFAULT 'imap'
);

CREATE TABLE Deleted (
  deleted_id serial PRIMARY KEY,
  deleted_domain_id integer,
  deleted_user_id integer,
  deleted_delegation varchar(64) DEFAULT '',
  deleted_table varchar(32),
  deleted_entity_id integer,
  deleted_timestamp timestamp
);

CREATE TABLE Updated (
  updated_id serial PRIMARY KEY,
  updated_domain_id integer,
  updated_user_id integer,
  updated_delegation varchar(64) DEFAULT '',
  updated_table varchar(32),
  updated_entity_id integer,
  updated_type char(1)
);

CREATE TABLE Updatedlinks (
  updatedlinks_id serial PRIMARY KEY,
  updatedlinks_domain_id integer,
  updatedlinks_user_id integer,
  updatedlinks_delegation varchar(64),
  updatedlinks_table varchar(32),
  updatedlinks_entity varchar(32),
  updatedlinks_entity_id integer
);

CREATE TABLE P_UserObm (
  userobm_id integer,
  userobm_domain_id integer DEFAULT 0,
  userobm_timeupdate timestamp,
  userobm_timecreate timestamp,
  userobm_userupdate integer,
  userobm_usercreate integer,
  userobm_local integer DEFAULT 1,
  userobm_ext_id varchar(16),
  userobm_system integer DEFAULT 0,
  userobm_archive char(1) NOT NULL DEFAULT '0',
  userobm_timelastaccess timestamp,
  userobm_login varchar(32) NOT NULL DEFAULT '',
  userobm_password_type char(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password varchar(64) NOT NULL DEFAULT '',
  userobm_perms varchar(254),
  userobm_delegation_target varchar(64) DEFAULT '',
  userobm_delegation varchar(64) DEFAULT '',
  userobm_calendar_version text,
  userobm_uid integer,
  userobm_gid integer,
  userobm_datebegin timestamp,
  userobm_hidden integer DEFAULT 0,
  userobm_kind varchar(12),
  userobm_lastname varchar(32) DEFAULT '',
  userobm_firstname varchar(48) DEFAULT '',
  userobm_title varchar(64) DEFAULT '',
  userobm_sound varchar(48),
  userobm_company varchar(64),
  userobm_direction varchar(64),
  userobm_service varchar(64),
  userobm_address1 varchar(64),
  userobm_address2 varchar(64),
  userobm_address3 varchar(64),
  userobm_zipcode varchar(14),
  userobm_town varchar(64),
  userobm_expresspostal varchar(16),
  userobm_country_iso3166 char(2) DEFAULT '0',
  userobm_phone varchar(32) DEFAULT '',
  userobm_phone2 varchar(32) DEFAULT '',
  userobm_mobile varchar(32) DEFAULT '',
  userobm_fax varchar(32) DEFAULT '',
  userobm_fax2 varchar(32) DEFAULT '',
  userobm_web_perms integer,
  userobm_web_list text,
  userobm_web_all integer DEFAULT 0,
  userobm_mail_perms integer,
  userobm_mail_ext_perms integer,
  userobm_email text DEFAULT '',
  userobm_mail_server_id integer,
  userobm_mail_quota integer DEFAULT 0,
  userobm_mail_quota_use integer DEFAULT 0,
  userobm_mail_login_date timestamp,
  userobm_nomade_perms integer DEFAULT 0,
  userobm_nomade_enable integer DEFAULT 0,
  userobm_nomade_local_copy integer DEFAULT 0,
  userobm_email_nomade varchar(64) DEFAULT '',
  userobm_vacation_enable integer DEFAULT 0,
  userobm_vacation_date timestamp,
  userobm_vacation_message text DEFAULT '',
  userobm_samba_perms integer DEFAULT 0,
  userobm_samba_home varchar(255) DEFAULT '',
  userobm_samba_home_drive char(2) DEFAULT '',
  userobm_samba_logon_script varchar(128) DEFAULT '',
  userobm_host_id integer DEFAULT 0,
  userobm_description varchar(255),
  userobm_location varchar(255),
  userobm_education varchar(255),
  userobm_photo_id integer
);

CREATE TABLE P_UGroup (
  group_id integer,
  group_domain_id integer DEFAULT 0,
  group_timeupdate timestamp,
  group_timecreate timestamp,
  group_userupdate integer,
  group_usercreate integer,
  group_system integer DEFAULT 0,
  group_privacy integer DEFAULT 0,
  group_local integer DEFAULT 1,
  group_ext_id integer,
  group_samba integer DEFAULT 0,
  group_gid integer,
  group_mailing integer DEFAULT 0,
  group_delegation varchar(64) DEFAULT '',
  group_manager_id integer DEFAULT 0,
  group_name varchar(32) NOT NULL,
  group_desc varchar(128),
  group_email varchar(128),
  group_contacts text
);

CREATE TABLE P_of_usergroup (
  of_usergroup_group_id integer NOT NULL DEFAULT 0,
  of_usergroup_userobm_id integer NOT NULL DEFAULT 0
);

CREATE TABLE P_Domain (
  domain_id integer,
  domain_timeupdate timestamp,
  domain_timecreate timestamp,
  domain_usercreate integer,
  domain_userupdate integer,
  domain_label varchar(32) NOT NULL,
  domain_description varchar(255),
  domain_name varchar(128),
  domain_alias text,
  domain_mail_server_id integer
);

CREATE TABLE P_Host (
  host_id integer,
  host_domain_id integer DEFAULT 0,
  host_timeupdate timestamp,
  host_timecreate timestamp,
  host_userupdate integer,
  host_usercreate integer,
  host_uid integer,
  host_gid integer,
  host_samba integer DEFAULT 0,
  host_name varchar(32) NOT NULL,
  host_ip varchar(16),
  host_delegation varchar(64) DEFAULT '',
  host_description varchar(128),
  host_web_perms integer DEFAULT 0,
  host_web_list text DEFAULT '',
  host_web_all integer DEFAULT 0,
  host_ftp_perms integer DEFAULT 0,
  host_firewall_perms varchar(128)
);

CREATE TABLE P_Samba (
  samba_domain_id integer DEFAULT 0,
  samba_name varchar(255) NOT NULL DEFAULT '',
  samba_value varchar(255) NOT NULL DEFAULT ''
);

CREATE TABLE P_MailShare (
  mailshare_id integer,
  mailshare_domain_id integer DEFAULT 0,
  mailshare_timeupdate timestamp,
  mailshare_timecreate timestamp,
  mailshare_userupdate integer,
  mailshare_usercreate integer,
  mailshare_name varchar(32),
  mailshare_archive integer NOT NULL DEFAULT 0,
  mailshare_quota varchar(8) NOT NULL DEFAULT '0',
  mailshare_mail_server_id integer DEFAULT 0,
  mailshare_delegation varchar(64) DEFAULT '',
  mailshare_description varchar(255),
  mailshare_email text
);

CREATE TABLE P_MailServer (
  mailserver_id integer,
  mailserver_timeupdate timestamp,
  mailserver_timecreate timestamp,
  mailserver_userupdate integer,
  mailserver_usercreate integer,
  mailserver_host_id integer NOT NULL DEFAULT 0,
  mailserver_relayhost_id integer,
  mailserver_imap integer DEFAULT 0,
  mailserver_smtp_in integer DEFAULT 0,
  mailserver_smtp_out integer DEFAULT 0
);

CREATE TABLE P_MailServerNetwork (
  mailservernetwork_host_id integer NOT NULL DEFAULT 0,
  mailservernetwork_ip varchar(16) NOT NULL DEFAULT ''
);

CREATE INDEX k_login_user ON UserObm (userobm_login);
CREATE INDEX k_uid_user ON UserObm (userobm_uid);

INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('db_version', '2.1'), ('update_lock', '0');
INSERT INTO DomainProperty
  (domainproperty_key, domainproperty_type, domainproperty_default, domainproperty_readonly)
VALUES ('update_state', 'integer', '1', 1);
