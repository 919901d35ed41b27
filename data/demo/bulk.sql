-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Many mail servers, on top of sample.sql: adds hosts and mail servers to the domain 1 (exemple.fr) until it
-- has as many as the caller wants. The caller says so in a temporary table of the same connection:
--
--   CREATE TEMP TABLE bulk (servers INTEGER); INSERT INTO bulk VALUES (100000);
--
-- Names and addresses come from one number, so every run makes the same ones: distinct names of letters,
-- digits and hyphens (numbers without leading zeros, so that their order is not the order of the addresses),
-- distinct addresses of 10.0.0.0/8 scattered by an odd factor, and every mix of one to three roles.

BEGIN;

CREATE TEMP TABLE bulk_server AS
WITH RECURSIVE
  wanted (n) AS (
    SELECT (SELECT servers FROM bulk) - COUNT(*)
      FROM MailServer JOIN Host ON host_id = mailserver_host_id WHERE host_domain_id = 1),
  number (i) AS (
    SELECT 1 FROM wanted WHERE n > 0
    UNION ALL
    SELECT i + 1 FROM number, wanted WHERE i < n)
SELECT (SELECT MAX(host_id) FROM Host) + i AS host,
       (SELECT MAX(mailserver_id) FROM MailServer) + i AS server,
       CASE i % 5 WHEN 0 THEN 'imap-' WHEN 1 THEN 'mx' WHEN 2 THEN 'Relais-' WHEN 3 THEN 'smtp'
         ELSE 'courrier-' END || i AS name,
       (i * 7919) % 16777216 AS address,
       1 + i % 7 AS roles
  FROM number;

INSERT INTO Host (host_id, host_domain_id, host_timecreate, host_usercreate, host_name, host_ip,
                  host_description)
SELECT host, 1, '2008-12-01 08:00:00', 2, name,
       '10.' || (address >> 16) || '.' || ((address >> 8) & 255) || '.' || (address & 255), ''
  FROM bulk_server;

INSERT INTO MailServer (mailserver_id, mailserver_timecreate, mailserver_usercreate, mailserver_host_id,
                        mailserver_imap, mailserver_smtp_in, mailserver_smtp_out)
SELECT server, '2008-12-01 08:00:00', 2, host, roles & 1, (roles >> 1) & 1, roles >> 2
  FROM bulk_server;

INSERT INTO P_Host SELECT * FROM Host WHERE host_id IN (SELECT host FROM bulk_server);
INSERT INTO P_MailServer SELECT * FROM MailServer WHERE mailserver_id IN (SELECT server FROM bulk_server);

DROP TABLE bulk_server;
DROP TABLE bulk;

COMMIT;
