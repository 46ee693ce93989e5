"""`/stats`: today, 7 and 30 days as a picture, which a worker draws and sends."""

from __future__ import annotations

from collections.abc import Sequence

import settings
from app import money
from app.backoffice import stats
from app.backoffice.stats import Day, Figures
from app.bot.pictures import charts
from app.bot.pictures.charts import Chart
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products
from app.people import users
from app.texts import clock, html, numbers
from app.texts.admin import stats as texts
from models import utcnow


def ask(turn: Turn) -> Reply:
    stats.promise_picture(turn.event.chat_id, turn.event.thread_id)
    return show("plain", texts.DRAWING())


def picture() -> Screen:
    """The picture with a summary under it. Takes a second: not for the person's own turn."""
    figures, days = stats.figures(), stats.days(60)
    return Screen(_caption(figures, days), photo=charts.draw(_chart(figures, days)))


def _chart(figures: Sequence[Figures], days: Sequence[Day]) -> Chart:
    return Chart(
        title=settings.current().store_name,
        subtitle=texts.SUBTITLE.plain(at=clock.moment(utcnow())),
        days_title=texts.DAYS_TITLE.said(),
        days=[(each.day, each.revenue) for each in days[-30:]],
        average=texts.AVERAGE.said(),
        best_title=texts.BEST_TITLE.said(),
        best=[_best(each) for each in stats.best_products()],
        success_title=texts.SUCCESS_TITLE.said(),
        success=[_success(each) for each in figures],
        nothing=texts.NOTHING.said(),
    )


def _best(row: stats.Best) -> tuple[str, int, str]:
    note = texts.BEST.plain(items=numbers.count(row.items), revenue=charts.short(row.revenue))
    return row.name, row.items, note


def _success(row: Figures) -> tuple[str, float | None, str]:
    note = texts.SUCCESS.plain(paid=numbers.count(row.qr_paid), decided=numbers.count(row.qr_decided))
    return texts.PERIODS[row.period].said(), row.success, note


def _caption(figures: Sequence[Figures], days: Sequence[Day]) -> html.Html:
    return texts.CAPTION(
        store=settings.current().store_name,
        periods=html.Html("\n\n".join(_period(each, days) for each in figures)),
        users=numbers.count(users.count()),
        sales=numbers.count(products.sales()),
        ratings=_ratings(),
    )


def _ratings() -> html.Html:
    """Nothing as long as nobody has rated anything."""
    count, stars = stats.ratings()
    if not count:
        return html.Html()
    whole, tenth = divmod(round(stars * 10 / count), 10)
    return texts.RATINGS(count=numbers.count(count), whole=whole, tenth=tenth)


def _period(row: Figures, days: Sequence[Day]) -> html.Html:
    return texts.PERIOD(
        period=texts.PERIODS[row.period],
        revenue=money.rupiah(row.revenue),
        items=numbers.count(row.items),
        buyers=numbers.count(row.buyers),
        compared=_compared(days, dict(stats.PERIODS)[row.period]),
        orders=numbers.count(row.orders),
        deposits=money.rupiah(row.deposits),
        refunds=money.rupiah(row.refunds),
        new_users=numbers.count(row.new_users),
        claims=texts.CLAIMS(claims=numbers.count(row.claims)) if row.claims else "",
    )


def _compared(days: Sequence[Day], length: int) -> html.Html:
    """With as many days before, where the shop was selling through all of them; nothing otherwise."""
    before = sum(each.revenue for each in days[-2 * length : -length])
    if not before:
        return html.Html()
    if length == 1:  # a day that is not over cannot be compared with one that is
        return texts.YESTERDAY(revenue=money.rupiah(before))
    if not stats.sold_before(2 * length - 1):
        return html.Html()
    change = sum(each.revenue for each in days[-length:]) / before - 1
    text = texts.MORE if change >= 0 else texts.LESS
    return text(percent=round(abs(change) * 100), days=length)
