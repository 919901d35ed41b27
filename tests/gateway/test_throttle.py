# SPDX-License-Identifier: GPL-3.0-or-later
"""Repeated wrong passwords: who is slowed down, and who must not be."""

import pytest

from .client import basic, new_peer

# What is asked here does not depend on the tables.
pytestmark = pytest.mark.generations('2.1')

# No administrator mistypes this often; no gateway may let this many tries pass.
ENOUGH = 100
MANY = 200
MISTYPED = 3


def refused(client, limit=ENOUGH):
    """Tries until 429; how many tries were answered 401 before."""
    for count in range(limit):
        answer = client.get('/domains')
        if answer.status == 429:
            assert answer.fault == (429, 'requests.too_many')
            assert 1 <= int(answer.headers['Retry-After']) <= 86400
            return count
        assert answer.fault == (401, 'credentials.invalid')
    raise AssertionError(f'{limit} wrong passwords, and no end')


@pytest.fixture
def gateway(town, start):
    """A gateway that has counted nothing yet."""
    return start(town.obm)


def right(gateway, peer, login='admin1@exemple.fr'):
    """The status of a request with the right password."""
    return gateway.client(login, peer=peer).get('/domains').status


def test_a_login_from_one_address(gateway):
    """Guessing ends, and for the guesser the right password no longer tells itself apart."""
    peer = new_peer()
    assert refused(gateway.client('admin1@exemple.fr', 'mauvais', peer)) >= MISTYPED
    assert right(gateway, peer) == 429
    assert gateway.client('admin1@exemple.fr', 'autre', peer).get('/1/session').status == 429


def test_nobody_is_shut_out_by_another_address(gateway):
    """Counted per login alone, anybody could keep an administrator out."""
    refused(gateway.client('admin1@exemple.fr', 'mauvais', new_peer()))
    assert right(gateway, new_peer()) == 200
    assert gateway.client('admin1@exemple.fr', 'mauvais', new_peer()).get('/domains').status == 401


def test_a_login_guessed_from_many_addresses(gateway):
    """Each address has its own count, and the administrator his."""
    for _ in range(60):
        client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
        assert [client.get('/domains').status for _ in range(MISTYPED)] == [401] * MISTYPED
    assert right(gateway, new_peer()) == 200


def test_another_login_from_the_same_address(gateway):
    """Administrators share an address; one who forgot his password does not stop the others."""
    peer = new_peer()
    refused(gateway.client('admin1@exemple.fr', 'mauvais', peer))
    assert right(gateway, peer, 'admin2@exemple.org') == 200


def test_many_logins_from_one_address(gateway):
    """Trying one password on every login is guessing too."""
    peer = new_peer()
    for number in range(MANY):
        answer = gateway.client(f'inconnu{number}@exemple.fr', 'mauvais', peer).get('/domains')
        if answer.status == 429:
            break
        assert answer.status == 401
    else:
        raise AssertionError(f'{MANY} logins tried, and no end')
    assert number >= 10
    assert right(gateway, peer) == 429
    assert right(gateway, new_peer()) == 200


def test_spellings_of_a_login_are_one(gateway):
    """The domain has no case: its spellings are no new login to try from the same address."""
    peer, statuses = new_peer(), []
    for number in range(ENOUGH):
        name = ''.join(letter.upper() if number >> bit & 1 else letter for bit,
                       letter in enumerate('exemple.fr'))
        statuses.append(gateway.client(f'admin1@{name}', 'mauvais', peer).get('/domains').status)
        if statuses[-1] == 429:
            break
    assert statuses[-1] == 429
    assert len(statuses) <= refused(gateway.client('admin1@exemple.fr', 'mauvais', new_peer())) + 1


def test_no_credentials_are_no_guess(gateway):
    """A client that asks without credentials first is not guessing."""
    peer = new_peer()
    client = gateway.client(peer=peer)
    assert {client.get('/domains').status for _ in range(MANY)} == {401}
    assert right(gateway, peer) == 200


def test_right_passwords_are_not_counted(gateway):
    """However many requests."""
    client = gateway.client('admin1@exemple.fr', peer=new_peer())
    assert {client.get('/1/session').status for _ in range(MANY)} == {200}


def test_other_errors_are_not_counted(gateway):
    """403, 404 and 400 with the right password."""
    client = gateway.client('admin1@exemple.fr', peer=new_peer())
    for _ in range(40):
        assert client.get('/2/session').status == 403
        assert client.get('/1/mailservers/999').status == 404
        assert client.get('/1/mailservers?rows=0').status == 400
    assert client.get('/1/session').status == 200


def test_a_refused_guess_comes_before_everything(gateway):
    """429 stands where 401 stands: before 403, 404, 405 and 400."""
    client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
    refused(client)
    for method, target in (('GET', '/2/session'), ('GET', '/nulle/part/du/tout'), ('PATCH', '/1/session'),
                           ('GET', '/1/mailservers?rows=0')):
        assert client.request(method, target).status == 429


def test_forwarded_addresses_of_strangers_count_for_nothing(gateway):
    """Without trusted-proxy anybody could write the header, and count from zero at each try."""
    peer = new_peer()
    client = gateway.client('admin1@exemple.fr', 'mauvais', peer)
    for number in range(ENOUGH):
        answer = client.get('/domains', headers={'X-Forwarded-For': f'10.0.0.{number}'})
        if answer.status == 429:
            break
    else:
        raise AssertionError('the header was believed')
    assert right(gateway, peer) == 429


def forwarded(gateway, proxy, chain, password='mauvais'):
    """A request that came through a proxy."""
    headers = {'X-Forwarded-For': chain, 'Authorization': basic('admin1@exemple.fr', password)}
    return gateway.client(peer=proxy).get('/domains', headers=headers)


def until_refused(gateway, proxy, chain):
    """Wrong passwords through a proxy until 429; `chain` makes the header from the number of the try."""
    for number in range(ENOUGH):
        if forwarded(gateway, proxy, chain(number)).status == 429:
            return
    raise AssertionError('no end')


def test_behind_a_trusted_proxy(town, start):
    """The address the proxy saw is the one that counts: the last one, which no client can forge."""
    proxy = new_peer()
    gateway = start(town.obm, trusted_proxy=proxy)
    until_refused(gateway, proxy, lambda number: f'203.0.113.{number}, 192.0.2.1')
    assert forwarded(gateway, proxy, '192.0.2.1', 'secret').status == 429
    assert forwarded(gateway, proxy, '192.0.2.2', 'secret').status == 200
    assert forwarded(gateway, proxy, '192.0.2.1, 192.0.2.2', 'secret').status == 200
    assert right(gateway, new_peer()) == 200


def test_only_the_trusted_proxy_is_believed(town, start):
    """The header of any other connection stays unread."""
    gateway = start(town.obm, trusted_proxy=new_peer())
    stranger = new_peer()
    until_refused(gateway, stranger, lambda number: f'192.0.2.{number}')
    assert forwarded(gateway, stranger, '198.51.100.7', 'secret').status == 429


@pytest.mark.parametrize('chain',
                         ['', ',', ' , ', 'unknown', '192.0.2.1, ', 'x' * 2000, '"[2001:db8::1]"',
                          '2001:db8::1', '_', '%'])
def test_a_crooked_forwarded_address(town, start, chain):
    """It is still an answer, and wrong passwords still end."""
    proxy = new_peer()
    gateway = start(town.obm, trusted_proxy=proxy)
    assert forwarded(gateway, proxy, chain, 'secret').status == 200
    until_refused(gateway, proxy, lambda number: chain)


def test_a_second_gateway_has_its_own_count(gateway, town):
    """The address that is refused here was never seen there."""
    peer = new_peer()
    refused(gateway.client('admin1@exemple.fr', 'mauvais', peer))
    assert right(town.gateway, peer) == 200
