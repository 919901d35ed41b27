-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables of OBM 2.1 on MySQL, as a MariaDB of today takes them: MyISAM, ISO-8859-1, and a first column of dates
-- that the server fills by itself, "timestamp" without the width it no longer knows.

CREATE TABLE ObmInfo (
  obminfo_name varchar(32) NOT NULL DEFAULT '',
  obminfo_value varchar(255) DEFAULT '',
  PRIMARY KEY (obminfo_name)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE UserObm (
  userobm_id int(8) NOT NULL auto_increment,
  userobm_domain_id int(8) DEFAULT 0,
  userobm_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  userobm_timecreate timestamp NULL DEFAULT NULL,
  userobm_userupdate int(8),
  userobm_usercreate int(8),
  userobm_local int(8) DEFAULT 1,
  userobm_ext_id varchar(16),
  userobm_system int(8) DEFAULT 0,
  userobm_archive int(1) NOT NULL DEFAULT 0,
  userobm_timelastaccess timestamp NULL DEFAULT NULL,
  userobm_login varchar(32) NOT NULL DEFAULT '',
  userobm_password_type char(6) NOT NULL DEFAULT 'PLAIN',
  userobm_password varchar(64) NOT NULL DEFAULT '',
  userobm_perms varchar(254),
  userobm_delegation_target varchar(64) DEFAULT '',
  userobm_delegation varchar(64) DEFAULT '',
  userobm_calendar_version text,
  userobm_uid int(8),
  userobm_gid int(8),
  userobm_datebegin timestamp NULL DEFAULT NULL,
  userobm_hidden int(8) DEFAULT 0,
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
  userobm_web_perms int(8),
  userobm_web_list text,
  userobm_web_all int(8) DEFAULT 0,
  userobm_mail_perms int(8),
  userobm_mail_ext_perms int(8),
  userobm_email text,
  userobm_mail_server_id int(8),
  userobm_mail_quota int(8) DEFAULT 0,
  userobm_mail_quota_use int(8) DEFAULT 0,
  userobm_mail_login_date timestamp NULL DEFAULT NULL,
  userobm_nomade_perms int(8) DEFAULT 0,
  userobm_nomade_enable int(8) DEFAULT 0,
  userobm_nomade_local_copy int(8) DEFAULT 0,
  userobm_email_nomade varchar(64) DEFAULT '',
  userobm_vacation_enable int(8) DEFAULT 0,
  userobm_vacation_date timestamp NULL DEFAULT NULL,
  userobm_vacation_message text,
  userobm_samba_perms int(8) DEFAULT 0,
  userobm_samba_home varchar(255) DEFAULT '',
  userobm_samba_home_drive char(2) DEFAULT '',
  userobm_samba_logon_script varchar(128) DEFAULT '',
  userobm_host_id int(8) DEFAULT 0,
  userobm_description varchar(255),
  userobm_location varchar(255),
  userobm_education varchar(255),
  userobm_photo_id int(8),
  PRIMARY KEY (userobm_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE UGroup (
  group_id int(8) NOT NULL auto_increment,
  group_domain_id int(8) DEFAULT 0,
  group_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  group_timecreate timestamp NULL DEFAULT NULL,
  group_userupdate int(8),
  group_usercreate int(8),
  group_system int(8) DEFAULT 0,
  group_privacy int(8) DEFAULT 0,
  group_local int(8) DEFAULT 1,
  group_ext_id int(8),
  group_samba int(8) DEFAULT 0,
  group_gid int(8),
  group_mailing int(8) DEFAULT 0,
  group_delegation varchar(64) DEFAULT '',
  group_manager_id int(8) DEFAULT 0,
  group_name varchar(32) NOT NULL,
  group_desc varchar(128),
  group_email varchar(128),
  group_contacts text,
  UNIQUE KEY (group_gid),
  PRIMARY KEY (group_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE of_usergroup (
  of_usergroup_group_id int(8) NOT NULL DEFAULT 0,
  of_usergroup_userobm_id int(8) NOT NULL DEFAULT 0,
  PRIMARY KEY (of_usergroup_group_id, of_usergroup_userobm_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE Domain (
  domain_id int(8) NOT NULL auto_increment,
  domain_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  domain_timecreate timestamp NULL DEFAULT NULL,
  domain_usercreate int(8),
  domain_userupdate int(8),
  domain_label varchar(32) NOT NULL,
  domain_description varchar(255),
  domain_name varchar(128),
  domain_alias text,
  domain_mail_server_id int(8),
  PRIMARY KEY (domain_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE DomainProperty (
  domainproperty_key varchar(255) NOT NULL,
  domainproperty_type varchar(32),
  domainproperty_default varchar(64),
  domainproperty_readonly int(8) DEFAULT 0,
  PRIMARY KEY (domainproperty_key)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE DomainPropertyValue (
  domainpropertyvalue_domain_id int(8) NOT NULL,
  domainpropertyvalue_property_key varchar(255) NOT NULL,
  domainpropertyvalue_value varchar(255) NOT NULL,
  PRIMARY KEY (domainpropertyvalue_domain_id, domainpropertyvalue_property_key)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE Host (
  host_id int(8) NOT NULL auto_increment,
  host_domain_id int(8) DEFAULT 0,
  host_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  host_timecreate timestamp NULL DEFAULT NULL,
  host_userupdate int(8),
  host_usercreate int(8),
  host_uid int(8),
  host_gid int(8),
  host_samba int(8) DEFAULT 0,
  host_name varchar(32) NOT NULL,
  host_ip varchar(16),
  host_delegation varchar(64) DEFAULT '',
  host_description varchar(128),
  host_web_perms int(8) DEFAULT 0,
  host_web_list text,
  host_web_all int(8) DEFAULT 0,
  host_ftp_perms int(8) DEFAULT 0,
  host_firewall_perms varchar(128),
  UNIQUE KEY (host_name),
  UNIQUE KEY (host_uid),
  PRIMARY KEY (host_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE Samba (
  samba_domain_id int(8) DEFAULT 0,
  samba_name varchar(255) NOT NULL DEFAULT '',
  samba_value varchar(255) NOT NULL DEFAULT ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE MailShare (
  mailshare_id int(8) NOT NULL auto_increment,
  mailshare_domain_id int(8) DEFAULT 0,
  mailshare_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  mailshare_timecreate timestamp NULL DEFAULT NULL,
  mailshare_userupdate int(8),
  mailshare_usercreate int(8),
  mailshare_name varchar(32),
  mailshare_archive int(8) NOT NULL DEFAULT 0,
  mailshare_quota int(8) NOT NULL DEFAULT 0,
  mailshare_mail_server_id int(8) DEFAULT 0,
  mailshare_delegation varchar(64) DEFAULT '',
  mailshare_description varchar(255),
  mailshare_email text,
  PRIMARY KEY (mailshare_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE MailServer (
  mailserver_id int(8) NOT NULL auto_increment,
  mailserver_timeupdate timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  mailserver_timecreate timestamp NULL DEFAULT NULL,
  mailserver_userupdate int(8),
  mailserver_usercreate int(8),
  mailserver_host_id int(8) NOT NULL DEFAULT 0,
  mailserver_relayhost_id int(8),
  mailserver_imap int(1) DEFAULT 0,
  mailserver_smtp_in int(1) DEFAULT 0,
  mailserver_smtp_out int(1) DEFAULT 0,
  PRIMARY KEY (mailserver_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE MailServerNetwork (
  mailservernetwork_host_id int(8) NOT NULL DEFAULT 0,
  mailservernetwork_ip varchar(16) NOT NULL DEFAULT ''
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE DomainMailServer (
  domainmailserver_domain_id int(8) NOT NULL DEFAULT 0,
  domainmailserver_mailserver_id int(8) NOT NULL,
  domainmailserver_role varchar(16) NOT NULL DEFAULT 'imap'
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE Deleted (
  deleted_id int(8) NOT NULL auto_increment,
  deleted_domain_id int(8),
  deleted_user_id int(8),
  deleted_delegation varchar(64) DEFAULT '',
  deleted_table varchar(32),
  deleted_entity_id int(8),
  deleted_timestamp timestamp NULL DEFAULT NULL,
  PRIMARY KEY (deleted_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE Updated (
  updated_id int(8) NOT NULL auto_increment,
  updated_domain_id int(8),
  updated_user_id int(8),
  updated_delegation varchar(64) DEFAULT '',
  updated_table varchar(32),
  updated_entity_id int(8),
  updated_type char(1),
  PRIMARY KEY (updated_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE Updatedlinks (
  updatedlinks_id int(8) NOT NULL auto_increment,
  updatedlinks_domain_id int(8),
  updatedlinks_user_id int(8),
  updatedlinks_delegation varchar(64),
  updatedlinks_table varchar(32),
  updatedlinks_entity varchar(32),
  updatedlinks_entity_id int(8),
  PRIMARY KEY (updatedlinks_id)
) ENGINE=MyISAM DEFAULT CHARSET=latin1;

CREATE TABLE P_UserObm LIKE UserObm;
CREATE TABLE P_UGroup LIKE UGroup;
CREATE TABLE P_of_usergroup LIKE of_usergroup;
CREATE TABLE P_Domain LIKE Domain;
CREATE TABLE P_Host LIKE Host;
CREATE TABLE P_Samba LIKE Samba;
CREATE TABLE P_MailShare LIKE MailShare;
CREATE TABLE P_MailServer LIKE MailServer;
CREATE TABLE P_MailServerNetwork LIKE MailServerNetwork;

CREATE INDEX k_login_user ON UserObm (userobm_login);
CREATE INDEX k_uid_user ON UserObm (userobm_uid);

INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('db_version', '2.1'), ('update_lock', '0');
INSERT INTO DomainProperty
  (domainproperty_key, domainproperty_type, domainproperty_default, domainproperty_readonly)
VALUES ('update_state', 'integer', '1', 1);
