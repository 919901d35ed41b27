# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes and methods: the order of faults, HEAD, Allow, and addresses that lead nowhere."""

import pytest

from .client import contract, new_peer
from .obm21 import GLOBAL

# Each route as domain one's administrator may ask for it, with the methods it has.
ROUTES = {'/domains': '/domains', '/domains/1': '/domains/{domain}', '/1/session': '/{domain}/session',
          '/1/mailservers': '/{domain}/mailservers', '/1/mailservers/1': '/{domain}/mailservers/{id}',
          '/1/mailservers/1/links': '/{domain}/mailservers/{id}/links', '/1/hosts': '/{domain}/hosts',
          '/1/update': '/{domain}/update'}
METHODS = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'FOO', 'get']


@pytest.mark.parametrize('path,method', [(path, method) for path in ROUTES for method in METHODS
                                         if method not in contract.methods(ROUTES[path])])
def test_methods_a_route_does_not_have(town, path, method):
    """405, and Allow names just the methods there are."""
    allowed = contract.methods(ROUTES[path])
    answer = town.client().request(method, town.at(path))
    assert answer.fault == (405, 'method.not_allowed')
    allow = {name.strip() for name in answer.headers['Allow'].split(',')}
    assert allow - {'OPTIONS'} == allowed


@pytest.mark.parametrize('path',
                         [*ROUTES, '/1/mailservers?rows=2&sort=ip', '/1/mailservers?rows=0',
                          '/1/mailservers/999', '/2/session', '/nulle/part'])
def test_head_is_get_without_the_body(town, path):
    """Same status and headers, Content-Length included."""
    client, path = town.client(), town.at(path)
    get, head = client.get(path), client.request('HEAD', path)
    assert (head.status, head.body) == (get.status, b'')
    ignored = ('date',)
    assert ({name.lower(): value for name, value in head.headers.items() if name.lower() not in ignored}
            == {name.lower(): value for name, value in get.headers.items() if name.lower() not in ignored})


@pytest.mark.parametrize('path',
                         ['/', '', '/domain', '/Domains', '/DOMAINS', '/domains/1/x', '/1', '/1/',
                          '/1/mailserver', '/1/Mailservers', '/1/mailservers/1/link',
                          '/1/mailservers/1/links/x', '/1/update/x', '/1/batches', '/1/batches/1/x', '/1/x',
                          '/1/session/x', '/1/hosts/1', '/nulle', '/x/y/z'])
def test_unknown_routes(town, path):
    """404 for who may know; a domain administrator may be told that the first word is no domain of his."""
    assert town.client('admin0').get(town.at(path)).fault == (404, 'reference.unknown')
    answer = town.client().get(town.at(path))
    assert answer.fault in ((404, 'reference.unknown'), (403, 'domain.foreign'))
    if path.startswith('/1') or path in ('', '/domains/1/x'):
        assert answer.status == 404


@pytest.mark.parametrize('path',
                         ['/domains/', '/domains/1/', '/1/session/', '/1/mailservers/', '/1/mailservers/1/',
                          '/1/mailservers/1/links/', '/1/hosts/', '/1/update/', '//domains', '/1//session',
                          '//1/session', '/1/mailservers//1', '/1/mailservers//', '/1%2Fsession',
                          '/1/mailservers%2F1', '/domains%2F1', '/1/session%00', '/1%00/session',
                          '/1/session%20', '/1/session;x=1', '/1/session.json', '/domains%3Fx'])
def test_paths_that_are_nearly_right(town, path):
    """An address has one spelling; a slash or a NUL in an escape is no slash and no end."""
    for client in (town.client(), town.client('admin0')):
        assert client.get(town.at(path)).fault in ((404, 'reference.unknown'), (403, 'domain.foreign'))


@pytest.mark.parametrize('path', ['/%31/session', '/1/%73ession', '/1/sessi%6Fn', '/1/sessi%6fn?'])
def test_escapes_of_plain_characters(town, path):
    """RFC 3986, 6.2.2.2: they are the characters themselves."""
    key = town.keys[town.one]
    path = path.replace('%31', f'%{ord(key[0]):02x}{key[1:]}')
    assert town.client().read(town.at(path))['login'] == 'admin1'


def test_the_absolute_form(town):
    """RFC 9112, 3.2.2: a server must accept a whole URI as the target."""
    client = town.client()
    answer = client.exchange(client.head('GET', f'http://127.0.0.1:{client.port}' + town.at('/v1/1/session')))
    assert (answer.status, answer.json['login']) == (200, 'admin1')


@pytest.mark.parametrize('path',
                         ['/', '/v2/domains', '/domains', '/v1x/domains', '/V1/domains', '/favicon.ico',
                          '/v1domains'])
def test_outside_the_api(town, path):
    """Nothing of the API is there, with or without credentials."""
    for client in (town.client('admin0'), town.gateway.client(peer=new_peer())):
        answer = client.exchange(client.head('GET', path))
        assert 400 <= answer.status < 500
        assert 'Access-Control-Allow-Origin' not in answer.headers


# In the order of the contract: each fault beside every later one must win.
FAULTS = {
    401: {'login': None}, '403-profile': {'login': 'user1'}, '403-domain': {'domain': '2'},
    404: {'rest': '/mailservers/999'}, 405: {'method': 'PATCH'}, 400: {'query': '?x=1'}}
COMBINATIONS = [(first, second) for number, first in enumerate(FAULTS) for second in list(FAULTS)[number:]
                if {first, second} != {'403-profile', '403-domain'} or first == second]


@pytest.mark.parametrize('first,second', COMBINATIONS)
def test_the_first_fault_is_told(town, first, second):
    """401, 403, 404, 405, 400: an answer to a stranger must not tell what exists."""
    request = {'login': 'admin1', 'domain': '1', 'rest': '/mailservers/1', 'method': 'GET', 'query': '',
               **FAULTS[second], **FAULTS[first]}
    login = request['login']
    client = town.client(login, new_peer()) if login else town.gateway.client(peer=new_peer())
    answer = client.request(request['method'], town.at(f'/{request["domain"]}{request["rest"]}{request["query"]}'))
    assert answer.status == int(str(first)[:3])
    if first == '403-profile':
        assert answer.type == 'rights.insufficient'


@pytest.mark.parametrize('path', ['/nulle/part', '/', '/1/session', '/1/mailservers/999', '/domains/99'])
def test_strangers_learn_nothing(town, path):
    """Without credentials every address under /v1 looks the same."""
    answer = town.gateway.client(peer=new_peer()).get(town.at(path))
    assert answer.fault == (401, 'credentials.invalid')


def test_a_body_where_none_is_wanted(town):
    """A GET may carry one by HTTP's rules; it means nothing."""
    assert town.client().request('GET', town.at('/1/session'), body={'x': 1}).json['login'] == 'admin1'
    answer = town.client().request('POST', town.at('/1/session'), headers={'Content-Type': 'text/plain'}, body=b'{')
    assert answer.fault == (405, 'method.not_allowed')


def target_of(town, length, start='/1/mailservers?name='):
    """A target of exactly this many bytes, /v1 included, that finds nothing."""
    start = town.at(start)
    return start + 'x' * (length - len(start) - len('/v1'))


@pytest.mark.parametrize('length', [8000, 8191, 8192])
def test_long_addresses(town, length):
    """Up to 8 KiB an address is read."""
    assert town.client().get(target_of(town, length)).json['length'] == 0


@pytest.mark.parametrize('length', [8193, 9000, 16000])
def test_addresses_too_long(town, length):
    """Over 8 KiB it is 414, in the path as in the query."""
    assert town.client().get(target_of(town, length)).fault == (414, 'uri.too_long')
    assert town.client().get(target_of(town, length, '/1/')).fault == (414, 'uri.too_long')


def test_origin_gets_no_cors_headers(town):
    """A page of another site must not read answers; the client checks every answer for such headers."""
    for origin in ('https://evil.example', 'null', 'http://127.0.0.1'):
        assert town.client().get(town.at('/1/session'), headers={'Origin': origin}).status == 200
        answer = town.client().request('OPTIONS', town.at('/1/mailservers'), headers={
            'Origin': origin, 'Access-Control-Request-Method': 'GET',
            'Access-Control-Request-Headers': 'authorization'})
        assert answer.status == 405
    assert town.client('admin0').get(town.path(GLOBAL, '/session'), headers={'Origin': 'null'}).status == 200


@pytest.mark.parametrize('accept',
                         ['application/json', '*/*', 'text/html', 'application/xml;q=0.9, */*;q=0.1', ''])
def test_accept_is_only_a_wish(town, accept):
    """There is one representation; it is sent whatever is asked for."""
    assert town.client().get(town.at('/1/session'), headers={'Accept': accept}).status == 200


@pytest.mark.parametrize('headers',
                         [{'Range': 'bytes=0-3'}, {'Accept-Encoding': 'gzip, br'}, {'If-Modified-Since': 'x'},
                          {'Accept-Charset': 'iso-8859-1'}, {'X-HTTP-Method-Override': 'DELETE'},
                          {'Cookie': 'OBM_Session=1'}, {'Upgrade': 'h2c'}])
def test_headers_that_change_nothing(town, headers):
    """The whole answer, plain, in UTF-8."""
    assert town.client().get(town.at('/1/session'), headers=headers).json['login'] == 'admin1'


def test_an_expectation_nobody_knows(town):
    """RFC 9110, 10.1.1: ignored, or 417."""
    client = town.client()
    assert client.exchange(client.head('GET', town.at('/v1/1/session'), headers={'Expect': 'x'})).status in (200, 417)
