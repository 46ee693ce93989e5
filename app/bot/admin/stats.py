"""`/stats`: today, 7 and 30 days as a picture, which a worker draws and sends."""

from __future__ import annotations

from collections.abc import Sequence

import settings
from app import money
from app.backoffice import stats
from app.backoffice.stats import Day, Figures
from app.bot.pictures import charts
from app.bot.pictures.charts import Card, Chart
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products
from app.people import users
from app.texts import clock, html
from app.texts.admin import stats as texts
from models import utcnow


def ask(turn: Turn) -> Reply:
    stats.promise_picture(turn.event.chat_id, turn.event.thread_id)
    return show("plain", texts.DRAWING())


def picture() -> Screen:
    """The picture with a summary under it. Takes a second: not for the person's own turn."""
    figures, days = stats.figures(), stats.days(60)
    return Screen(_caption(figures), photo=charts.draw(_chart(figures, days)))


def _chart(figures: Sequence[Figures], days: Sequence[Day]) -> Chart:
    return Chart(
        title=settings.current().store_name,
        subtitle=texts.SUBTITLE.format(at=clock.moment(utcnow())),
        cards=[_card(each, days) for each in figures],
        days_title=texts.DAYS_TITLE,
        days=[(each.day, each.revenue) for each in days[-30:]],
        average=texts.AVERAGE,
        best_title=texts.BEST_TITLE,
        best=[_best(each) for each in stats.best_products()],
        success_title=texts.SUCCESS_TITLE,
        success=[_success(each) for each in figures],
        nothing=texts.NOTHING,
    )


def _card(row: Figures, days: Sequence[Day]) -> Card:
    length = dict(stats.PERIODS)[row.period]
    note = texts.BEFORE.format(days=length)
    if length == 1:  # a day that is not over cannot be compared with one that is
        note = texts.YESTERDAY.format(revenue=money.rupiah(days[-2].revenue))
    return Card(
        title=texts.PERIODS[row.period],
        revenue=money.rupiah(row.revenue),
        lines=[
            texts.ITEMS.format(items=money.dotted(row.items), buyers=money.dotted(row.buyers)),
            texts.ORDERS.format(orders=money.dotted(row.orders)),
        ],
        note=note,
        change=_change(days, length) if length > 1 else None,
    )


def _change(days: Sequence[Day], length: int) -> float | None:
    """Revenue against as many days before; None when there was none."""
    now = sum(each.revenue for each in days[-length:])
    before = sum(each.revenue for each in days[-2 * length : -length])
    return now / before - 1 if before else None


def _best(row: stats.Best) -> tuple[str, int, str]:
    note = texts.BEST.format(items=money.dotted(row.items), revenue=charts.short(row.revenue))
    return row.name, row.items, note


def _success(row: Figures) -> tuple[str, float | None, str]:
    note = texts.SUCCESS.format(paid=money.dotted(row.qr_paid), decided=money.dotted(row.qr_decided))
    return texts.PERIODS[row.period], row.success, note


def _caption(figures: Sequence[Figures]) -> html.Html:
    return texts.CAPTION(
        store=settings.current().store_name,
        at=clock.moment(utcnow()),
        periods=html.Html("\n\n".join(_period(each) for each in figures)),
        users=money.dotted(users.count()),
        sales=money.dotted(products.sales()),
        ratings=_ratings(),
    )


def _ratings() -> html.Html:
    """Nothing as long as nobody has rated anything."""
    count, stars = stats.ratings()
    if not count:
        return html.Html()
    whole, tenth = divmod(round(stars * 10 / count), 10)
    return texts.RATINGS(count=money.dotted(count), whole=whole, tenth=tenth)


def _period(row: Figures) -> html.Html:
    return texts.PERIOD(
        period=texts.PERIODS[row.period],
        revenue=money.rupiah(row.revenue),
        items=money.dotted(row.items),
        buyers=money.dotted(row.buyers),
        orders=money.dotted(row.orders),
        success=f"{row.success * 100:.0f} %" if row.success is not None else "–",
        deposits=money.rupiah(row.deposits),
        new_users=money.dotted(row.new_users),
        claims=texts.CLAIMS(claims=money.dotted(row.claims)) if row.claims else "",
    )
