"""A row has one owner: only its module writes it. Read from the source, nothing is run."""

import ast
import re

import models
from tests.test_architecture import SHOP, TREES, under

#: Who writes a table. A folder stands for its files.
OWNERS = {
    "alert": {"app.backoffice.alerts.incidents"},
    "audit_event": {"app.audit"},
    "audit_lane": {"app.audit"},
    "broadcast": {"app.people.broadcasts", "app.people.recipients"},
    "broadcast_recipient": {"app.people.broadcasts", "app.people.recipients"},
    "claim": {"app.sales.claims"},
    "category_discount": {"app.catalogue.listings"},
    "contradiction": {"app.sales.contradictions"},
    "dead_letter": {"app.infra.queue.dead", "app.backoffice.failures"},
    "delivery": {"app.sales.delivery"},
    "handled_update": {"app.bot.conversation"},
    "ledger_entry": {"app.sales.wallet"},
    "notify_group": {"app.people.groups"},
    "order": {"app.sales.orders"},
    "outbox": {"app.infra.queue.outbox"},
    "payment": {"app.sales.payments"},
    "product": {"app.catalogue"},
    "quote": {"app.sales.quotes"},
    "restock_waiter": {"app.catalogue.waitlist"},
    "setting": {"app.infra.stored"},
    "stock_batch": {"app.catalogue.batches"},
    "stock_item": {"app.catalogue"},
    "stray": {"app.sales.strays"},
    "support_message": {"app.people.support"},
    "testimonial": {"app.sales.testimonials"},
    # The wallet moves the column of the balance together with the ledger.
    "user": {"app.people.users", "app.sales.wallet"},
    "voucher": {"app.sales.vouchers"},
}

#: They erase what is personal, take away what is old, and put everything under another key.
EVERYWHERE = {"app.backoffice.privacy", "app.backoffice.retention", "app.ops.keys"}

WRITES = {"create", "insert", "insert_many", "insert_from", "update", "bulk_create", "replace", "delete"}
TABLES = {
    model.__name__: model._meta.table_name
    for model in vars(models).values()
    if isinstance(model, type) and issubclass(model, models.Table) and model is not models.Table
}
SQL = re.compile(r'\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?')


def written_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in WRITES and node.value.id in TABLES:
                yield TABLES[node.value.id]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (table for table in SQL.findall(node.value) if table in TABLES.values())


def strangers(modules):
    return [
        f"{name} writes {table}"
        for name, tree in modules.items()
        if name not in EVERYWHERE
        for table in written_by(tree)
        if table != "setting" and not under(name, *OWNERS.get(table, ()))
    ]


def test_only_its_owner_writes_a_row():
    assert strangers({name: TREES[name] for name in SHOP} | {"app.ops": TREES["app.ops"]}) == []


def test_every_table_has_an_owner():
    assert set(TABLES.values()) == set(OWNERS)


def test_a_second_writer_is_found():
    models_way = ast.parse("Payment.update(state='open').execute()")
    sql_way = ast.parse('db.execute_sql("UPDATE payment SET state = %s", ["open"])')

    assert strangers({"workers.jobs.payments": models_way}) == ["workers.jobs.payments writes payment"]
    assert strangers({"app.sales.orders": sql_way}) == ["app.sales.orders writes payment"]
