-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables of data/demo/obm-2.2.sql as OBM has them on MySQL: InnoDB and UTF-8 now, of three bytes a
-- character at most. The server fills the first column of dates by itself. The production copies have the keys
-- of their tables, but no foreign ones.

CREATE TABLE ObmInfo (
  obminfo_name varchar(32) NOT NULL DEFAULT '',
  obminfo_value varchar(255) DEFAULT '',
  PRIMARY KEY (obminfo_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Entity (
  entity_id int(8) NOT NULL auto_increment,
  entity_mailing tinyint(1) DEFAULT 0,
  PRIMARY KEY (entity_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Domain (
  domain_id int(8) NOT NULL auto_increment,
  domain_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  domain_timecreate timestamp NULL DEFAULT NULL,
  domain_userupdate int(8),
  domain_usercreate int(8),
  domain_label varchar(32) NOT NULL,
  domain_description varchar(255),
  domain_name varchar(128),
  domain_alias text,
  domain_global tinyint(1) DEFAULT 0,
  PRIMARY KEY (domain_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE DomainEntity (
  domainentity_entity_id int(8) NOT NULL,
  domainentity_domain_id int(8) NOT NULL,
  PRIMARY KEY (domainentity_entity_id, domainentity_domain_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE DomainProperty (
  domainproperty_key varchar(255) NOT NULL,
  domainproperty_type varchar(32),
  domainproperty_default varchar(64),
  domainproperty_readonly int(1) DEFAULT 0,
  PRIMARY KEY (domainproperty_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE DomainPropertyValue (
  domainpropertyvalue_domain_id int(8) NOT NULL,
  domainpropertyvalue_property_key varchar(255) NOT NULL,
  domainpropertyvalue_value varchar(255) NOT NULL,
  PRIMARY KEY (domainpropertyvalue_domain_id, domainpropertyvalue_property_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Host (
  host_id int(8) NOT NULL auto_increment,
  host_domain_id int(8) NOT NULL,
  host_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  host_timecreate timestamp NULL DEFAULT NULL,
  host_userupdate int(8),
  host_usercreate int(8),
  host_uid int(8),
  host_gid int(8),
  host_archive int(1) NOT NULL DEFAULT 0,
  host_name varchar(32) NOT NULL,
  host_fqdn varchar(255),
  host_ip varchar(16),
  host_delegation varchar(64),
  host_description varchar(128),
  PRIMARY KEY (host_id),
  UNIQUE (host_name),
  UNIQUE (host_uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE HostEntity (
  hostentity_entity_id int(8) NOT NULL,
  hostentity_host_id int(8) NOT NULL,
  PRIMARY KEY (hostentity_entity_id, hostentity_host_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Service (
  service_id int(8) NOT NULL auto_increment,
  service_service varchar(255) NOT NULL,
  service_entity_id int(8) NOT NULL,
  PRIMARY KEY (service_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE ServiceProperty (
  serviceproperty_id int(8) NOT NULL auto_increment,
  serviceproperty_service varchar(255) NOT NULL,
  serviceproperty_property varchar(255) NOT NULL,
  serviceproperty_entity_id int(8) NOT NULL,
  serviceproperty_value text,
  PRIMARY KEY (serviceproperty_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE UserObm (
  userobm_id int(8) NOT NULL auto_increment,
  userobm_domain_id int(8) NOT NULL,
  userobm_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  userobm_timecreate timestamp NULL DEFAULT NULL,
  userobm_userupdate int(8),
  userobm_usercreate int(8),
  userobm_ext_id varchar(16),
  userobm_archive int(1) NOT NULL DEFAULT 0,
  userobm_login varchar(32) NOT NULL DEFAULT '',
  userobm_password_type char(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password varchar(64) NOT NULL DEFAULT '',
  userobm_perms varchar(254),
  userobm_delegation_target varchar(64),
  userobm_delegation varchar(64),
  userobm_uid int(8),
  userobm_gid int(8),
  userobm_hidden int(1) DEFAULT 0,
  userobm_lastname varchar(32) DEFAULT '',
  userobm_firstname varchar(48) DEFAULT '',
  userobm_mail_perms int(1),
  userobm_email text,
  userobm_mail_server_id int(8),
  userobm_mail_quota int(8) DEFAULT 0,
  userobm_host_id int(8),
  PRIMARY KEY (userobm_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE UserEntity (
  userentity_entity_id int(8) NOT NULL,
  userentity_user_id int(8) NOT NULL,
  PRIMARY KEY (userentity_entity_id, userentity_user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE UGroup (
  group_id int(8) NOT NULL auto_increment,
  group_domain_id int(8) NOT NULL,
  group_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  group_timecreate timestamp NULL DEFAULT NULL,
  group_userupdate int(8),
  group_usercreate int(8),
  group_name varchar(255) NOT NULL,
  group_desc varchar(128),
  group_email varchar(255),
  PRIMARY KEY (group_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE MailShare (
  mailshare_id int(8) NOT NULL auto_increment,
  mailshare_domain_id int(8) NOT NULL,
  mailshare_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  mailshare_timecreate timestamp NULL DEFAULT NULL,
  mailshare_userupdate int(8),
  mailshare_usercreate int(8),
  mailshare_name varchar(32),
  mailshare_archive int(1) NOT NULL DEFAULT 0,
  mailshare_quota int(8) NOT NULL DEFAULT 0,
  mailshare_mail_server_id int(8),
  mailshare_delegation varchar(64),
  mailshare_description varchar(255),
  mailshare_email text,
  PRIMARY KEY (mailshare_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE MailshareEntity (
  mailshareentity_entity_id int(8) NOT NULL,
  mailshareentity_mailshare_id int(8) NOT NULL,
  PRIMARY KEY (mailshareentity_entity_id, mailshareentity_mailshare_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Profile (
  profile_id int(8) NOT NULL auto_increment,
  profile_domain_id int(8) NOT NULL,
  profile_name varchar(255),
  PRIMARY KEY (profile_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE ProfileModule (
  profilemodule_id int(8) NOT NULL auto_increment,
  profilemodule_profile_id int(8),
  profilemodule_module_name varchar(64) NOT NULL,
  profilemodule_right int(8),
  PRIMARY KEY (profilemodule_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE ProfileSection (
  profilesection_id int(8) NOT NULL auto_increment,
  profilesection_profile_id int(8),
  profilesection_section_name varchar(64) NOT NULL,
  profilesection_show int(1),
  PRIMARY KEY (profilesection_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE ProfileProperty (
  profileproperty_id int(8) NOT NULL auto_increment,
  profileproperty_profile_id int(8),
  profileproperty_name varchar(32) NOT NULL,
  profileproperty_value text NOT NULL,
  PRIMARY KEY (profileproperty_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Deleted (
  deleted_id int(8) NOT NULL auto_increment,
  deleted_domain_id int(8),
  deleted_user_id int(8),
  deleted_delegation varchar(64),
  deleted_table varchar(32),
  deleted_entity_id int(8),
  deleted_timestamp timestamp NULL DEFAULT NULL,
  PRIMARY KEY (deleted_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Updated (
  updated_id int(8) NOT NULL auto_increment,
  updated_domain_id int(8),
  updated_user_id int(8),
  updated_delegation varchar(64),
  updated_table varchar(32),
  updated_entity_id int(8),
  updated_type char(1),
  PRIMARY KEY (updated_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE Updatedlinks (
  updatedlinks_id int(8) NOT NULL auto_increment,
  updatedlinks_domain_id int(8),
  updatedlinks_user_id int(8),
  updatedlinks_delegation varchar(64),
  updatedlinks_table varchar(32),
  updatedlinks_entity varchar(32),
  updatedlinks_entity_id int(8),
  PRIMARY KEY (updatedlinks_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

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

CREATE INDEX UserObm_userobm_login ON UserObm (userobm_login);

-- Production: what the update command last applied.

CREATE TABLE P_Domain LIKE Domain;
CREATE TABLE P_DomainEntity LIKE DomainEntity;
CREATE TABLE P_Host LIKE Host;
CREATE TABLE P_HostEntity LIKE HostEntity;
CREATE TABLE P_Service LIKE Service;
CREATE TABLE P_ServiceProperty LIKE ServiceProperty;
CREATE TABLE P_UserObm LIKE UserObm;
CREATE TABLE P_UserEntity LIKE UserEntity;
CREATE TABLE P_UGroup LIKE UGroup;
CREATE TABLE P_MailShare LIKE MailShare;
CREATE TABLE P_MailshareEntity LIKE MailshareEntity;

-- What OBM itself puts there when it is installed.
INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('db_version', '2.2.0'), ('update_lock', '0');
INSERT INTO DomainProperty
  (domainproperty_key, domainproperty_type, domainproperty_default, domainproperty_readonly)
VALUES ('update_state', 'integer', '1', 1);
