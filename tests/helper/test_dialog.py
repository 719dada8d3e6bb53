# SPDX-License-Identifier: GPL-3.0-or-later
"""With the real polkitd: its defaults, rules of an administrator, and the question that a person sees."""

import pytest

import polkit
from helper_service import ACTION, ALICE, DENIED, DISMISSED, on_lo, refused
from network import ip
from system_bus import wait_until

ALLOW = """polkit.addRule(function(action, subject) {{
  if (action.id.indexOf("{prefix}") == 0 && subject.user == "{user}") return polkit.Result.{result};
}});
"""


def rule(user, action="", result="YES"):
    return ALLOW.format(prefix=ACTION + action, user=user, result=result)


@pytest.fixture
def agent(polkitd, alice):
    return polkit.Agent(polkitd, alice)


def test_without_rules_and_without_an_agent_all_is_denied(helper, polkitd, alice):
    ip("addr", "add", "127.0.0.50/32", "dev", "lo")
    helper.start()
    for interactive in (False, True):
        for lifetime in ("session", "restart", "always"):
            for address in ("127.0.0.2", "10.9.9.9"):
                with helper.unchanged(), refused(DENIED):
                    helper.add(alice, address, lifetime, interactive=interactive)
        with helper.unchanged(), refused(DENIED):
            helper.remove(alice, "127.0.0.50", interactive=interactive)
        with helper.unchanged(), refused(DENIED):
            helper.keep(alice, "127.0.0.50", interactive=interactive)


def test_rules_of_users_and_actions(helper, polkitd, alice, bob):
    polkitd.set_rules(rule("alice", "change-loopback"))
    helper.add(alice, "127.0.0.2")
    with helper.unchanged(), refused(DENIED):
        helper.add(bob, "127.0.0.3")
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, "10.9.9.9")
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, ["127.0.0.3", "10.9.9.9"])
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, "127.0.0.3", "always")
    polkitd.set_rules(rule("alice", "change-loopback", "NO") + rule("alice"))
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, "127.0.0.3", interactive=True)
    helper.add(alice, "10.9.9.9")


def test_a_rule_for_one_action_is_for_that_one_alone(helper, polkitd, alice):
    """Who may keep aliases may not therefore take over any address of the internet, or what others added."""
    ip("addr", "add", "127.0.0.50/32", "dev", "lo")
    polkitd.set_rules(rule("alice", "keep"))
    helper.add(alice, "127.0.0.2", "always")
    for lifetime in ("session", "restart", "always"):
        with helper.unchanged(), refused(DENIED):
            helper.add(alice, "8.8.8.8", lifetime)
    polkitd.set_rules(rule("alice", "remove-foreign"))
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, "8.8.8.8")
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, "127.0.0.3", "always")
    polkitd.set_rules(rule("alice", "remove-foreign") + rule("alice", "change-loopback"))
    helper.remove(alice, "127.0.0.50")


def test_root_needs_no_rule(helper, polkitd, bus):
    helper.add(bus.root, ["127.0.0.2", "10.9.9.9"], "always")
    assert helper.agrees() == {"127.0.0.2/32", "10.9.9.9/32"}


def test_an_unprivileged_user_cannot_ask_in_the_helpers_place(polkitd, bus, bob, alice):
    """The owner annotation: only the helper's own user may ask about others."""
    import gi.repository.GLib as GLib

    subject = ("system-bus-name", {"name": GLib.Variant("s", alice.name)})
    question = GLib.Variant("((sa{sv})sa{ss}us)", (subject, ACTION + "keep", {}, 0, ""))
    with pytest.raises(GLib.Error):
        polkitd.call(bob, "CheckAuthorization", question)


@pytest.mark.parametrize(
    "addresses, lifetime",
    [
        (["127.0.0.2"], "session"),
        (["10.9.9.9"], "restart"),
        (["10.9.9.9"], "always"),
        (["127.0.0.2", "fd00::2"], "restart"),
        (["127.0.0.2", "fd00::2"], "always"),
        ([f"127.0.0.{i}" for i in range(2, 200)], "always"),
    ],
)
def test_one_question_at_the_most(helper, agent, alice, addresses, lifetime):
    helper.add(alice, addresses, lifetime, interactive=True)
    assert len(agent.asked) == 1
    assert len(on_lo()) == len(addresses)


def test_one_question_for_what_is_anothers_and_kept(helper, polkitd, agent, alice, bob):
    polkitd.set_rules(rule("bob"))
    helper.add(bob, ["127.0.0.60", "10.9.9.9"], "always")
    helper.remove(alice, ["127.0.0.60", "10.9.9.9"], interactive=True)
    assert len(agent.asked) == 1 and on_lo() == {}


def test_a_no_counts_although_another_action_was_agreed_to(helper, polkitd, agent, alice):
    """With several actions in one call, one question must not hide that one of them is forbidden."""
    helper.start()
    for forbidden in ("keep", "change-other"):
        polkitd.set_rules(rule("alice", forbidden, "NO"))
        with helper.unchanged(), refused(DENIED):
            helper.add(alice, "10.9.9.9", "always", interactive=True)


def test_no_is_no_and_closing_is_not_an_error_of_permission(helper, agent, alice):
    helper.start()
    agent.answer = "no"
    with helper.unchanged(), refused(DENIED, DISMISSED):
        helper.add(alice, "10.9.9.9", interactive=True)
    agent.answer = "dismissed"
    with helper.unchanged(), refused(DISMISSED):
        helper.add(alice, "10.9.9.9", interactive=True)


def test_case_12_no_question_without_the_flag(helper, agent, alice):
    with refused(DENIED):
        helper.add(alice, "10.9.9.9")
    assert agent.asked == []


def test_case_04_the_caller_vanishes_while_a_person_is_asked(helper, bus, agent, alice, bob):
    helper.start()
    agent.answer = "late"
    with helper.unchanged():
        helper.start_add(alice, "10.9.9.9", interactive=True)
        wait_until(lambda: agent.waiting)
        alice.kill()
        wait_until(lambda: not bus.owner(alice.name))
        with refused(DENIED):
            helper.add(bob, "10.9.9.9")


def test_an_answer_that_takes_its_time(helper, agent, alice, bus):
    agent.answer = "late"
    call = helper.start_add(alice, "10.9.9.9", interactive=True, timeout=60)
    wait_until(lambda: agent.waiting)
    assert not call.done() and on_lo() == {}
    agent.allow()
    call.result(5)
    assert set(on_lo()) == {"10.9.9.9/32"}


# What the person reads


def message(agent, call):
    agent.asked.clear()
    call()
    ((action, text, details),) = agent.asked
    for sign in ("<", ">", "&", "$(", "\n", "%"):
        assert sign not in text, text
    assert len(text) < 400
    return text


def test_case_19_the_question_names_the_address_and_how_long(helper, agent, alice):
    texts = [
        message(agent, lambda: helper.add(alice, f"10.9.9.{number}", lifetime, interactive=True))
        for number, lifetime in enumerate(("session", "restart", "always"), 2)
    ]
    for number, text in enumerate(texts, 2):
        assert f"10.9.9.{number}" in text
    assert len({text.replace(f"10.9.9.{number}", "…") for number, text in enumerate(texts, 2)}) == 3
    assert "restart" in texts[1]


def test_case_19_every_verb_says_what_it_does(helper, agent, alice):
    ip("addr", "add", "10.7.7.7/32", "dev", "lo")
    tokens = []
    texts = [
        message(agent, lambda: tokens.append(helper.add(alice, "10.9.9.9", interactive=True))),
        message(agent, lambda: helper.keep(alice, "10.9.9.9", interactive=True)),
        message(agent, lambda: helper.keep(alice, "10.9.9.9", False, interactive=True)),
        message(agent, lambda: tokens.append(helper.remove(alice, "10.9.9.9", interactive=True))),
        message(agent, lambda: helper.undo(alice, tokens[-1], interactive=True)),
    ]
    assert all("10.9.9.9" in text for text in texts)
    assert len(set(texts[:4])) == 4
    foreign = message(agent, lambda: helper.remove(alice, "10.7.7.7", interactive=True))
    assert "10.7.7.7" in foreign


def test_case_19_many_addresses_fit_into_one_question(helper, agent, alice):
    many = [f"10.9.{i // 250}.{i % 250 + 1}" for i in range(1000)]
    text = message(agent, lambda: helper.add(alice, many, interactive=True))
    assert "1,000" in text or "1000" in text or "10.9.0.1" in text
    assert ACTION + "change-other" == agent.asked[0][0]
    assert helper.owned() == {(f"{a}/32", "restart", ALICE) for a in many}
