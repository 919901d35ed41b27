-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables of data/demo/obm-2.2.sql as OBM has them on PostgreSQL, which folds their names to lower case.
-- The production copies have the columns of their tables, and neither keys nor defaults.

CREATE TABLE ObmInfo (
  obminfo_name varchar(32) NOT NULL DEFAULT '',
  obminfo_value varchar(255) DEFAULT '',
  PRIMARY KEY (obminfo_name)
);

CREATE TABLE Entity (
  entity_id serial PRIMARY KEY,
  entity_mailing boolean DEFAULT FALSE
);

CREATE TABLE Domain (
  domain_id serial PRIMARY KEY,
  domain_timeupdate timestamp,
  domain_timecreate timestamp,
  domain_userupdate integer,
  domain_usercreate integer,
  domain_label varchar(32) NOT NULL,
  domain_description varchar(255),
  domain_name varchar(128),
  domain_alias text,
  domain_global boolean DEFAULT FALSE
);

CREATE TABLE DomainEntity (
  domainentity_entity_id integer NOT NULL,
  domainentity_domain_id integer NOT NULL,
  PRIMARY KEY (domainentity_entity_id, domainentity_domain_id)
);

CREATE TABLE DomainProperty (
  domainproperty_key varchar(255) NOT NULL,
  domainproperty_type varchar(32),
  domainproperty_default varchar(64),
  domainproperty_readonly smallint DEFAULT 0,
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
  host_domain_id integer NOT NULL,
  host_timeupdate timestamp,
  host_timecreate timestamp,
  host_userupdate integer,
  host_usercreate integer,
  host_uid integer,
  host_gid integer,
  host_archive smallint NOT NULL DEFAULT 0,
  host_name varchar(32) NOT NULL,
  host_fqdn varchar(255),
  host_ip varchar(16),
  host_delegation varchar(64),
  host_description varchar(128),
  UNIQUE (host_name),
  UNIQUE (host_uid)
);

CREATE TABLE HostEntity (
  hostentity_entity_id integer NOT NULL,
  hostentity_host_id integer NOT NULL,
  PRIMARY KEY (hostentity_entity_id, hostentity_host_id)
);

CREATE TABLE Service (
  service_id serial PRIMARY KEY,
  service_service varchar(255) NOT NULL,
  service_entity_id integer NOT NULL
);

CREATE TABLE ServiceProperty (
  serviceproperty_id serial PRIMARY KEY,
  serviceproperty_service varchar(255) NOT NULL,
  serviceproperty_property varchar(255) NOT NULL,
  serviceproperty_entity_id integer NOT NULL,
  serviceproperty_value text
);

CREATE TABLE UserObm (
  userobm_id serial PRIMARY KEY,
  userobm_domain_id integer NOT NULL,
  userobm_timeupdate timestamp,
  userobm_timecreate timestamp,
  userobm_userupdate integer,
  userobm_usercreate integer,
  userobm_ext_id varchar(16),
  userobm_archive smallint NOT NULL DEFAULT 0,
  userobm_login varchar(32) NOT NULL DEFAULT '',
  userobm_password_type char(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password varchar(64) NOT NULL DEFAULT '',
  userobm_perms varchar(254),
  userobm_delegation_target varchar(64),
  userobm_delegation varchar(64),
  userobm_uid integer,
  userobm_gid integer,
  userobm_hidden smallint DEFAULT 0,
  userobm_lastname varchar(32) DEFAULT '',
  userobm_firstname varchar(48) DEFAULT '',
  userobm_mail_perms smallint,
  userobm_email text,
  userobm_mail_server_id integer,
  userobm_mail_quota integer DEFAULT 0,
  userobm_host_id integer
);

CREATE TABLE UserEntity (
  userentity_entity_id integer NOT NULL,
  userentity_user_id integer NOT NULL,
  PRIMARY KEY (userentity_entity_id, userentity_user_id)
);

CREATE TABLE UGroup (
  group_id serial PRIMARY KEY,
  group_domain_id integer NOT NULL,
  group_timeupdate timestamp,
  group_timecreate timestamp,
  group_userupdate integer,
  group_usercreate integer,
  group_name varchar(255) NOT NULL,
  group_desc varchar(128),
  group_email varchar(255)
);

CREATE TABLE MailShare (
  mailshare_id serial PRIMARY KEY,
  mailshare_domain_id integer NOT NULL,
  mailshare_timeupdate timestamp,
  mailshare_timecreate timestamp,
  mailshare_userupdate integer,
  mailshare_usercreate integer,
  mailshare_name varchar(32),
  mailshare_archive smallint NOT NULL DEFAULT 0,
  mailshare_quota integer NOT NULL DEFAULT 0,
  mailshare_mail_server_id integer,
  mailshare_delegation varchar(64),
  mailshare_description varchar(255),
  mailshare_email text
);

CREATE TABLE MailshareEntity (
  mailshareentity_entity_id integer NOT NULL,
  mailshareentity_mailshare_id integer NOT NULL,
  PRIMARY KEY (mailshareentity_entity_id, mailshareentity_mailshare_id)
);

CREATE TABLE Profile (
  profile_id serial PRIMARY KEY,
  profile_domain_id integer NOT NULL,
  profile_name varchar(255)
);

CREATE TABLE ProfileModule (
  profilemodule_id serial PRIMARY KEY,
  profilemodule_profile_id integer,
  profilemodule_module_name varchar(64) NOT NULL,
  profilemodule_right integer
);

CREATE TABLE ProfileSection (
  profilesection_id serial PRIMARY KEY,
  profilesection_profile_id integer,
  profilesection_section_name varchar(64) NOT NULL,
  profilesection_show smallint
);

CREATE TABLE ProfileProperty (
  profileproperty_id serial PRIMARY KEY,
  profileproperty_profile_id integer,
  profileproperty_name varchar(32) NOT NULL,
  profileproperty_value text NOT NULL
);

CREATE TABLE Deleted (
  deleted_id serial PRIMARY KEY,
  deleted_domain_id integer,
  deleted_user_id integer,
  deleted_delegation varchar(64),
  deleted_table varchar(32),
  deleted_entity_id integer,
  deleted_timestamp timestamp
);

CREATE TABLE Updated (
  updated_id serial PRIMARY KEY,
  updated_domain_id integer,
  updated_user_id integer,
  updated_delegation varchar(64),
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

ALTER TABLE Domain
  ADD FOREIGN KEY (domain_userupdate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (domain_usercreate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL;

ALTER TABLE DomainEntity
  ADD FOREIGN KEY (domainentity_entity_id) REFERENCES Entity (entity_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (domainentity_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE;

ALTER TABLE DomainPropertyValue
  ADD FOREIGN KEY (domainpropertyvalue_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (domainpropertyvalue_property_key)
    REFERENCES DomainProperty (domainproperty_key) ON DELETE CASCADE;

ALTER TABLE Host
  ADD FOREIGN KEY (host_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (host_userupdate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (host_usercreate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL;

ALTER TABLE HostEntity
  ADD FOREIGN KEY (hostentity_entity_id) REFERENCES Entity (entity_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (hostentity_host_id) REFERENCES Host (host_id) ON DELETE CASCADE;

ALTER TABLE Service
  ADD FOREIGN KEY (service_entity_id) REFERENCES Entity (entity_id) ON DELETE CASCADE;

ALTER TABLE ServiceProperty
  ADD FOREIGN KEY (serviceproperty_entity_id) REFERENCES Entity (entity_id) ON DELETE CASCADE;

ALTER TABLE UserObm
  ADD FOREIGN KEY (userobm_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (userobm_userupdate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (userobm_usercreate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (userobm_mail_server_id) REFERENCES Host (host_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (userobm_host_id) REFERENCES Host (host_id) ON DELETE SET NULL;

ALTER TABLE UserEntity
  ADD FOREIGN KEY (userentity_entity_id) REFERENCES Entity (entity_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (userentity_user_id) REFERENCES UserObm (userobm_id) ON DELETE CASCADE;

ALTER TABLE UGroup
  ADD FOREIGN KEY (group_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (group_userupdate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (group_usercreate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL;

ALTER TABLE MailShare
  ADD FOREIGN KEY (mailshare_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (mailshare_userupdate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (mailshare_usercreate) REFERENCES UserObm (userobm_id) ON DELETE SET NULL,
  ADD FOREIGN KEY (mailshare_mail_server_id) REFERENCES Host (host_id) ON DELETE CASCADE;

ALTER TABLE MailshareEntity
  ADD FOREIGN KEY (mailshareentity_entity_id) REFERENCES Entity (entity_id) ON DELETE CASCADE,
  ADD FOREIGN KEY (mailshareentity_mailshare_id) REFERENCES MailShare (mailshare_id) ON DELETE CASCADE;

ALTER TABLE Profile
  ADD FOREIGN KEY (profile_domain_id) REFERENCES Domain (domain_id) ON DELETE CASCADE;

ALTER TABLE ProfileModule
  ADD FOREIGN KEY (profilemodule_profile_id) REFERENCES Profile (profile_id) ON DELETE CASCADE;

ALTER TABLE ProfileSection
  ADD FOREIGN KEY (profilesection_profile_id) REFERENCES Profile (profile_id) ON DELETE CASCADE;

ALTER TABLE ProfileProperty
  ADD FOREIGN KEY (profileproperty_profile_id) REFERENCES Profile (profile_id) ON DELETE CASCADE;

CREATE INDEX DomainEntity_domainentity_domain_id ON DomainEntity (domainentity_domain_id);
CREATE INDEX Host_host_domain_id ON Host (host_domain_id);
CREATE INDEX HostEntity_hostentity_host_id ON HostEntity (hostentity_host_id);
CREATE INDEX Service_service_entity_id ON Service (service_entity_id);
CREATE INDEX ServiceProperty_serviceproperty_entity_id ON ServiceProperty (serviceproperty_entity_id);
CREATE INDEX UserObm_userobm_login ON UserObm (userobm_login);
CREATE INDEX UserObm_userobm_domain_id ON UserObm (userobm_domain_id);
CREATE INDEX UserObm_userobm_mail_server_id ON UserObm (userobm_mail_server_id);
CREATE INDEX UserEntity_userentity_user_id ON UserEntity (userentity_user_id);
CREATE INDEX UGroup_group_domain_id ON UGroup (group_domain_id);
CREATE INDEX MailShare_mailshare_domain_id ON MailShare (mailshare_domain_id);
CREATE INDEX MailShare_mailshare_mail_server_id ON MailShare (mailshare_mail_server_id);
CREATE INDEX MailshareEntity_mailshareentity_mailshare_id ON MailshareEntity (mailshareentity_mailshare_id);

-- Production: what the update command last applied.

CREATE TABLE P_Domain (LIKE Domain);
CREATE TABLE P_DomainEntity (LIKE DomainEntity);
CREATE TABLE P_Host (LIKE Host);
CREATE TABLE P_HostEntity (LIKE HostEntity);
CREATE TABLE P_Service (LIKE Service);
CREATE TABLE P_ServiceProperty (LIKE ServiceProperty);
CREATE TABLE P_UserObm (LIKE UserObm);
CREATE TABLE P_UserEntity (LIKE UserEntity);
CREATE TABLE P_UGroup (LIKE UGroup);
CREATE TABLE P_MailShare (LIKE MailShare);
CREATE TABLE P_MailshareEntity (LIKE MailshareEntity);

-- What OBM itself puts there when it is installed.
INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('db_version', '2.2.0'), ('update_lock', '0');
INSERT INTO DomainProperty
  (domainproperty_key, domainproperty_type, domainproperty_default, domainproperty_readonly)
VALUES ('update_state', 'integer', '1', 1);
