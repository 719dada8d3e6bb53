# SPDX-License-Identifier: GPL-3.0-or-later
"""Many callers, callers that do not play by the rules, and random ones."""

import random
import signal
import statistics
import time
import xml.etree.ElementTree as ElementTree

import pytest
from gi.repository import Gio, GLib

import helper_service
from helper_service import DENIED, EXISTS, LIMIT, NAME, NOT_FOUND, PATH, error_name, on_lo, refused
from system_bus import BUS, USERS, authenticate, connect_as, wait_until
from test_arguments import ALLOWED, FORBIDDEN, NOT_CANONICAL, descriptors_of, memory_of

N_CLIENTS, N_CALLS = 200, 50


def test_case_14_200_clients_of_50_calls(helper, mock, bus, bob):
    """All at once; polkit never answers most of them. The rest is served within a second."""
    process = helper.start()
    crowd = [bus.connect("alice") for _ in range(N_CLIENTS)]
    names = {client.name for client in crowd}
    mock.answer = lambda question: "never" if question.subject[1]["name"] in names else "yes"
    descriptors = descriptors_of(process)
    calls = [
        helper.start_add(client, f"127.{1 + n // 250}.{n % 250}.{k + 1}", timeout=100)
        for n, client in enumerate(crowd)
        for k in range(N_CALLS)
    ]
    waits = []
    for number in range(10):
        begin = time.monotonic()
        helper.add(bob, f"127.0.9.{number + 1}")
        waits.append(time.monotonic() - begin)
    refusals = [call.exception() for call in calls if call.done()]
    kinds = {error_name(error) for error in refusals}
    assert LIMIT in kinds, "nothing limits the queue"
    assert kinds <= {LIMIT, DENIED}  # where polkit took too long to answer
    assert max(waits[1:]) < 1, waits
    for client in crowd:
        client.kill()
    bob_again = bus.connect("bob")
    begin = time.monotonic()
    helper.add(bob_again, "127.0.9.200")
    assert time.monotonic() - begin < 2
    assert set(on_lo()) == {f"127.0.9.{n}/32" for n in (*range(1, 11), 200)}
    assert helper.process == process
    assert descriptors_of(process) <= descriptors + 2


def test_case_14_all_that_are_approved_are_served(helper, mock, bus):
    """Without a question to wait for, no call of a well-behaved client is lost or refused twice."""
    clients = [bus.connect("alice") for _ in range(20)]
    for k in range(5):
        calls = [helper.start_add(client, f"127.1.{n}.{k + 1}") for n, client in enumerate(clients)]
        for call in calls:
            call.result(10)
    assert len(on_lo()) == 100


def test_case_14_one_user_cannot_fill_the_queue_of_another(helper, mock, bus, alice, bob):
    helper.start()
    mock.answer = lambda question: "never" if question.subject[1]["name"] == alice.name else "yes"
    calls = [helper.start_add(alice, f"127.1.{k // 250}.{k % 250 + 1}", timeout=60) for k in range(2000)]
    wait_until(lambda: any(call.done() for call in calls))
    helper.add(bob, "127.0.9.1", timeout=5)
    assert {error_name(call.exception()) for call in calls if call.done()} == {LIMIT}


def test_case_14_one_that_never_reads(helper, mock, bus, bob):
    """Its answers pile up in the bus, not in the service, and nobody waits for it."""
    process = helper.start()
    message = Gio.DBusMessage.new_method_call(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect")
    deaf, deaf_process = connect_without_reading("alice", bus.socket)
    before = memory_of(process)
    sent = flood(deaf, message)
    assert sent > 100
    for number in range(10):
        begin = time.monotonic()
        helper.add(bob, f"127.0.9.{number + 1}", timeout=5)
        assert time.monotonic() - begin < 1
    assert memory_of(process) < before + 64_000_000
    assert helper.process == process
    helper_service.os.kill(deaf_process, signal.SIGKILL)
    deaf.close()


def connect_without_reading(user, path):
    """As a client does, but past GDBus, which would read the answers."""
    stream, process = connect_as(user, path)
    authenticate(stream, USERS[user])
    hello = Gio.DBusMessage.new_method_call(BUS, "/org/freedesktop/DBus", BUS, "Hello")
    hello.set_serial(1)
    stream.sendall(bytes(hello.to_blob(Gio.DBusCapabilityFlags.NONE)))
    assert stream.recv(1)
    return stream, process


def flood(stream, message):
    """As much as the socket takes."""
    message.set_serial(2)
    blob = bytearray(message.to_blob(Gio.DBusCapabilityFlags.NONE))
    stream.setblocking(False)
    sent = 0
    end = time.monotonic() + 3
    while sent < 20_000 and time.monotonic() < end:
        blob[8:12] = (sent + 1000).to_bytes(4, "little")
        try:
            assert stream.send(blob) == len(blob)
        except BlockingIOError:
            time.sleep(0.01)
            continue
        except (BrokenPipeError, AssertionError):
            break
        sent += 1
    return sent


# Row 18


def test_case_18_sigterm_during_a_change(helper, mock, alice):
    """Whenever it comes: the call is answered, and the answer is true. The bus starts it again if need be."""
    for number in range(40):
        helper.start()
        process = helper.process
        address = f"127.0.2.{number + 1}"
        call = helper.start_add(alice, address, "always")
        time.sleep(number % 20 * 0.0005)
        try:
            helper_service.os.kill(process, signal.SIGTERM)
        except ProcessLookupError:
            pass
        call.result(10)
        assert f"{address}/32" in on_lo()
        wait_until(lambda: helper_service.is_gone(process), 5, "its end")
    assert len(helper.agrees()) == 40
    assert len(helper.kept()) == 40


def test_case_18_sigterm_while_polkit_is_asked(helper, mock, alice):
    helper.start()
    mock.answer = "late"
    call = helper.start_add(alice, "127.0.0.2", "session")
    wait_until(lambda: mock.waiting)
    process = helper.process
    helper_service.os.kill(process, signal.SIGTERM)
    time.sleep(0.1)
    mock.finish("yes")
    try:
        call.result(5)
    except GLib.Error as error:
        assert error_name(error) in (helper_service.FAILED, DENIED)
        assert on_lo() == {}
    else:
        assert set(on_lo()) == {"127.0.0.2/32"}
    wait_until(lambda: helper_service.is_gone(process), 5)


# Row 24


def random_value(chance, signature):
    """Of any D-Bus type; strings mostly such that come near to something."""
    kind = signature[0]
    if kind == "s":
        letters = [*range(1, 0x250), 0x2028, 0xFFFD, 0x1F600]
        noise = "".join(chr(chance.choice(letters)) for _ in range(chance.randrange(40)))
        words = ["lo", "session", "restart", "always", "label", "lo:x", noise]
        return chance.choice([*ALLOWED, *ALLOWED, *FORBIDDEN, *NOT_CANONICAL, *words])
    if kind == "b":
        return chance.random() < 0.5
    if kind == "d":
        return chance.choice([0.0, -1.5, float("inf"), float("nan")])
    if kind == "o":
        return chance.choice(["/", PATH, "/a/b"])
    if kind == "g":
        return chance.choice(["", "a{sv}", "sas"])
    if kind == "v":
        inner = random_type(chance, 2)
        return GLib.Variant(inner, random_value(chance, inner))
    if kind == "a" and signature[1] == "{":
        keys, values = signature[2], signature[3:-1]
        return {random_value(chance, keys): random_value(chance, values) for _ in range(chance.randrange(4))}
    if kind == "a":
        return [random_value(chance, signature[1:]) for _ in range(chance.choice([0, 1, 1, 2, 3, 30]))]
    bits = {"y": 8, "n": 15, "q": 16, "i": 31, "u": 32, "x": 63, "t": 64}[kind]
    return chance.choice([0, 1, 2**bits - 1, chance.randrange(2**bits)])


def random_type(chance, depth=0):
    simple = list("ybnqiuxtdsog")
    if depth < 3 and chance.random() < 0.4:
        inner = random_type(chance, depth + 1)
        return chance.choice([f"a{inner}", f"a{{s{inner}}}", "v"])
    return chance.choice(simple)


def random_call(chance, methods):
    """Mostly the right types; sometimes any."""
    method, signature = chance.choice(methods)
    types = signature if chance.random() < 0.8 else [random_type(chance) for _ in range(chance.randrange(6))]
    values = [random_value(chance, one) for one in types]
    if method == "Add" and types is signature:
        values[0] = chance.choice(["lo", values[0]])
        values[2] = chance.choice(["session", "restart", "always"])
        if chance.random() < 0.5:
            values[3] = {}
    if method in ("Remove", "Keep") and types is signature and chance.random() < 0.9:
        values[0] = "lo"
    if method != "Undo" and types is signature and chance.random() < 0.5:
        values[1] = chance.sample(ALLOWED, chance.randrange(1, 3))
    message = Gio.DBusMessage.new_method_call(NAME, PATH, NAME, method)
    if types:
        message.set_body(GLib.Variant(f"({''.join(types)})", tuple(values)))
    return message


@pytest.mark.parametrize("seed", range(3))
def test_case_24_a_random_caller(helper, mock, bus, seed):
    chance = random.Random(seed)
    process = helper.start()
    xml = bus.root.call(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect")
    (interface,) = [i for i in ElementTree.fromstring(xml).iter("interface") if i.get("name") == NAME]
    methods = [
        (m.get("name"), [a.get("type") for a in m.iter("arg") if a.get("direction") != "out"])
        for m in interface.iter("method")
    ]
    mock.answer = lambda question: chance.choice(["yes"] * 4 + ["no", "challenge", "error", "dismissed"])
    memory = []
    client = bus.connect("alice")
    outcomes = set()
    for number in range(1500):
        if number % 150 == 149:
            client.kill()
            client = bus.connect(chance.choice(["alice", "bob", "root"]))
            memory.append(memory_of(process))
        try:
            client.send(random_call(chance, methods)).result(20)
            outcomes.add("done")
        except GLib.Error as error:
            outcomes.add(error_name(error))
            if error_name(error).startswith(helper_service.ERROR):
                helper_service.is_sentence(helper_service.error_text(error))
    assert helper.process == process, helper.output()[-3000:]
    assert {"done", helper_service.INVALID, DENIED, EXISTS, NOT_FOUND} <= outcomes
    assert statistics.mean(memory[-3:]) < statistics.mean(memory[1:4]) + 8_000_000, memory
    helper.agrees()


def test_memory_is_flat(helper, mock, alice):
    """Adding and removing for ever costs nothing; tokens are not kept for ever either."""
    process = helper.start()
    memory = []
    for number in range(3000):
        helper.add(alice, "127.0.0.2", "restart")
        helper.remove(alice, "127.0.0.2")
        if number % 500 == 0:
            memory.append(memory_of(process))
    assert memory[-1] < memory[1] + 4_000_000, memory
    with refused(NOT_FOUND):
        helper.remove(alice, "127.0.0.2")
