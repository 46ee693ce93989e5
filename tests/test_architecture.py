"""Imports flow one way, and each layer keeps to its own: read from the source, nothing is run."""

import ast
import re
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("app", "workers", "webhooks")
MOST_FILES = 20

#: The rooms from the ground up. Imports only go down, or stay within a room.
FLOORS = (
    ("app.addresses",),
    ("settings", "app.errors", "app.migrations"),
    ("models", "app.money"),
    ("app.infra",),
    ("app.clients", "app.audit", "app.local"),
    ("app.people", "app.sandbox"),
    ("app.catalogue",),
    ("app.sales",),
    ("app.backoffice", "app.texts"),
    ("app.bot", "app.ops"),
    ("workers", "webhooks"),
)

#: What runs on the side of the shop: started by people, imported by nothing else.
OUTSIDE = ("app.sandbox", "app.local", "app.ops")


def sources():
    files = [ROOT / "settings.py", ROOT / "models.py"]
    return files + [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]


def name_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(name):
    """Full names of what a module imports, wherever in it: `from app import orders` is `app.sales.orders`."""
    return tuple(_imported(name))


def _imported(name):
    package = name if FILES[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: 1 - node.level or None]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def under(name, *packages):
    return any(name == package or name.startswith(f"{package}.") for package in packages)


class Trees(dict):
    """Each is read when it is asked for: all processes of the suite import this module, one runs it."""

    def __missing__(self, name):
        self[name] = ast.parse(FILES[name].read_text())
        return self[name]


FILES = {name_of(file): file for file in sources()}
TREES = Trees()
SHOP = {name: file for name, file in FILES.items() if not under(name, *OUTSIDE)}
ROOMS = [room for floor in FLOORS for room in floor]
FLOOR_OF = {room: level for level, floor in enumerate(FLOORS) for room in floor}
NO_SERVICES = (
    *("app.addresses", "app.errors", "app.money"),
    *("app.infra", "app.migrations"),
)
SERVICES = [
    name
    for name in SHOP
    if under(name, "app") and name != "app" and not under(name, *NO_SERVICES, "app.clients", "app.bot")
]
CLIENTS = [name for name in SHOP if under(name, "app.clients")]


def breaches(names, forbidden):
    return [f"{name} imports {other}" for name in names for other in imports(name) if forbidden(name, other)]


def room_of(name):
    return max((room for room in ROOMS if under(name, room)), key=len, default=None)


def test_every_module_is_in_a_room():
    """A new file beside the rooms belongs into one of them, or the table above says why it stands alone."""
    assert [name for name in FILES if name not in {"app"} and room_of(name) is None] == []


def test_nothing_imports_upward():
    def upward(name, other):
        room = room_of(other)
        return room not in {None, room_of(name)} and FLOOR_OF[room] >= FLOOR_OF[room_of(name)]

    assert breaches([name for name in FILES if name != "app"], upward) == []


def modules(name):
    """Ours that it imports."""
    return {other if other in FILES else other.rpartition(".")[0] for other in imports(name)} & set(FILES)


def test_no_modules_import_each_other_in_a_circle():
    """Imports for type checkers count: who needs another's types cannot be understood without it."""
    known = {name: modules(name) - {name} for name in FILES}

    assert set(TopologicalSorter(known).static_order()) == set(FILES)


def test_what_only_starts_others_imports_no_settings():
    """They bring 20 MiB, to a process that stays for as long as the shop does."""
    seen, ahead = set(), ["app.local.together", "app.local.run", "app.local.forking"]
    while ahead:
        name = ahead.pop()
        seen.add(name)
        ahead += modules(name) - seen

    assert "app.local.supervisor" in seen
    assert "settings" not in seen


def test_folders_stay_small():
    folders = Counter(file.parent for file in FILES.values())

    assert [folder.name for folder, files in folders.items() if files > MOST_FILES] == []


def test_receivers_know_no_worker_no_service_and_no_database():
    receivers = [name for name in SHOP if under(name, "webhooks")]

    def too_much(name, other):
        return under(other, "workers", "models", "peewee", "dramatiq", "app.clients") or (
            under(other, "app") and not under(other, "app.infra", "app.ops", "app.money", "app.addresses")
        )

    assert receivers
    assert breaches(receivers, too_much) == []


def test_clients_know_no_database_and_no_service():
    def too_much(name, other):
        allowed = ("app.clients", "app.infra", "app.errors", "app.money")
        return under(other, "models", "peewee", "playhouse", "app.infra.transactions") or (
            under(other, "app") and not under(other, *allowed)
        )

    assert CLIENTS
    assert breaches(CLIENTS, too_much) == []


def test_services_never_call_anybody():
    wire = ("app.clients", "httpx", "telegram", "requests", "urllib.request", "http.client", "socket")

    def calls(name, other):
        return under(other, *wire) and not under(other, "app.clients.pakasir_answers")

    assert len(SERVICES) > 10
    assert breaches(SERVICES, calls) == []


def test_screens_and_handlers_never_call_anybody_either():
    bot = [name for name in SHOP if under(name, "app.bot")]

    assert breaches(bot, lambda name, other: under(other, "app.clients", "httpx", "telegram")) == []


def test_what_follows_a_change_is_promised_by_services_alone():
    """Chat, page and command line are doors: none of them can forget what another one does."""
    doors = [name for name in FILES if under(name, "app.bot", "app.ops")]

    assert breaches(doors, lambda name, other: under(other, "app.infra.queue.outbox")) == []


def test_the_bot_s_own_rooms_lean_one_way():
    """What stands beside them (router, routes, notices, …) knows them all, and they know nothing of it."""
    folders = ("toolkit", "parsing", "pictures", "screens", "operators", "admin")
    rooms = [f"app.bot.{folder}" for folder in folders]
    bot = [name for name in SHOP if under(name, *rooms)]

    def floor(name):
        return next((level for level, room in enumerate(rooms) if under(name, room)), len(rooms))

    def upward(name, other):
        return under(other, "app.bot") and other not in {"app.bot", *rooms} and floor(other) > floor(name)

    assert len(bot) > 50
    assert breaches(bot, upward) == []


def test_services_do_not_know_the_bot():
    below = [name for name in SHOP if name in SERVICES or under(name, "app.clients", "app.infra")]

    assert breaches(below, lambda name, other: under(other, "app.bot")) == []


def test_infrastructure_knows_no_service():
    infra = [name for name in SHOP if under(name, "app.infra")]

    def too_much(name, other):
        return other in SERVICES and other not in {"app.errors", "app.migrations"}

    assert breaches(infra, too_much) == []


def test_the_shop_does_not_know_its_stand_ins():
    assert breaches(SHOP, lambda name, other: under(other, "app.local", "app.sandbox", "tests")) == []


def test_one_machine_knows_neither_the_demo_nor_the_shop_s_services():
    local = [name for name in FILES if under(name, "app.local")]

    def too_much(name, other):
        return under(other, "app", "models") and not under(other, "app.local", "app.infra")

    assert local
    assert breaches(local, too_much) == []


def test_only_settings_read_the_environment():
    reads = [
        f"{name}:{node.lineno}"
        for name in SHOP
        if name != "settings"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}
    ]

    assert reads == []


def test_sql_is_never_built_from_text():
    def is_built(node):
        return isinstance(node, ast.JoinedStr | ast.BinOp) or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        )

    built = [
        f"{name}:{node.lineno}"
        for name in SHOP
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"execute_sql", "SQL"}
        and any(is_built(argument) for argument in node.args)
    ]

    assert built == []


def test_jobs_and_services_wait_in_the_queue_instead_of_sleeping():
    sleepers = [
        f"{name}:{node.lineno}"
        for name in SHOP
        if not under(name, "app.infra")
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "asyncio.sleep", "sleep"}
    ]

    assert sleepers == []


def test_every_module_says_what_it_is_for():
    silent = [name for name in FILES if TREES[name].body and not ast.get_docstring(TREES[name])]

    assert silent == []


def test_files_stay_small():
    """All tables stand in one file, with how they are reached: a second one would be one more floor."""
    long = {name: len(file.read_text().splitlines()) for name, file in FILES.items()}

    assert [name for name, lines in long.items() if lines > (800 if name == "models" else 350)] == []


def test_what_tests_share_lives_in_support():
    elsewhere = re.compile(r"^\s*from tests\.(\w+\.)+(conftest|test_\w+) import", re.MULTILINE)
    files = sorted((ROOT / "tests").rglob("*.py"))

    assert [str(file) for file in files if elsewhere.search(file.read_text())] == []


def test_the_walk_finds_what_is_imported():
    found = set(imports("workers.jobs.payments"))

    assert {"app.sales.payments", "app.clients.pakasir", "workers.policies.patient"} <= found
