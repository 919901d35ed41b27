# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says in each language, as the manual and OBM word it."""

import re

LANGUAGES = ('en', 'fr')

TABLE = {
    # name: (English, French); the spaces before signs do not break, whatever they are here
    'mail_servers': ('Mail servers', 'Serveurs de mail'),
    'main_menu': ('Main menu', 'Menu principal'),
    # the search form
    'name': ('Name', 'Nom'),
    'ip': ('IP address', 'Adresse IP'),
    'imap': ('IMAP', 'IMAP'),
    'smtp_in': ('SMTP in', 'SMTP in'),
    'smtp_out': ('SMTP out', 'SMTP out'),
    'search': ('Search', 'Chercher'),
    'prompt': ('Search for mail servers', 'Recherche de serveurs de mail'),
    # the message line
    'found_one': ('{} mail server found.', '{} serveur de messagerie trouvé.'),
    'found_many': ('{} mail servers found.', '{} serveurs de messagerie trouvés.'),
    'none_found': ('No mail server found matching the query!',
                   'Aucun serveur de messagerie ne correspond à ces critères !'),
    'sorted_up': ('Sorted by {}, ascending', 'Trié par : {}, ordre croissant'),
    'sorted_down': ('Sorted by {}, descending', 'Trié par : {}, ordre décroissant'),
    'page_of': ('Page {} of {}', 'Page {} sur {}'),
    'no_results': ('No results', 'Aucun résultat'),
    # the list
    'host': ('Host', 'Hôte'),
    'yes': ('Yes', 'Oui'),
    'no': ('No', 'Non'),
    'loading': ('Loading…', 'Chargement…'),
    'page_failed': ('This page could not be loaded.', 'Cette page n’a pas pu être chargée.'),
    'enter_retries': ('Press Enter to retry', 'Entrée pour réessayer'),
    'retry': ('Retry', 'Réessayer'),
    'searching': ('Searching…', 'Recherche en cours…'),
    'signing_in': ('Signing in…', 'Connexion en cours…'),
    'database_away': ('The backend cannot reach OBM’s database at the moment. Nothing is lost; try again in a while.',
                      'Le service ne peut pas joindre la base de données d’OBM pour le moment. Rien n’est perdu ; '
                      'réessayez dans un moment.'),
    'search_failed': ('The search failed', 'La recherche a échoué'),
    # the foot
    'entries': ('Entries # {}', 'Entrées # {}'),
    'pages': ('Result pages: ({})', 'Pages de résultat : ({})'),
    'result_pages': ('Result pages', 'Pages de résultat'),
    'first_page': ('First page', 'Première page'),
    'previous_page': ('Previous page', 'Page précédente'),
    'next_page': ('Next page', 'Page suivante'),
    'last_page': ('Last page', 'Dernière page'),
    # the main menu
    'descending': ('Descending', 'Ordre décroissant'),
    'connection_item': ('Connection…', 'Connexion…'),
    'preferences': ('Preferences', 'Préférences'),
    'shortcuts': ('Keyboard shortcuts', 'Raccourcis clavier'),
    'sort_by_host': ('Sort by host', 'Trier par hôte'),
    'shift': ('Shift', 'Maj'),
    'about': ('About OBM Mail Servers', 'À propos de Serveurs de mail OBM'),
    'quit': ('Quit', 'Quitter'),
    # GTK's
    'window_buttons': (('Minimize', 'Maximize', 'Close'), ('Réduire', 'Maximiser', 'Fermer')),
    # the help
    'help': ('Help', 'Aide'),
    'no_browser': ('No program on this computer opens web pages. The help is this file:',
                   'Aucun programme de cet ordinateur n’ouvre les pages web. L’aide est dans ce fichier :'),
    'help_failed': ('The help could not be opened. It is this file:',
                    'L’aide n’a pas pu être ouverte. Elle est dans ce fichier :'),
    'help_missing': ('The help is not installed. This file is missing:',
                     'L’aide n’est pas installée. Il manque ce fichier :'),
    # the consult dialog
    'mail_server': ('Mail server', 'Serveur de mail'),
    'creator': ('Creator', 'Créateur'),
    'creation': ('Creation', 'Création'),
    'updater': ('Updated by', 'Mise à jour par'),
    'update': ('Last update', 'Mise à jour'),
    'close': ('Close', 'Fermer'),
    'wrong_reference': ('Wrong reference. This entity does not exist.',
                        'Erreur de référence. L’entité demandée n’existe pas !'),
    # the connection dialog
    'connection': ('Connection', 'Connexion'),
    'address': ('Address', 'Adresse'),
    'login': ('Login', 'Identifiant'),
    'password': ('Password', 'Mot de passe'),
    'remember': ('Remember the password', 'Retenir le mot de passe'),
    'connect': ('Connect', 'Se connecter'),
    'cancel': ('Cancel', 'Annuler'),
    'not_connected': ('Not connected', 'Non connecté'),
    'connect_item': ('Connect…', 'Se connecter…'),
    'wrong_password': ('The login or the password is wrong.', 'L’identifiant ou le mot de passe est incorrect.'),
    'no_rights': ('This account may not administer mail servers. Sign in with an administrator’s account.',
                  'Permissions insuffisantes : ce compte ne peut pas administrer les serveurs de mail. '
                  'Connectez-vous avec un compte d’administrateur.'),
    'unreachable': ('The backend cannot be reached. Check the address and the network.',
                    'Le service est injoignable. Vérifiez l’adresse et le réseau.'),
    'not_the_api': ('A server answers at this address, but it is not an OBM backend for mail servers.',
                    'Un serveur répond à cette adresse, mais ce n’est pas un service OBM de gestion des serveurs de '
                    'mail.'),
    'bad_address': ('This is not the address of a backend. It looks like https://obm.example.org; plain http is '
                    'accepted for this computer only.',
                    'Ceci n’est pas l’adresse d’un service. Elle ressemble à https://obm.example.org ; http sans '
                    'chiffrement n’est accepté que pour cet ordinateur.'),
    'login_needs_domain': ('The login names its domain too, like admin@example.org.',
                           'L’identifiant comprend le domaine, comme admin@example.org.'),
    'both_needed': ('The address and the login are needed.', 'L’adresse et l’identifiant sont nécessaires.'),
    # the preferences
    'lines': ('Lines per result page', 'Lignes affichées par page'),
    'display': ('Display the list automatically', 'Afficher la liste automatiquement'),
    # about the program
    'credits': ('Credits', 'Crédits'),
    'developers': ('The OBM Mail Servers developers', 'L’équipe d’OBM Mail Servers'),
    'translated_by': ('Translated by', 'Traduit par'),
    'system': ('System', 'Système'),
    'copy_details': ('Copy system details', 'Copier les détails du système'),
    'details_copied': ('Copied to the clipboard.', 'Copié dans le presse-papiers.'),
    # creating and modifying
    'new': ('New', 'Nouveau'),
    'new_server': ('New mail server', 'Nouveau serveur de mail'),
    'no_host': ('Choose a host…', 'Choisir un hôte…'),
    'hosts_popover': ('Choose a host', 'Choisir un hôte'),
    'hosts': ('Hosts', 'Hôtes'),
    'hosts_found_one': ('{} host found.', '{} hôte trouvé.'),
    'hosts_found_many': ('{} hosts found.', '{} hôtes trouvés.'),
    'taken': ('Already a mail server', 'Déjà serveur de mail'),
    'need_both': ('Choose a host and tick at least one box.', 'Choisissez un hôte et cochez au moins une case.'),
    'need_role': ('Tick at least one box.', 'Cochez au moins une case.'),
    'need_change': ('Nothing has been changed yet.', 'Rien n’a encore été modifié.'),
    'create': ('Create', 'Créer'),
    'create_key': ('alt+r', 'alt+r'),
    'modify': ('Modify', 'Modifier'),
    'save': ('Modify configuration', 'Modifier la configuration'),
    'inserted': ('Mail server {}: insertion successful.', 'Serveur de mail {} : insertion réussie.'),
    'updated': ('Mail server {}: update successful.', 'Serveur de mail {} : mise à jour réussie.'),
    'host_taken': ('The selected host is already a mail server.',
                   'L’hôte sélectionné est déjà référencé comme serveur de messagerie !'),
    'unsaved': ('Unsaved changes', 'Modifications non enregistrées'),
    'leave_question': ('What you entered has not been saved. Leave without saving?',
                       'Votre saisie n’a pas été enregistrée. Quitter sans enregistrer ?'),
    'leave': ('Leave', 'Quitter'),
    'read_only': ('This backend lets you consult mail servers, but not change them.',
                  'Ce service permet de consulter les serveurs de mail, mais pas de les modifier.'),
    'remove_role': ('Remove a function?', 'Retirer une fonctionnalité ?'),
    'remove_question': ('Something depends on this mail server. It will no longer do what you unticked.',
                        'Ce serveur de mail est utilisé. Il ne fera plus ce que vous avez décoché.'),
    'modify_anyway': ('Modify anyway', 'Modifier quand même'),
    'waiting': ('waiting', 'en attente'),
    # the conflict
    'changed_by': ('{} changed this mail server while you were modifying it.',
                   '{} a modifié ce serveur de mail pendant que vous le modifiiez.'),
    'changed': ('{} (changed)', '{} (modifié)'),
    'theirs': ('Take theirs', 'Garder le leur'),
    'merge': ('Merge', 'Fusionner'),
    'mine': ('Keep mine', 'Garder le mien'),
    'left_alone': ('Nothing was changed: the mail server is as the other person left it.',
                   'Rien n’a été modifié : le serveur de mail est tel que l’autre personne l’a laissé.'),
    # deleting
    'delete': ('Delete', 'Supprimer'),
    'delete_server': ('Delete the mail server', 'Supprimer le serveur de mail'),
    'deletable': ('The mail server {} can be deleted.', 'Le serveur de mail {} peut être supprimé.'),
    'not_deletable': ('This mail server cannot be deleted.', 'Ce serveur de mail ne peut pas être supprimé.'),
    'has_users': ('This mail server is linked to at least one user and therefore cannot be deleted.',
                  'Ce serveur de mail est lié à au moins un utilisateur et ne peut donc pas être supprimé.'),
    'users': ('{} users: ', '{} utilisateurs : '),
    'shares': ('{} mail share: ', '{} partage mail : '),
    'copy': ('Copy', 'Copier'),
    'linked_meanwhile': ('Something has been linked to the mail server meanwhile.',
                         'Quelque chose a été lié au serveur de mail entre-temps.'),
    'deleted': ('Mail server {}: deletion successful.', 'Serveur de mail {} : suppression réussie.'),
    'deleted_checked': ('Mail server {}: deletion successful. The answer was lost, but the backend has been asked again.',
                        'Serveur de mail {} : suppression réussie. La réponse a été perdue, mais le service a été '
                        'interrogé de nouveau.'),
    'deleted_already': ('Mail server {}: someone else had deleted it already.',
                        'Serveur de mail {} : quelqu’un d’autre l’avait déjà supprimé.'),
    # lost answers
    'found_done': ('The answer was lost, but the backend has been asked again: the change is made.',
                   'La réponse a été perdue, mais le service a été interrogé de nouveau : le changement est fait.'),
    'not_done': ('The answer was lost. The backend has been asked again: the change is not made. You can send it '
                 'again.',
                 'La réponse a été perdue. Le service a été interrogé de nouveau : le changement n’est pas fait. '
                 'Vous pouvez le renvoyer.'),
    'unknown': ('The answer was lost and the backend cannot be asked: it is not known whether the change is made. '
                'What you entered is kept.',
                'La réponse a été perdue et le service ne peut pas être interrogé : on ne sait pas si le changement '
                'est fait. Votre saisie est conservée.'),
    'delete_unknown': ('The answer was lost and the backend cannot be asked: it is not known whether the mail server '
                       'has been deleted.',
                       'La réponse a été perdue et le service ne peut pas être interrogé : on ne sait pas si le '
                       'serveur de mail a été supprimé.'),
    'check_again': ('Check again', 'Vérifier de nouveau'),
    # the post-it
    'post_it': ('Update the system', 'Mettre à jour le système'),
    'post_it_count': ('Update the system ({})', 'Mettre à jour le système ({})'),
    'one_waits': ('{} change waits to be applied.', '{} modification attend d’être prise en compte.'),
    'change_updated': ('Modified: {} → {}', 'Modifié : {} → {}'),
    'to_apply': ('The configuration of the system has been modified. These changes wait to be applied:',
                 'La configuration du système a été modifiée. Ces modifications attendent d’être prises en compte :'),
    'validate': ('Validate', 'Valider'),
    'try_again': ('Try again', 'Réessayer'),
    'configuring': ('The system is being configured…', 'Le système est en cours de configuration…'),
    'applied': ('The configuration of the system has been applied.',
                'La configuration du système a bien été prise en compte.'),
    'apply_failed': ('The configuration of the system failed!', 'La configuration du système a échoué !'),
    # export
    'export': ('Export', 'Exporter'),
    'exported_one': ('{} mail server exported.', '{} serveur de mail exporté.'),
    'exported_many': ('{} mail servers exported.', '{} serveurs de mail exportés.'),
    'nothing_written': ('Nothing was written; a file that was there is as it was.',
                        'Rien n’a été écrit ; un fichier déjà présent est resté tel quel.'),
    'semicolon': ('Semicolon (;)', 'Point-virgule (;)'),
    # keys: the underlined letters
    'host_key': ('alt+h', 'alt+h'),
    'separator_key': ('alt+s', 'alt+s'),
    'name_key': ('alt+n', 'alt+n'),
    'ip_key': ('alt+d', 'alt+d'),
    'imap_key': ('alt+i', 'alt+i'),
    'smtp_in_key': ('alt+t', 'alt+t'),
    'smtp_out_key': ('alt+u', 'alt+u'),
    'search_key': ('alt+s', 'alt+c'),
    # dates in numbers
    'date': ('{0:%Y-%m-%d %H:%M}', '{0:%d/%m/%Y %H:%M}'),
}


class Words:
    """The words of one language: words.search, words.found(3)."""

    def __init__(self, language):
        self.language = language
        self.column = LANGUAGES.index(language)

    def __getattr__(self, name):
        if name not in TABLE:
            raise AttributeError(name)
        word = TABLE[name][self.column]
        return re.sub(' (?=[:;?!])', '\u00a0', word) if isinstance(word, str) else word

    def __repr__(self):
        return self.language

    def found(self, number):
        """The message line after a search."""
        if number == 0:
            return self.none_found
        return (self.found_one if number == 1 else self.found_many).format(number)

    def yes_no(self, value):
        """Oui or Non."""
        return self.yes if value else self.no
