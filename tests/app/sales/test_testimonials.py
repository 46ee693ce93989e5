"""Stars: once an order, for goods that the buyer has and kept; what is hidden counts no more."""

import pytest
from cryptography.fernet import Fernet

import settings
from app.backoffice import privacy
from app.catalogue import products, ratings
from app.errors import Locked, NothingToRate, RatedBefore, Unknown
from app.people import channel
from app.sales import refunds, testimonials
from models import Product, Testimonial
from tests.support import bought, broken, given
from tests.support.given import ALICE, BOB, CHARLIE

KANAL = channel.Channel(-1002, "@kanal", "Kanal")


def rated(stars=5, user_id=ALICE):
    order = broken.delivered(user_id)
    return testimonials.give(user_id, order.id, stars)


def jobs():
    return [args[0] for args in given.promised("post_testimonial")]


def test_stars_count_for_the_product_and_are_told_to_the_audit():
    given_stars = rated(4)

    product = Product.get()
    assert (product.ratings, product.stars) == (1, 4)
    assert given.audited("order.rated") == [{"stars": 4}]
    assert testimonials.get(given_stars.id).stars == 4


def test_an_order_is_rated_once():
    first = rated(5)

    with pytest.raises(RatedBefore) as refusal:
        testimonials.give(ALICE, first.order_id, 1)

    assert refusal.value.stars == 5
    assert Product.get().stars == 5


def test_nobody_rates_somebody_else_s_order():
    order = broken.delivered(ALICE)
    given.person(CHARLIE, "Charlie")

    with pytest.raises(Unknown):
        testimonials.give(CHARLIE, order.id, 5)


@pytest.mark.parametrize("make", [given.order, broken.paid, broken.credited, given.deposit])
def test_what_was_not_handed_over_cannot_be_rated(make):
    order = make()

    with pytest.raises(NothingToRate):
        testimonials.give(ALICE, order.id, 5)


def test_a_refunded_order_cannot_be_rated():
    order = broken.delivered()
    refunds.give(order.id, 1_000, note="", actor_id=BOB)

    with pytest.raises(NothingToRate) as refusal:
        testimonials.give(ALICE, order.id, 5)

    assert refusal.value.is_refunded
    assert not testimonials.may_rate(order)


def test_the_line_of_text_is_written_once():
    order_id = rated().order_id
    testimonials.write(ALICE, order_id, "Cepat & aman")

    with pytest.raises(RatedBefore):
        testimonials.write(ALICE, order_id, "Lagi")

    assert testimonials.of_order(order_id).text == "Cepat & aman"
    assert len(given.audited("order.reviewed")[0]["mark"]) == 32


def test_words_without_stars_are_refused():
    with pytest.raises(Unknown):
        testimonials.write(ALICE, broken.delivered().id, "Bagus")


def test_without_a_channel_nothing_is_posted():
    rated(5)

    assert jobs() == []


@pytest.mark.parametrize(("stars", "posts"), [(5, 1), (4, 1), (3, 0), (1, 0)])
def test_good_ones_belong_in_the_channel(stars, posts):
    channel.choose(KANAL)

    rated(stars)

    assert len(jobs()) == posts


def test_a_bad_one_is_told_to_the_admins_and_a_middling_one_is_not():
    rated(3, user_id=7)
    assert given.told("rated_low") == []

    rated(2, user_id=8)
    assert given.told("rated_low") == [BOB]


def test_a_hidden_one_counts_no_more_until_it_is_shown_again():
    one = rated(5)

    assert testimonials.hide(one.id)
    assert not testimonials.hide(one.id)
    assert (Product.get().ratings, Product.get().stars) == (0, 0)

    assert testimonials.show_again(one.id)
    assert (Product.get().ratings, Product.get().stars) == (1, 5)
    assert (len(given.audited("order.rating_hidden")), len(given.audited("order.rating_shown"))) == (1, 1)


def test_hiding_what_may_just_be_posted_promises_that_it_goes():
    channel.choose(KANAL)
    one = rated(5)

    testimonials.hide(one.id)

    assert jobs() == [one.id, one.id]
    assert not testimonials.get(one.id).is_public


def test_one_job_at_a_time_is_at_work_on_a_post():
    one = rated(5)

    assert testimonials.take(one.id)
    assert testimonials.take(one.id) is None
    testimonials.let_go(one.id)
    assert testimonials.take(one.id)


def test_the_average_is_told_from_five_ratings_on():
    few, enough = Product(ratings=4, stars=20), Product(ratings=5, stars=23)

    assert ratings.average(few) is None
    assert ratings.average(enough) == 4.6


def test_who_is_forgotten_leaves_the_stars_and_nothing_else():
    channel.choose(KANAL)
    one = rated(5)
    testimonials.write(ALICE, one.order_id, "Mantap")
    testimonials.note_post(one.id, KANAL.id, 70)

    privacy.forget(ALICE)

    left = Testimonial.get_by_id(one.id)
    assert (left.text, left.stars, left.is_public) == (None, 5, False)
    assert products.get(Product.get().id).ratings == 1
    assert jobs()[-1] == one.id


def test_my_data_tells_the_stars_and_the_words():
    one = rated(4)
    testimonials.write(ALICE, one.order_id, "Lumayan")

    (told,) = privacy.export(ALICE)["testimonials"]

    assert (told["stars"], told["text"], told["in_channel"]) == (4, "Lumayan", False)


def test_a_channel_is_lost_once():
    channel.choose(KANAL)

    channel.lose(KANAL.id)
    channel.lose(KANAL.id)

    assert channel.current() is None
    assert given.told("channel_lost") == [BOB]
    assert broken.breaches() == []


def test_the_loss_of_a_former_channel_changes_nothing():
    channel.choose(KANAL)

    channel.lose(-9)

    assert channel.current() == KANAL


@pytest.mark.parametrize(
    ("text", "reveals"),
    [
        ("profilnya lancar", False),
        ("Premium-nya mantap", False),
        ("pakai rahasia77 aja", True),
        ("masuk pakai MAIL@Contoh.id", True),
        ("pinnya abc123 loh", True),
    ],
)
def test_what_everybody_knows_of_the_goods_is_no_secret(text, reveals):
    product = given.shared(["Netflix Premium mail@contoh.id|rahasia77|abc123"], 2, name="Netflix Premium 1M")
    given.person(ALICE)

    assert testimonials.reveals_goods(bought.buys(ALICE, product.id).id, text) is reveals


def test_nobody_can_tell_what_goods_of_a_lost_key_are():
    order = broken.delivered()

    with settings.override(stock_encryption_key=Fernet.generate_key().decode()), pytest.raises(Locked):
        testimonials.reveals_goods(order.id, "Lancar jaya")


def test_nobody_writes_under_somebody_else_s_order():
    order = broken.delivered()
    testimonials.give(ALICE, order.id, 5)
    given.person(CHARLIE)

    with pytest.raises(Unknown):
        testimonials.write(CHARLIE, order.id, "Penipu")


def test_what_a_forgotten_buyer_said_is_not_posted_again():
    channel.choose(KANAL)
    given_stars = rated(5)
    privacy.forget(ALICE)

    testimonials.hide(given_stars.id)
    testimonials.show_again(given_stars.id)

    assert not testimonials.get(given_stars.id).is_public
