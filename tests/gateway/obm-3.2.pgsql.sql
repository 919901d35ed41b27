-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What OBM 2.4.1 to 3.2 have more than obm-2.2.pgsql.sql, of what mail servers touch: domains have a UUID,
-- users a status, and some texts may be longer.

CREATE TYPE userstatus AS ENUM ('INIT', 'VALID');

ALTER TABLE Domain ADD COLUMN domain_uuid char(36) NOT NULL;
ALTER TABLE P_Domain ADD COLUMN domain_uuid char(36) NOT NULL;
ALTER TABLE Host ALTER COLUMN host_delegation TYPE varchar(256);
ALTER TABLE P_Host ALTER COLUMN host_delegation TYPE varchar(256);
ALTER TABLE UserObm ALTER COLUMN userobm_login TYPE varchar(80);
ALTER TABLE P_UserObm ALTER COLUMN userobm_login TYPE varchar(80);
ALTER TABLE UserObm ADD COLUMN userobm_status userstatus DEFAULT 'VALID';
ALTER TABLE P_UserObm ADD COLUMN userobm_status userstatus;

UPDATE ObmInfo SET obminfo_value = '3.2.0' WHERE obminfo_name = 'db_version';
