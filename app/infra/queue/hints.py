"""What it means to run an actor's job once more, for who decides on one that died: declared for each."""

from __future__ import annotations

#: Nothing happens twice · the buyer gets the same goods again · a message is read twice · the next run of it
#: does all that this one was for.
HARMLESS, GOODS_TWICE, MESSAGE_TWICE, POINTLESS = "harmless", "goods", "message", "pointless"

_ACTORS = {
    GOODS_TWICE: {"deliver_order"},
    MESSAGE_TWICE: {
        "ask_contact",
        "export_stock",
        "forward_copy",
        "forward_message",
        "handle_update",
        "head_answer",
        "post_testimonial",
        "send_answer",
        "send_export",
        "send_my_data",
        "send_notice",
        "send_pm",
        "send_qr",
        "send_stats",
        "show_closed",
        "show_paid",
    },
    POINTLESS: {
        "check_locks",
        "check_payments",
        "evaluate_alerts",
        "expire_orders",
        "measure",
        "prune",
        "report_expired",
        "report_failures",
        "ship_audit",
        "sweep_audit",
        "sweep_backups",
        "sweep_outbox",
        "sweep_verify",
    },
    HARMLESS: {
        "add_stock_batch",
        "add_stock_file",
        "cancel_payment",
        "check_payment",
        "delete_message",
        "describe_bot",
        "drill_backup",
        "expire_order",
        "list_recipients",
        "look_at_channel",
        "look_at_group",
        "look_at_stray",
        "make_backup",
        "offer_commands",
        "open_payment",
        "prove_audit",
        "publish_commands",
        "quote_fee",
        "run_doctor",
        "send_broadcast",
        "settle_payment",
        "show_broadcast",
        "show_checked",
        "show_slow",
        "tell_alert",
        "tell_waiters",
        "try_channel",
        "verify_shop",
    },
}
OF = {actor: hint for hint, actors in _ACTORS.items() for actor in actors}


def of(actor: str) -> str:
    """One of the four; of an actor that this release does not have, that it does no harm to try."""
    return OF.get(actor, HARMLESS)
