"""Everything that is refused or fails on purpose: `ShopError` for people, `ClientError` for the wire."""

from __future__ import annotations

from datetime import datetime


class ShopError(Exception):
    """A refusal that the person who asked is told about. Nothing was changed."""


class Unknown(ShopError):
    """There is no such thing, or it belongs to somebody else: never say which.

    `kind` is a key of texts.refusals.UNKNOWN, `named` what was asked for, where people know it by that.
    """

    def __init__(self, kind: str, named: object = "") -> None:
        super().__init__(f"no {kind} {named}".rstrip())
        self.kind, self.named = kind, str(named)


class LastAdmin(ShopError):
    """Without this one, nobody could run the shop."""


class AdminForGood(ShopError):
    """ADMIN_IDS names them: only whoever runs the shop's processes can change that."""


class IsAdmin(ShopError):
    """Admins can be neither banned nor forgotten; the role has to go first."""


class IsBanned(ShopError):
    """The ban has to be lifted first."""


class NobodyThere(ShopError):
    """There is no admin and no group that a message could go to."""


class OutOfStock(ShopError):
    """Fewer items are left than were asked for."""

    def __init__(self, product_id: int, left: int) -> None:
        super().__init__(f"product {product_id} has {left} left")
        self.product_id, self.left = product_id, left


class Locked(ShopError):
    """None of the keys in STOCK_ENCRYPTION_KEY opens it. The same again would fail again."""


class GoodsLocked(OutOfStock):
    """The goods that would be sold cannot be opened: as good as none."""

    def __init__(self, product_id: int) -> None:
        super().__init__(product_id, 0)


class OtherProduct(ShopError):
    """The number is another product's by now than the one that was shown."""

    def __init__(self, product_id: int, name: str) -> None:
        super().__init__(f"product {product_id} is another one by now")
        self.product_id, self.name = product_id, name


class BadQuantity(ShopError):
    """A quantity outside 1 to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(f"quantity must be 1 to {most}")
        self.most = most


class ShareOnly(ShopError):
    """Who never paid may hold `most` of what is left of the product."""

    def __init__(self, product_id: int, most: int) -> None:
        super().__init__(f"at most {most} of product {product_id} before the first payment")
        self.product_id, self.most = product_id, most


class QrisPaused(ShopError):
    """The person left too many orders unpaid; `until` is when QRIS is open to them again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until:%H:%M:%S} UTC")
        self.until = until


class OpenOrder(ShopError):
    """The buyer already has an unpaid order; it must be paid or canceled first."""

    def __init__(self, order_id: int) -> None:
        super().__init__(f"order {order_id} is still open")
        self.order_id = order_id


class OrderClosed(ShopError):
    """The order is past the point at which this could be done."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the order is {state}")
        self.state = state


class BeingDelivered(ShopError):
    """The order's goods are on their way at this moment; in a moment it is known what became of them."""


class MayHaveGoods(ShopError):
    """Of the `messages` with the order's goods `sent` are with the buyer, and `unsure` more may be."""

    def __init__(self, messages: int, sent: int, unsure: int) -> None:
        super().__init__(f"{sent} of {messages} messages are there, {unsure} may be")
        self.messages, self.sent, self.unsure = messages, sent, unsure


class AmountOutOfRange(ShopError):
    """The amount must be within `least` and `most` rupiah, since `what` takes no other (texts.refusals)."""

    def __init__(self, amount: int, least: int, most: int, what: str = "qris") -> None:
        super().__init__(f"{amount} is not within {least} and {most}")
        self.amount, self.least, self.most, self.what = amount, least, most, what


class TooLittle(ShopError):
    """The balance does not cover the price; `missing` rupiah are lacking."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"{missing} missing")
        self.missing = missing


class WrongFormat(ShopError):
    """A command or typed answer that cannot be read. `hint` names the text that shows the right form."""

    def __init__(self, hint: str, **facts: object) -> None:
        super().__init__(hint)
        self.hint, self.facts = hint, facts


class TooFast(ShopError):
    """More of a `kind` (limits.USER_QUOTAS) than a person may do for now; `told`: it was said before."""

    def __init__(self, kind: str, *, told: bool) -> None:
        super().__init__(kind)
        self.kind, self.told = kind, told


class PriceChanged(ShopError):
    """So many now cost `total`, which is not what the buyer agreed to."""

    def __init__(self, total: int) -> None:
        super().__init__(f"costs {total} by now")
        self.total = total


class Endless(ShopError):
    """The product is one file for every buyer: it has no items of its own."""


class StillStocked(ShopError):
    """Items of the product, `left` unsold and `ordered`, would from now on be sold as what they are not."""

    def __init__(self, number: int, left: int, ordered: int = 0) -> None:
        super().__init__(f"{left} items are unsold, {ordered} ordered")
        self.number, self.left, self.ordered = number, left, ordered


class NumberTaken(ShopError):
    """A product with this number exists; `free` is the smallest number that none has."""

    def __init__(self, number: int, free: int) -> None:
        super().__init__(f"number {number} is taken, {free} is free")
        self.number, self.free = number, free


class VoucherRefused(ShopError):
    """The leaves say why a voucher cannot be used."""


class VoucherUnknown(VoucherRefused):
    """No voucher has this code, which `named` shows as it was typed."""

    def __init__(self, named: str = "") -> None:
        super().__init__("no such voucher")
        self.named = named


class VoucherUsed(VoucherRefused):
    """The voucher is spent, or an unpaid order holds it."""


class VoucherExpired(VoucherRefused):
    """The voucher was good for too short a time."""


class VoucherPaused(VoucherRefused):
    """The person redeemed another one a moment ago; `until` is when the next may be."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until:%H:%M:%S} UTC")
        self.until = until


class NothingToRate(ShopError):
    """Only goods that the buyer has got, and paid for, can be rated; the order is in `state`."""

    def __init__(self, state: str, *, is_refunded: bool) -> None:
        super().__init__(f"the order is {state}, refunded: {is_refunded}")
        self.state, self.is_refunded = state, is_refunded


class RatedBefore(ShopError):
    """The order was rated already, with `stars`; that happens once."""

    def __init__(self, stars: int) -> None:
        super().__init__(f"rated {stars} before")
        self.stars = stars


class RefundedBefore(ShopError):
    """The order was refunded already; that happens once."""


class NothingToDecide(ShopError):
    """No payment of the order contradicts it, or it was dealt with: `verdict` says how."""

    def __init__(self, verdict: str | None) -> None:
        super().__init__(f"nothing to decide: {verdict}")
        self.verdict = verdict


class StrayEnded(ShopError):
    """Somebody has dealt with this payment already: `outcome` says how."""

    def __init__(self, outcome: str) -> None:
        super().__init__(f"it is {outcome}")
        self.outcome = outcome


class BalanceMoved(ShopError):
    """The balance is no longer the one that the admin saw; it is `balance` now."""

    def __init__(self, balance: int) -> None:
        super().__init__(f"the balance is {balance} by now")
        self.balance = balance


class ClientError(Exception):
    """A call to another system failed. `permanent`: the same call will fail again."""

    permanent = False


class Unreachable(ClientError):
    """No usable answer. `delivered` is "no" when the call surely had no effect, else "maybe"."""

    def __init__(self, message: str, delivered: str = "maybe") -> None:
        super().__init__(message)
        self.delivered = delivered


class Silent(Unreachable):
    """The other side took the call and did not answer in the time it was given."""


class MaybeSent(Unreachable):
    """A message went out and nobody said whether it arrived: sent again, it may be there twice."""


class Doubtful(Unreachable):
    """May have arrived, and more than once before: the next try is in `wait_s`, further apart each time."""

    def __init__(self, message: str, wait_s: float) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class MaybeDelivered(ClientError):
    """Sent so often without an answer that a person has to look whether it arrived."""

    permanent = True


class TurnedAway(Unreachable):
    """The other side does not know us: a token or key that is wrong, or a proxy in between that refuses.

    Says nothing about the one call, which surely had no effect: a person has to see to it, the job waits.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}", delivered="no")
        self.status = status


class Flood(ClientError):
    """Too many calls, by our own limiter or by the other side; nothing was done."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"retry after {retry_after_s:.1f} s")
        self.retry_after_s = retry_after_s


class NoRoom(Flood):
    """Our own limiter has no room for the call yet; the other side was not asked."""


class NotFound(ClientError):
    """The other side does not know the thing (yet)."""


class Malformed(ClientError):
    """An answer that contradicts the question or cannot be read. Nothing may be built on it."""


class Refused(ClientError):
    """The other side understood and said no, for good."""

    permanent = True

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status, self.message = status, message


class DeadFile(Refused):
    """Telegram has no such file for us, or not as this kind: it is gone, or another bot's."""


class TopicGone(Refused):
    """The topic of the forum is closed or deleted; the forum may well be there."""


class Blocked(ClientError):
    """The person blocked the bot, deleted the account, or never wrote to it."""

    permanent = True


class ChatMoved(ClientError):
    """The group became a supergroup with another id."""

    def __init__(self, new_id: int) -> None:
        super().__init__(f"the chat moved to {new_id}")
        self.new_id = new_id
