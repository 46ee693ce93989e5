"""The one table of what leads where: commands, labels, awaited answers, buttons, and the screens' names.

To add something: write it in the nearest file of screens/ or admin/ and name it here.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.bot import keyboards
from app.bot.admin import (
    answers,
    balances,
    broadcast,
    editing,
    giveaway,
    goods,
    groups,
    info,
    jobs,
    products,
    roles,
    state,
    stats,
    stock,
    verdicts,
)
from app.bot.admin import orders as admin_orders
from app.bot.admin import refunds as admin_refunds
from app.bot.reply import Reply, show
from app.bot.screens import (
    account,
    browse,
    checkout,
    deposits,
    edit,
    guide,
    home,
    onboarding,
    orders,
    privacy,
    product,
    refunds,
    vouchers,
    write,
)
from app.bot.turn import Handler, Render, Turn


@dataclass(frozen=True)
class Press:
    """A button's handler, how many numbers the button carries, and how many more it may."""

    run: Handler
    numbers: int
    optional: int = 0

    def takes(self, count: int) -> bool:
        return self.numbers <= count <= self.numbers + self.optional


@dataclass(frozen=True)
class Input:
    """The handler of an awaited answer. A bare number of up to `product_digits` digits is no answer to it
    but the label of a product. `own_words`: nothing that was forwarded answers it."""

    run: Handler
    product_digits: int = 0
    own_words: bool = False

    def yields_to(self, number: str) -> bool:
        return len(number) <= self.product_digits and not number.startswith("0")


def opens(screen: str, *args: int) -> Handler:
    """The handler that only shows a screen: with `args` and whatever numbers a button carries."""

    def run(_turn: Turn, *numbers: int) -> Reply:
        return show(screen, *args, *numbers)

    return run


#: name: render(person, *args)
SCREENS: dict[str, Render] = {
    "home": home.home,
    "sentence": home.sentence,
    "plain": home.plain,
    "question": onboarding.question,
    "guide": guide.guide,
    "categories": browse.categories,
    "category": browse.category,
    "best": browse.best,
    "buyers": browse.buyers,
    "everything": browse.everything,
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
    "forget": privacy.question,
    "forgotten": privacy.forgotten,
    "write": write.write,
    "history": orders.history,
    "order": orders.order,
    "goods": orders.goods_page,
    "product_added": products.added,
    "product_retired": products.retired,
    "stock_batch": stock.batch,
    "card": editing.card,
    "purge": goods.question,
    "purged": goods.purged,
    "broadcast": broadcast.broadcast,
    "giveaway": giveaway.made,
    "admin_order": admin_orders.admin_order,
    "pending": admin_orders.pending,
    "give_back": admin_refunds.give_back,
    "give_back_confirm": admin_refunds.give_back_confirm,
    "formula": admin_refunds.formula,
    "verdict": verdicts.verdict,
    "verdict_confirm": verdicts.verdict_confirm,
    "transfer": balances.ask_transfer,
    "edit_balance": balances.edit_balance,
    "giveaway_question": giveaway.question,
    "dead": jobs.jobs,
    "dead_job": jobs.job,
    "answered": answers.confirmation,
    "role": roles.outcome,
    "person": info.person,
    "pm": info.on_its_way,
    "whitelisted": groups.whitelisted,
    "unlisted": groups.unlisted,
    "maintenance": state.switched,
    "version": state.release,
}

#: Commands for everybody.
COMMANDS: dict[str, Handler] = {
    "start": onboarding.start,
    "stock": opens("stock", 1),
    "order": opens("guide"),
    "refund": refunds.calculate,
    "reff": refunds.calculate,
    "help": opens("guide"),
    "mydata": privacy.my_data,
    "forgetme": opens("forget"),
}

#: Commands for admins, in groups too. Anyone else gets no answer at all, unless it is in COMMANDS.
ADMIN_COMMANDS: dict[str, Handler] = {
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
    "photo": editing.picture,
    "addfile": goods.add_file,
    "delstock": goods.remove,
    "delallstock": goods.ask_to_purge,
    "exportstock": goods.export,
    "stock": opens("stock", 1),
    "order": admin_orders.order,
    "pending": opens("pending", 1),
    "dead": opens("dead", 1),
    "setformula": admin_refunds.set_formula,
    "transfer": balances.transfer,
    "editbalance": balances.edit,
    "giveaway": giveaway.give,
    "info": info.look,
    "pm": info.write,
    "ban": roles.ban,
    "unban": roles.unban,
    "addadmin": roles.add_admin,
    "rmadmin": roles.remove_admin,
    "addreseller": roles.add_reseller,
    "rmress": roles.remove_reseller,
    "whitelist": groups.whitelist,
    "rm": groups.remove,
    "maintenance": state.switch,
    "version": opens("version"),
    "stats": stats.ask,
}

#: The reply keyboard's labels.
LABELS: dict[str, Handler] = {
    keyboards.LIST: opens("categories", 1),
    keyboards.STOCK: opens("stock", 1),
    keyboards.ACCOUNT: opens("account"),
    keyboards.WRITE: write.ask,
}

#: What a typed message answers.
INPUTS: dict[str, Input] = {
    "onboarding": Input(onboarding.take, product_digits=6),
    "addfile": Input(goods.take_file, product_digits=6),
    stock.REST: Input(stock.take_rest, own_words=True),
    "profile": Input(edit.take, product_digits=6),
    "message": Input(write.take, product_digits=6),
    vouchers.INPUT: Input(vouchers.take, product_digits=6),
    deposits.INPUT: Input(deposits.take),
    verdicts.ASK: Input(verdicts.take, own_words=True),
    admin_refunds.ASK: Input(admin_refunds.take, own_words=True),
}

#: Screens that a button opens as they are, with so many numbers. They check themselves who may see them.
OPENED: dict[str, int] = {
    "home": 0,
    "categories": 1,
    "category": 2,
    "best": 1,
    "buyers": 0,
    "everything": 1,
    "stock": 1,
    "product": 2,
    "account": 0,
    "history": 1,
    "order": 1,
}

#: Buttons by the name in their callback data.
PRESSES: dict[str, Press] = {name: Press(opens(name), numbers) for name, numbers in OPENED.items()} | {
    "skip": Press(onboarding.skip, 1),
    "wait": Press(product.wait, 1),
    "summary": Press(opens("summary"), checkout.NUMBERS["summary"], optional=1),
    "balance": Press(opens("balance"), checkout.NUMBERS["balance"], optional=1),
    "qris": Press(checkout.pay_by_qris, checkout.NUMBERS["qris"], optional=1),
    "spend": Press(checkout.spend, checkout.NUMBERS["spend"], optional=1),
    "pay": Press(checkout.pay_by_balance, checkout.NUMBERS["pay"], optional=1),
    "voucher": Press(vouchers.ask, 2),
    "deposit": Press(deposits.ask, 0),
    "deposit_of": Press(deposits.choose, 2),
    "check": Press(checkout.check, 1),
    "cancel": Press(checkout.cancel, 1),
    "goods": Press(orders.view_goods, 1),
    "edit": Press(edit.ask, 1),
    "write_back": Press(write.write_back, 0),
    "forget": Press(privacy.forget, 0),
}

#: Buttons of staff's screens. The right is read on every press; for anyone else there is no such button.
ADMIN_PRESSES: dict[str, Press] = {
    "admin_order": Press(opens("admin_order"), 1),
    "pending": Press(opens("pending"), 1),
    "resend": Press(admin_orders.resend, 3),
    "recheck": Press(admin_orders.recheck, 1),
    "cancel_order": Press(admin_orders.cancel, 1, optional=1),
    "give_back": Press(admin_refunds.ask, 1),
    "given_back": Press(admin_refunds.give, 2),
    "accept": Press(verdicts.accept, 1),
    "refuse": Press(verdicts.refuse, 1),
    "decide": Press(verdicts.decide, 2),
    "transfer_send": Press(balances.send_transfer, 3),
    "giveaway_make": Press(giveaway.make, 3),
    "giveaway_drop": Press(giveaway.drop, 0),
    "set_balance": Press(balances.set_balance, 4),
    "keep_balance": Press(balances.keep_balance, 0),
    "dead": Press(opens("dead"), 1),
    "dead_job": Press(opens("dead_job"), 2),
    "retry_job": Press(jobs.retry, 3),
    "purge": Press(goods.purge, 2),
    "keep": Press(goods.keep, 0),
    "stock_batch_add": Press(stock.confirm, 1),
    "stock_batch_drop": Press(stock.drop, 1),
    "stock_batch_undo": Press(stock.undo, 1),
    "broadcast_send": Press(broadcast.confirm, 1),
    "broadcast_pause": Press(broadcast.pause, 1),
    "broadcast_resume": Press(broadcast.resume, 1),
    "broadcast_stop": Press(broadcast.stop, 1),
}

#: Buttons that admins may also press in groups: buying belongs into a private chat.
GROUP_PRESSES = {"stock", *ADMIN_PRESSES}
