# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says in each language, as the manual and OBM word it."""

LANGUAGES = ('en', 'fr')

TABLE = {
    # name: (English, French)
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
    'no_results': ('No results', 'Aucun résultat'),
    # the list
    'host': ('Host', 'Hôte'),
    'yes': ('Yes', 'Oui'),
    'no': ('No', 'Non'),
    'loading': ('Loading…', 'Chargement…'),
    'page_failed': ('This page could not be loaded.', 'Cette page n’a pas pu être chargée.'),
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
    'first_page': ('First page', 'Première page'),
    'previous_page': ('Previous page', 'Page précédente'),
    'next_page': ('Next page', 'Page suivante'),
    'last_page': ('Last page', 'Dernière page'),
    # the main menu
    'descending': ('Descending', 'Ordre décroissant'),
    'connection_item': ('Connection…', 'Connexion…'),
    'preferences': ('Preferences', 'Préférences'),
    'quit': ('Quit', 'Quitter'),
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
    # keys: the underlined letters
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
        return TABLE[name][self.column]

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
