-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The sample data of the demonstration, on top of obm-2.1.sql: the three mail servers of the manual in the
-- domain exemple.fr, and a second domain that its administrator must never see. Every password is `demo`.
--
--   admin@exemple.fr      MD5SUM  profile admin: everything
--   delegue@exemple.fr    PLAIN   profile admin_delegue: everything but applying
--   redacteur@exemple.fr  PLAIN   profile editor: nothing
--   cmartin@exemple.fr    PLAIN   profile user: nothing (so are the other people below)
--   ancien@exemple.fr     PLAIN   profile admin, archived: refused
--   admin@exemple.org     PLAIN   profile admin of the other domain
--   admin0@global.local   CRYPT   the global administrator
--
-- hote1 is where the people live, hote2 is used by the domain and by mail shares, hote3 by nothing.

BEGIN;

INSERT INTO Domain (domain_id, domain_timecreate, domain_usercreate, domain_label, domain_description,
                    domain_name, domain_alias, domain_mail_server_id)
VALUES
  (1, '2008-06-13 08:30:00', 1, 'Exemple', 'Société Exemple', 'exemple.fr', 'exemple.com', 1),
  (2, '2008-06-16 10:00:00', 1, 'Exemple Org', 'Association Exemple', 'exemple.org', NULL, NULL);

INSERT INTO DomainPropertyValue
  (domainpropertyvalue_domain_id, domainpropertyvalue_property_key, domainpropertyvalue_value)
VALUES (0, 'update_state', '0'), (1, 'update_state', '0'), (2, 'update_state', '0');

INSERT INTO UserObm (userobm_id, userobm_domain_id, userobm_timecreate, userobm_usercreate, userobm_archive,
                     userobm_login, userobm_password_type, userobm_password, userobm_perms, userobm_uid,
                     userobm_firstname, userobm_lastname, userobm_email, userobm_mail_perms,
                     userobm_mail_server_id, userobm_mail_quota)
VALUES
  (1, 0, '2008-06-13 08:00:00', 1, 0, 'admin0', 'CRYPT',
   '$6$obmdemo2008$4P6BiI0Ja.sSwE/ixeuSULJoM6kBwYr96nyUxg1ODC3BeU7kZ2nCrCF3SP1iRfdgApX8pa.DADCRC1zi.1akr.',
   'admin', 1000, '', 'Administrateur global', '', 0, NULL, 0),
  (2, 1, '2008-06-13 08:35:00', 1, 0, 'admin', 'MD5SUM', 'fe01ce2a7fbac8fafaed7c982a04e229',
   'admin', 1001, 'Hélène', 'Rousseau', 'admin', 0, NULL, 0),
  (3, 1, '2008-06-13 08:40:00', 2, 0, 'delegue', 'PLAIN', 'demo',
   'admin_delegue', 1002, 'Marc', 'Lefèvre', 'delegue', 0, NULL, 0),
  (4, 1, '2008-06-13 08:45:00', 2, 0, 'redacteur', 'PLAIN', 'demo',
   'editor', 1003, 'Sophie', 'Garnier', 'redacteur', 0, NULL, 0),
  (5, 1, '2008-06-13 08:50:00', 2, 1, 'ancien', 'PLAIN', 'demo',
   'admin', 1004, 'Paul', 'Ancelin', 'ancien', 0, NULL, 0),
  (6, 1, '2008-06-17 09:00:00', 2, 0, 'cmartin', 'PLAIN', 'demo',
   'user', 1005, 'Camille', 'Martin', 'camille.martin', 1, 1, 200),
  (7, 1, '2008-06-17 09:01:00', 2, 0, 'jdupont', 'PLAIN', 'demo',
   'user', 1006, 'Jean', 'Dupont', 'jean.dupont', 1, 1, 200),
  (8, 1, '2008-06-17 09:02:00', 2, 0, 'mbernard', 'PLAIN', 'demo',
   'user', 1007, 'Marie', 'Bernard', 'marie.bernard', 1, 1, 200),
  (9, 1, '2008-06-17 09:03:00', 2, 0, 'nthomas', 'PLAIN', 'demo',
   'user', 1008, 'Nicolas', 'Thomas', 'nicolas.thomas', 1, 1, 200),
  (10, 1, '2008-06-17 09:04:00', 2, 0, 'ipetit', 'PLAIN', 'demo',
   'user', 1009, 'Isabelle', 'Petit', 'isabelle.petit', 1, 1, 500),
  (11, 1, '2008-06-17 09:05:00', 2, 0, 'frobert', 'PLAIN', 'demo',
   'user', 1010, 'François', 'Robert', 'francois.robert', 1, 1, 200),
  (12, 1, '2008-06-17 09:06:00', 2, 0, 'cdurand', 'PLAIN', 'demo',
   'user', 1011, 'Chloé', 'Durand', 'chloe.durand', 1, 1, 200),
  (13, 1, '2008-06-17 09:07:00', 2, 0, 'vleroy', 'PLAIN', 'demo',
   'user', 1012, 'Véronique', 'Leroy', 'veronique.leroy', 1, 1, 200),
  (14, 1, '2008-06-17 09:08:00', 2, 0, 'amoreau', 'PLAIN', 'demo',
   'user', 1013, 'Antoine', 'Moreau', 'antoine.moreau', 1, 1, 200),
  (15, 1, '2008-06-17 09:09:00', 2, 0, 'lsimon', 'PLAIN', 'demo',
   'user', 1014, 'Laurence', 'Simon', 'laurence.simon', 1, 1, 200),
  (16, 1, '2008-06-17 09:10:00', 2, 0, 'glaurent', 'PLAIN', 'demo',
   'user', 1015, 'Gaël', 'Laurent', 'gael.laurent', 1, 1, 200),
  -- An archived person still stops the deletion of the server.
  (17, 1, '2008-06-17 09:11:00', 2, 1, 'ymichel', 'PLAIN', 'demo',
   'user', 1016, 'Yves', 'Michel', 'yves.michel', 1, 1, 200),
  (18, 2, '2008-06-16 10:05:00', 1, 0, 'admin', 'PLAIN', 'demo',
   'admin', 1017, 'Olivier', 'Girard', 'admin', 0, NULL, 0),
  (19, 2, '2008-06-16 10:10:00', 18, 0, 'ebonnet', 'PLAIN', 'demo',
   'user', 1018, 'Élise', 'Bonnet', 'elise.bonnet', 1, 4, 200),
  (20, 2, '2008-06-16 10:11:00', 18, 0, 'tfaure', 'PLAIN', 'demo',
   'user', 1019, 'Thierry', 'Faure', 'thierry.faure', 1, 4, 200);

INSERT INTO Host (host_id, host_domain_id, host_timecreate, host_usercreate, host_name, host_ip,
                  host_description)
VALUES
  (1, 1, '2008-06-13 08:55:00', 2, 'hote1', '192.162.0.1', 'Boîtes aux lettres'),
  (2, 1, '2008-06-13 08:56:00', 2, 'hote2', '192.162.0.2', 'Relais du domaine'),
  (3, 1, '2008-06-13 08:57:00', 2, 'hote3', '192.162.0.3', 'Secours'),
  (4, 1, '2008-06-18 14:00:00', 2, 'annuaire', '192.162.0.10', 'Annuaire LDAP'),
  (5, 1, '2008-06-18 14:01:00', 2, 'fichiers', '192.162.0.11', 'Partage de fichiers'),
  (6, 1, '2008-06-18 14:02:00', 3, 'imprimantes', '192.162.0.12', 'File d’impression du 2ᵉ étage'),
  (7, 1, '2008-06-18 14:03:00', 3, 'portable-direction', NULL, 'Adresse attribuée par DHCP'),
  (8, 1, '2008-06-18 14:04:00', 2, 'relais', '192.162.0.20', 'Relais de messagerie à mettre en service'),
  (9, 1, '2008-06-18 14:05:00', 2, 'sauvegarde', '192.162.0.100', 'Sauvegarde – salle machines, été 2008'),
  (10, 2, '2008-06-16 10:20:00', 18, 'courrier-org', '192.162.1.1', 'Messagerie de l’association'),
  (11, 2, '2008-06-16 10:21:00', 18, 'relais-org', '192.162.1.2', 'Relais de l’association'),
  (12, 2, '2008-06-16 10:22:00', 18, 'libre-org', '192.162.1.3', NULL);

INSERT INTO MailServer (mailserver_id, mailserver_timecreate, mailserver_usercreate, mailserver_timeupdate,
                        mailserver_userupdate, mailserver_host_id, mailserver_imap, mailserver_smtp_in,
                        mailserver_smtp_out)
VALUES
  (1, '2008-06-13 09:00:00', 2, NULL, NULL, 1, 1, 1, 1),
  (2, '2008-06-13 09:05:00', 2, '2008-09-02 14:30:00', 3, 2, 1, 1, 1),
  (3, '2008-06-13 09:10:00', 2, '2008-11-21 17:45:00', 3, 3, 1, 1, 1),
  (4, '2008-06-16 10:30:00', 18, NULL, NULL, 10, 1, 1, 0),
  (5, '2008-06-16 10:31:00', 18, NULL, NULL, 11, 0, 0, 1);

INSERT INTO DomainMailServer
  (domainmailserver_domain_id, domainmailserver_mailserver_id, domainmailserver_role)
VALUES
  (1, 1, 'imap'), (1, 1, 'smtp_in'), (1, 2, 'smtp_in'), (1, 2, 'smtp_out'),
  (2, 4, 'imap'), (2, 4, 'smtp_in'), (2, 5, 'smtp_out');

INSERT INTO MailShare (mailshare_id, mailshare_domain_id, mailshare_timecreate, mailshare_usercreate,
                       mailshare_name, mailshare_quota, mailshare_mail_server_id, mailshare_description,
                       mailshare_email)
VALUES
  (1, 1, '2008-06-17 10:00:00', 2, 'contact', 500, 2, 'Courrier du public', 'contact'),
  (2, 1, '2008-06-17 10:05:00', 2, 'comptabilite', 1000, 2, 'Factures et relances', 'comptabilite'),
  (3, 2, '2008-06-16 10:40:00', 18, 'bureau', 500, 4, 'Bureau de l’association', 'bureau');

-- Everything has been applied: production is equal to the tables.
INSERT INTO P_Domain SELECT * FROM Domain;
INSERT INTO P_UserObm SELECT * FROM UserObm;
INSERT INTO P_Host SELECT * FROM Host;
INSERT INTO P_MailServer SELECT * FROM MailServer;
INSERT INTO P_MailShare SELECT * FROM MailShare;

COMMIT;
