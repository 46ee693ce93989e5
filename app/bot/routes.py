"""The one table of what leads where: commands, labels, buttons, and the screens' names.

To add something: write it in the nearest file of screens/ or admin/ and name it here. Where notices lead, and
people's pages, stands in staff.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.bot import staff, words
from app.bot.admin import (
    balances,
    broadcast,
    claims,
    editing,
    giveaway,
    goods,
    groups,
    help,
    people,
    products,
    roles,
    shop,
    stats,
    stock,
    wording,
)
from app.bot.admin import orders as admin_orders
from app.bot.admin import refunds as admin_refunds
from app.bot.admin import testimonials as admin_testimonials
from app.bot.operators import alerts, exports, jobs, strays, verdicts
from app.bot.screens import (
    account,
    browse,
    checkout,
    deposits,
    edit,
    guide,
    home,
    language,
    onboarding,
    orders,
    privacy,
    product,
    refunds,
    testimonials,
    vouchers,
    warranty,
    write,
)
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import AMOUNT, CHECKSUM, FLAG, ID, MARK, NUMBER, PAGE, PRODUCT, STARS
from app.bot.toolkit.handlers import Kinds, Opens, Press
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Handler, Render
from app.texts import formats, languages
from app.texts.html import Html
from models import User


def again(person: User, problem: str, screen: str, *args: Any) -> Screen:
    """A question once more, with what is wrong with the answer above it."""
    question = SCREENS[screen](person, *args)
    text = formats.WRONG(problem=Html(problem), format=Html(question.text))
    return replace(question, text=text, first=None)


def welcome(person: User, screen: str, *args: Any) -> Screen:
    """The first screen of somebody new."""
    return home.welcomed(SCREENS[screen](person, *args))


#: name: render(person, *args)
SCREENS: dict[str, Render] = {
    "home": home.home,
    "sentence": home.sentence,
    "plain": home.plain,
    "again": again,
    "welcome": welcome,
    "question": onboarding.question,
    "guide": guide.guide,
    "categories": browse.categories,
    "category": browse.category,
    "best": browse.best,
    "buyers": browse.buyers,
    "everything": browse.everything,
    "found": browse.found,
    "stock": browse.stock,
    "product": product.product,
    "summary": checkout.summary,
    "balance": checkout.balance,
    "preparing": checkout.preparing,
    "voucher": vouchers.voucher,
    "deposit": deposits.deposit,
    "refund": refunds.refund,
    "bought": orders.bought,
    "closed": orders.ended,
    "account": account.account,
    "edit": edit.edit,
    "language": language.language,
    "forget": privacy.question,
    "forgotten": privacy.forgotten,
    "write": write.write,
    "history": orders.history,
    "order": orders.order,
    "goods": orders.goods_page,
    "review": testimonials.review,
    "claim_items": warranty.claim_items,
    "claim_question": warranty.claim_question,
    "claimed": warranty.claimed,
    "product_added": products.added,
    "product_retired": products.retired,
    "number_taken": products.number_taken,
    "stock_batch": stock.batch,
    "card": editing.card,
    "purge": goods.question,
    "purged": goods.purged,
    "broadcast": broadcast.broadcast,
    "giveaway": giveaway.made,
    "admin_order": admin_orders.admin_order,
    "resend": admin_orders.resend_question,
    "pending": admin_orders.pending,
    "testimonials": admin_testimonials.listed,
    "give_back": admin_refunds.give_back,
    "give_back_confirm": admin_refunds.give_back_confirm,
    "formula": admin_refunds.formula,
    "claims": claims.waiting,
    "claim": claims.claim,
    "claim_refund": claims.refund_question,
    "claim_refuse": claims.refusal_question,
    "claim_for_items": claims.items_for_buyer,
    "claim_for": claims.question_for_buyer,
    "stray": strays.stray,
    "stray_question": strays.question,
    "stray_confirm": strays.confirm,
    "verdict": verdicts.verdict,
    "verdict_confirm": verdicts.verdict_confirm,
    "transfer": balances.ask_transfer,
    "edit_balance": balances.edit_balance,
    "giveaway_question": giveaway.question,
    "alert": alerts.alert,
    "dead": jobs.jobs,
    "dead_job": jobs.job,
    "dead_group": jobs.group,
    "dead_ask": jobs.ask,
    "dead_outcome": jobs.outcome,
    "answered": people.answered,
    "role": roles.outcome,
    "person": people.person,
    "pm": people.on_its_way,
    "whitelisted": groups.whitelisted,
    "unlisted": groups.unlisted,
    "maintenance": shop.switched,
    "help": help.staff,
    "version": shop.release,
    **staff.SCREENS,
}

#: Commands for everybody.
COMMANDS: dict[str, Handler] = {
    "start": onboarding.start,
    "menu": Opens("home"),
    "produk": words.After(Opens("categories", 1)),
    "riwayat": words.After(Opens("history", 1)),
    "deposit": deposits.ask,
    **dict.fromkeys(("stock", "stok"), words.After(Opens("stock", 1))),
    **dict.fromkeys(("akun", "saldo"), Opens("account")),
    **dict.fromkeys(("order", "help", "bantuan"), words.After(Opens("guide"))),
    **dict.fromkeys(("refund", "reff"), refunds.calculate),
    "mydata": privacy.my_data,
    "forgetme": Opens("forget"),
}

#: Commands for admins, in groups too. Anyone else gets no answer at all, unless it is in COMMANDS.
ADMIN_COMMANDS: dict[str, Handler] = {
    "teks": wording.ask,
    "add": products.add,
    "addstock": stock.add,
    "broadcast": broadcast.draft,
    "del": products.retire,
    "disc": editing.discount,
    "discat": editing.discount_category,
    "priceress": editing.reseller_price,
    "editid": editing.renumber,
    "editname": editing.rename,
    "editdesc": editing.describe,
    "editprice": editing.reprice,
    "editcategory": editing.recategorise,
    "editsold": editing.tell_sold,
    "slot": editing.share_lines,
    "photo": editing.picture,
    "garansi": editing.warranty,
    "addfile": goods.add_file,
    "delstock": goods.remove,
    "delallstock": goods.ask_to_purge,
    "exportstock": goods.export,
    "stock": Opens("stock", 1),
    "order": admin_orders.order,
    "pending": Opens("pending", 1),
    "klaim": claims.look,
    "dead": Opens("dead", 1),
    "setformula": admin_refunds.set_formula,
    "transfer": balances.transfer,
    "editbalance": balances.edit,
    "giveaway": giveaway.give,
    "info": people.look,
    "pm": people.write,
    "ban": roles.ban,
    "unban": roles.unban,
    "addadmin": roles.add_admin,
    "rmadmin": roles.remove_admin,
    "addreseller": roles.add_reseller,
    "rmress": roles.remove_reseller,
    "whitelist": groups.whitelist,
    "channel": admin_testimonials.choose,
    "testimoni": Opens("testimonials", 1),
    "rm": groups.remove,
    "maintenance": shop.switch,
    "lowstock": shop.low_stock,
    "version": Opens("version"),
    "help": Opens("help"),
    "stats": stats.ask,
    "export": exports.ask,
}

#: The reply keyboard's labels.
LABELS: dict[str, Handler] = {
    said: handler
    for label, handler in (
        (keyboards.LIST, Opens("categories", 1)),
        (keyboards.STOCK, Opens("stock", 1)),
        (keyboards.ACCOUNT, Opens("account")),
        (keyboards.WRITE, write.ask),
    )
    for said in languages.in_all(label)
}

#: Screens that a button opens as they are, with such numbers. They check themselves who may see them.
OPENED: dict[str, Kinds] = {
    "home": (),
    "categories": (PAGE,),
    "category": (CHECKSUM, PAGE),
    "best": (PAGE,),
    "buyers": (),
    "everything": (PAGE,),
    "stock": (PAGE,),
    "account": (),
    "language": (),
    "history": (PAGE,),
    "order": (ID,),
}

#: Product and quantity come first in every button of the checkout; a voucher may follow, and a mark.
_CHOSEN: Kinds = (PRODUCT, NUMBER)
_VOUCHER: Kinds = (vouchers.NUMBERS,)

#: Buttons by the name in their callback data.
PRESSES: dict[str, Press] = {name: Press(Opens(name), numbers) for name, numbers in OPENED.items()} | {
    "product": Press(Opens("product"), _CHOSEN, _VOUCHER),
    "open_order": Press(Opens("order", below=True), (ID,)),
    "shop_on": Press(Opens("categories", 1, below=True)),
    "deposit_for": Press(deposits.fill, (*_CHOSEN, AMOUNT, NUMBER), _VOUCHER),
    "skip": Press(onboarding.skip, (NUMBER,)),
    "wait": Press(product.wait, (PRODUCT,)),
    "summary": Press(Opens("summary"), _CHOSEN, _VOUCHER),
    "balance": Press(Opens("balance"), _CHOSEN, _VOUCHER),
    "qris": Press(checkout.pay_by_qris, (*_CHOSEN, AMOUNT, NUMBER), (*_VOUCHER, MARK)),
    "spend": Press(checkout.spend, (*_CHOSEN, AMOUNT), (*_VOUCHER, MARK)),
    "pay": Press(checkout.pay_by_balance, (*_CHOSEN, AMOUNT, NUMBER), (*_VOUCHER, MARK)),
    "voucher": Press(vouchers.ask, _CHOSEN, _VOUCHER),
    "deposit": Press(deposits.ask),
    "deposit_other": Press(deposits.ask_for, _CHOSEN, _VOUCHER),
    "deposit_of": Press(deposits.choose, (NUMBER, NUMBER)),
    "check": Press(checkout.check, (ID,)),
    "cancel": Press(checkout.cancel, (ID,)),
    "goods": Press(orders.view_goods, (ID,)),
    "rate": Press(testimonials.rate, (ID, STARS)),
    "no_review": Press(testimonials.leave),
    "claim": Press(warranty.choose, (ID,)),
    "claim_items": Press(Opens("claim_items"), (ID, PAGE)),
    "claim_item": Press(warranty.ask, (ID, ID)),
    "speak": Press(language.choose, (range(len(languages.NAMES)),)),
    "edit": Press(edit.ask, (range(len(edit.FIELDS)),)),
    "write_back": Press(write.write_back),
    "forget": Press(privacy.forget),
}

#: Buttons of staff's screens. The right is read on every press; for anyone else there is no such button.
ADMIN_PRESSES: dict[str, Press] = {
    "admin_order": Press(Opens("admin_order"), (ID,)),
    "pending": Press(Opens("pending"), (PAGE,)),
    "testimonials": Press(Opens("testimonials"), (PAGE,)),
    "hide_testimonial": Press(admin_testimonials.hide, (ID, PAGE)),
    "show_testimonial": Press(admin_testimonials.show_again, (ID, PAGE)),
    "resend": Press(admin_orders.ask_resend, (ID,), (FLAG, NUMBER)),
    "resend_only": Press(admin_orders.resend, (ID, NUMBER)),
    "recheck": Press(admin_orders.recheck, (ID,)),
    "cancel_order": Press(admin_orders.cancel, (ID,), (PAGE,)),
    "give_back": Press(admin_refunds.ask, (ID,), asks=True),
    "given_back": Press(admin_refunds.give, (ID, AMOUNT), (FLAG,)),
    "claims": Press(Opens("claims"), (PAGE,)),
    "claim_page": Press(Opens("claim"), (ID,)),
    "claim_replace": Press(claims.replace, (ID,)),
    "claim_refund": Press(claims.ask_refund, (ID,), asks=True),
    "claim_give": Press(claims.refund, (ID, AMOUNT)),
    "claim_refuse": Press(claims.ask_refusal, (ID,), asks=True),
    "claim_for": Press(claims.choose, (ID,), asks=True),
    "claim_for_items": Press(Opens("claim_for_items"), (ID, PAGE)),
    "claim_for_item": Press(claims.ask, (ID, ID), asks=True),
    "stray": Press(Opens("stray"), (ID,)),
    "stray_ask": Press(strays.ask_gateway, (ID,)),
    "stray_credit": Press(strays.ask_credit, (ID,), asks=True),
    "stray_close": Press(strays.ask_close, (ID,), asks=True),
    "stray_give": Press(strays.give, (ID, ID, AMOUNT)),
    "accept": Press(verdicts.accept, (ID,), asks=True),
    "refuse": Press(verdicts.refuse, (ID,), asks=True),
    "decide": Press(verdicts.decide, (ID, AMOUNT)),
    "transfer_send": Press(balances.send_transfer, (ID, AMOUNT[1:], NUMBER)),
    "giveaway_make": Press(giveaway.make, (AMOUNT, NUMBER, NUMBER)),
    "giveaway_drop": Press(giveaway.drop),
    "set_balance": Press(balances.set_balance, (ID, AMOUNT, AMOUNT, NUMBER)),
    "keep_balance": Press(balances.keep_balance),
    "end_session": Press(shop.end_session, (ID,)),
    "mute_alert": Press(alerts.mute, (CHECKSUM,)),
    "verify_now": Press(alerts.verify_now, ()),
    "dead": Press(Opens("dead"), (PAGE,)),
    "dead_job": Press(Opens("dead_job"), (NUMBER, CHECKSUM)),
    "dead_group": Press(Opens("dead_group"), (CHECKSUM,)),
    "dead_ask": Press(Opens("dead_ask"), (CHECKSUM, NUMBER, FLAG)),
    "dead_act": Press(jobs.act, (CHECKSUM, NUMBER, FLAG)),
    "dead_outcome": Press(Opens("dead_outcome"), (CHECKSUM, NUMBER)),
    "retry_job": Press(jobs.retry, (NUMBER, CHECKSUM, PAGE)),
    "add_as": Press(products.add_as, (PRODUCT,)),
    "bring_back": Press(products.bring_back, (PRODUCT,)),
    "purge": Press(goods.purge, (PRODUCT, NUMBER), (MARK,)),
    "keep": Press(goods.keep),
    "stock_batch_add": Press(stock.confirm, (ID,)),
    "stock_batch_drop": Press(stock.drop, (ID,)),
    "stock_batch_undo": Press(stock.undo, (ID,)),
    "broadcast_send": Press(broadcast.confirm, (ID,)),
    "broadcast_pause": Press(broadcast.pause, (ID,)),
    "broadcast_resume": Press(broadcast.resume, (ID,)),
    "broadcast_stop": Press(broadcast.stop, (ID,)),
    **staff.PRESSES,
}

#: Buttons that admins may also press in groups: buying belongs into a private chat.
GROUP_PRESSES = {"stock", *ADMIN_PRESSES}
