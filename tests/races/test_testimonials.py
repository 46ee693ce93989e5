"""Stars given twice at once count once, and two jobs never make two posts of one testimonial."""

from app.people import channel
from app.sales import testimonials
from models import Product, Testimonial
from tests.support import broken, racing
from tests.support.given import ALICE


def taps(count=4):
    order = broken.delivered()
    return [lambda: testimonials.give(ALICE, order.id, 5)] * count


def test_stars_tapped_at_once_are_one_rating():
    results = racing.together(*taps())

    assert racing.kinds(results) == ["RatedBefore"] * 3 + ["ok"]
    assert (Product.get().ratings, Product.get().stars) == (1, 5)


def test_without_the_index_taps_at_once_are_many_ratings():
    with racing.without_index("testimonial_order"):
        results = racing.together(*taps())

        assert racing.kinds(results) == ["ok"] * 4
        assert Product.get().ratings == Testimonial.select().count() == 4


def posting():
    channel.choose(channel.Channel(-1002, "@kanal", "Kanal"))
    return taps(1)[0]().id


def test_one_of_many_jobs_takes_a_post():
    one = posting()

    results = racing.together(*[lambda: testimonials.take(one)] * 4)

    assert sum(taken is not None for taken in results) == 1


def test_without_the_compare_two_jobs_take_it():
    one = posting()
    free = racing.Guard(r'\(\("testimonial"\."taken_at" IS NULL\) OR (.*?)\)\)', r"(TRUE OR \1))")

    results = racing.overtaken(*[lambda: testimonials.take(one)] * 2, free)

    assert None not in results


def test_stars_hidden_by_two_at_once_are_taken_off_once():
    one = posting()

    results = racing.together(*[lambda: testimonials.hide(one)] * 4)

    assert sorted(results) == [False] * 3 + [True]
    assert (Product.get().ratings, Product.get().stars) == (0, 0)
