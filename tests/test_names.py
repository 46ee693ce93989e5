"""Names that are strings lead somewhere: actors, screens, buttons, notices. Sentences: test_sentences.py.

Read from the source (tests/support/source.py). What only running tells is left to the tests that run it; each
rule is tried on lines that break it.
"""

import ast
import inspect

import pytest

from app.bot import notices, questions, routes
from app.bot.admin import products
from app.bot.screens import write
from app.bot.toolkit.handlers import Opens, Press
from app.texts import notices as failed
from app.texts.ops import jobs as doing
from tests.support.source import MANY, SHOP, Module, calls, keys

OUTBOX = "app.infra.queue.outbox.add"
#: Who promises a job, with the place of its actor; the arguments follow.
PROMISES = {OUTBOX: 0, "workers.jobs.messages.tell_later": 1}
SHOWS, OPENS = ("app.bot.toolkit.reply.show", "app.bot.toolkit.reply.anew"), "app.bot.toolkit.handlers.Opens"
#: How many numbers they put behind those that they are given.
PACKS = {
    "app.bot.toolkit.callbacks.pack": 0,
    "app.bot.toolkit.keyboards.back": 0,
    "app.bot.toolkit.keyboards.pager": 1,
}
PRESSES = routes.PRESSES | routes.ADMIN_PRESSES
#: Who promises a notice, with the place of its kind.
NOTIFIERS = {"app.people.notices.to_admins": 0, "app.people.notices.alarm": 0, "workers.jobs.stock.tell": 1}


def fits(function, low, high):
    """Whether a function takes so many arguments, from the fewest to the most that are given."""
    given = [low] if high >= MANY else range(low, high + 1)
    try:
        for count in given:
            inspect.signature(function).bind(*[None] * count)
    except TypeError:
        return high >= MANY and any(
            each.kind is inspect.Parameter.VAR_POSITIONAL
            or (each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and at >= low)
            for at, each in enumerate(inspect.signature(function).parameters.values())
        )
    return True


# Actors


def actors():
    """Name: (fewest arguments, most)."""
    found = {}
    for module in SHOP:
        for name, function in module.functions.items() if module.name.startswith("workers.") else ():
            if any(is_actor(module, each) for each in function.decorator_list):
                most = len(function.args.args)
                found[name] = (most - len(function.args.defaults), most)
    return found


def is_actor(module, decorator):
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return module.full_name(called).startswith("workers.policies.") or ast.unparse(called) == "dramatiq.actor"


def wrong_promises(modules):
    known = actors()
    for add, place in PROMISES.items():
        for call in calls(modules, add):
            for name in call.names(place):
                low, high = call.count(first=place + 1)
                fewest, most = known.get(name, (0, -1))
                if low < fewest or (low if high >= MANY else high) > most:
                    yield f"{call.place} promises {name} with {low} to {high} arguments"


def test_every_promise_is_of_an_actor_that_takes_its_arguments():
    assert all(any(call.names(place) for call in calls(SHOP, add)) for add, place in PROMISES.items())
    assert list(wrong_promises(SHOP)) == []


def test_what_every_promised_job_does_and_what_fails_with_it_has_words():
    """People know no actors."""
    promised = {name for call in calls(SHOP, OUTBOX) for name in call.names(0)}

    assert promised - doing.NAMES.keys() == set()
    assert promised - failed.FAILED.keys() == set()


@pytest.mark.parametrize(
    "line",
    [
        'outbox.add("send_qrr", 1)',
        'outbox.add("send_qr")',
        'outbox.add("send_qr", 1, 2)',
        'tell_later(7, "send_qrr", 1)',
        'tell_later(7, "send_qr")',
    ],
)
def test_a_promise_that_nobody_keeps_is_found(line):
    imports = "from app.infra.queue import outbox\nfrom workers.jobs.messages import tell_later"
    assert list(wrong_promises([Module("app.sales.x", f"{imports}\n{line}")]))


def named_actors():
    """Where else actors are named: queues, what is sealed, what admins read of failures."""
    from app.infra.queue import dead, lanes, sealing
    from app.texts.notices import FAILED

    return {*lanes._LANE_OF, *sealing.HARMLESS_ARGS, *FAILED} - {dead.UNREADABLE}


def test_every_actor_that_is_named_exists():
    assert named_actors() - actors().keys() == set()


def test_every_actor_says_what_it_means_to_run_it_again():
    from app.infra.queue import hints

    assert hints.OF.keys() == actors().keys()


# Screens


def wrong_screens(modules):
    for call in calls(modules, *SHOWS):
        for name in call.names(0):
            low, high = call.count(first=1)
            if name not in routes.SCREENS or not fits(routes.SCREENS[name], low + 1, high + 1):
                yield f"{call.place} shows {name} with {low} to {high} arguments"
    for call in calls(modules, OPENS):  # buttons bring more: see below
        yield from (f"{call.place} opens {name}" for name in call.names(0) if name not in routes.SCREENS)


def wrong_presses(presses, commands):
    for name, press in presses.items():
        few, many = len(press.numbers), len(press.numbers + press.optional)
        run = press.run
        known = fits(run, few + 1, many + 1)
        if isinstance(run, Opens):
            render, before = routes.SCREENS[run.screen], len(run.args) + 1
            known = fits(render, few + before, many + before)
        if not known:
            yield name
    for name, run in commands.items():
        if isinstance(run, Opens) and not fits(routes.SCREENS[run.screen], *[len(run.args) + 1] * 2):
            yield name


def test_every_reply_names_a_screen_that_takes_its_arguments():
    assert len(calls(SHOP, *SHOWS)) > 100
    assert list(wrong_screens(SHOP)) == []


@pytest.mark.parametrize(
    "line", ['show("hom")', 'show("home", 1)', 'show("product", 1)', 'anew("product", 1, 2, 3, 4)']
)
def test_a_screen_that_is_not_there_is_found(line):
    imported = "from app.bot.toolkit.reply import anew, show"

    assert list(
        wrong_screens([Module("app.bot.screens.x", f"{imported}\ndef act(turn):\n    return {line}")])
    )


def test_every_button_and_command_carries_what_its_handler_takes():
    assert list(wrong_presses(PRESSES, routes.COMMANDS | routes.ADMIN_COMMANDS | routes.LABELS)) == []


def test_a_handler_that_wants_another_number_is_found():
    few = {"order": Press(Opens("order"))}
    many = {"order": Press(Opens("order"), (range(9), range(9)))}

    assert list(wrong_presses(few, {})) == list(wrong_presses(many, {})) == ["order"]
    assert list(wrong_presses({}, {"stock": Opens("stock")})) == ["stock"]


# Questions


def wrong_questions(modules, inputs):
    for name, question in inputs.items():
        count = len(question.facts) + 1
        is_asked = question.screen is None or fits(routes.SCREENS[question.screen], count, count)
        if not is_asked or not fits(question.run, count, count):
            yield name
    for call in calls_of_method(modules, "wait"):
        for name in call.names(0):
            given, is_all = call.keywords()
            wanted = set(inputs[name].facts) if name in inputs else set()
            if name not in inputs.keys() | MARKS or (is_all and wanted - given):
                yield f"{call.place} waits for {name} with {sorted(given)}"


#: What is remembered for the next press or picture; nothing that is typed answers it.
MARKS = {products.TAKEN, write.ALBUM}


def calls_of_method(modules, name):
    return [
        call
        for module in modules
        for call in module.calls
        if ast.unparse(call.node.func) == f"turn.session.{name}"
    ]


def test_every_question_is_asked_and_answered_with_its_facts():
    assert len(calls_of_method(SHOP, "wait")) > 10
    assert list(wrong_questions(SHOP, questions.INPUTS)) == []


@pytest.mark.parametrize(
    "line", ['wait("onbording", step=1)', 'wait("onboarding", at=1)', 'wait("onboarding")']
)
def test_a_question_that_nobody_answers_is_found(line):
    module = Module("app.bot.screens.x", f"def act(turn):\n    turn.session.{line}")

    assert list(wrong_questions([module], questions.INPUTS))


# Buttons


def wrong_buttons(modules):
    for call in calls(modules, *PACKS):
        more = PACKS[call.module.full_name(call.node.func)]
        for name in call.names(0):
            low, high = (each + more for each in call.count(first=1))
            press = PRESSES.get(name)
            fewest, most = (len(press.numbers), len(press.numbers + press.optional)) if press else (0, -1)
            if (high < fewest if high >= MANY else low < fewest) or (low if high >= MANY else high) > most:
                yield f"{call.place} packs {name} with {low} to {high} numbers"


def test_every_button_is_routed_with_as_many_numbers():
    packed = {name for call in calls(SHOP, *PACKS) for name in call.names(0)}

    assert packed == PRESSES.keys()
    assert list(wrong_buttons(SHOP)) == []


@pytest.mark.parametrize(
    "line",
    [
        'pack("hom")',
        'pack("home", 1)',
        'pack("product", 1)',
        'keyboards.back("order")',
        'keyboards.pager("best", 1, page=1)',
    ],
)
def test_a_button_that_leads_nowhere_is_found(line):
    imported = "from app.bot.toolkit import keyboards\nfrom app.bot.toolkit.callbacks import pack"

    assert list(wrong_buttons([Module("app.bot.screens.x", f"{imported}\n{line}")]))


# Notices


def promised(modules):
    """(call, kind, names of the data, whether these are all) of every notice that is promised."""
    for call in calls(modules, *NOTIFIERS):
        for kind in call.names(NOTIFIERS[call.module.full_name(call.node.func)]):
            yield call, kind, *call.keywords()
    for call in calls(modules, OUTBOX):
        if "send_notice" in call.names(0):
            shapes = list(call.module.shapes(call.node.args[3], call.function))
            is_all = bool(shapes) and all(isinstance(each, ast.Dict) for each in shapes)
            names = {key for each in shapes if isinstance(each, ast.Dict) for key in keys(each)}
            for kind in call.names(2):
                yield call, kind, names, is_all


def wanted_of(kind):
    """Names that a notice reads from its data: in its function, or in the one that made it."""
    draw = notices._KINDS[kind]
    source = inspect.getsource(inspect.getmodule(draw))
    name = draw.__qualname__.split(".")[0]
    tree = next((each for each in ast.parse(source).body if getattr(each, "name", "") == name), None)
    if tree is None:  # a lambda in the table
        table = next(each for each in ast.walk(ast.parse(source)) if is_entry(each, kind))
        tree = table.values[[ast.unparse(key or table) for key in table.keys].index(repr(kind))]
    return {
        each.slice.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Subscript) and ast.unparse(each.value) == "data"
        if isinstance(each.slice, ast.Constant)
    }


def is_entry(node, kind):
    return isinstance(node, ast.Dict) and repr(kind) in [ast.unparse(key) for key in node.keys if key]


def wrong_notices(modules):
    for call, kind, names, is_all in promised(modules):
        if kind not in notices._KINDS or (is_all and wanted_of(kind) - names):
            yield f"{call.place} promises {kind} with {sorted(names)}"


def test_every_notice_has_a_text_and_what_it_tells():
    assert list(wrong_notices(SHOP)) == []


def test_every_text_of_a_notice_has_a_sender():
    assert {kind for _, kind, _, _ in promised(SHOP)} == notices._KINDS.keys()


@pytest.mark.parametrize(
    "line",
    [
        'notices.to_admins("order_neww", order_id=1)',
        'notices.to_admins("order_new", order=1)',
        'outbox.add("send_notice", 1, "balance", {"amount": 1, "balance": 1})',
        'outbox.add("send_notice", 1, "balance_changed", {"amount": 1})',
    ],
)
def test_a_notice_without_a_text_is_found(line):
    imported = "from app.infra.queue import outbox\nfrom app.people import notices"

    assert list(wrong_notices([Module("app.sales.x", f"{imported}\n{line}")]))
