-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What OBM 2.4.1 to 3.2 have more than obm-2.2.sql, of what mail servers touch: domains have a UUID, users a
-- status. OBM itself requires the UUID; SQLite cannot add such a column without a value for all.

BEGIN;

ALTER TABLE Domain ADD COLUMN domain_uuid CHAR(36);
ALTER TABLE P_Domain ADD COLUMN domain_uuid CHAR(36);
ALTER TABLE UserObm ADD COLUMN userobm_status VARCHAR(32) DEFAULT 'VALID';
ALTER TABLE P_UserObm ADD COLUMN userobm_status VARCHAR(32) DEFAULT 'VALID';
UPDATE ObmInfo SET obminfo_value = '3.2.0' WHERE obminfo_name = 'db_version';

COMMIT;
