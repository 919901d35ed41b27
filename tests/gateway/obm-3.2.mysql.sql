-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What OBM 2.4.1 to 3.2 have more than obm-2.2.mysql.sql, of what mail servers touch: domains have a UUID,
-- users a status, and some texts may be longer.

ALTER TABLE Domain ADD COLUMN domain_uuid char(36) NOT NULL;
ALTER TABLE P_Domain ADD COLUMN domain_uuid char(36) NOT NULL;
ALTER TABLE Host MODIFY host_delegation varchar(256);
ALTER TABLE P_Host MODIFY host_delegation varchar(256);
ALTER TABLE UserObm MODIFY userobm_login varchar(80) NOT NULL DEFAULT '';
ALTER TABLE P_UserObm MODIFY userobm_login varchar(80) NOT NULL DEFAULT '';
ALTER TABLE UserObm ADD COLUMN userobm_status enum('INIT', 'VALID') DEFAULT 'VALID';
ALTER TABLE P_UserObm ADD COLUMN userobm_status enum('INIT', 'VALID') DEFAULT 'VALID';

UPDATE ObmInfo SET obminfo_value = '3.2.0' WHERE obminfo_name = 'db_version';
