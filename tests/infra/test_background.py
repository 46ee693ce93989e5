"""What runs in the background ends with its context, even if it does not hear it at first."""

import asyncio

from structlog.testing import capture_logs

from app.infra import background


async def forever() -> None:
    await asyncio.Event().wait()


async def deaf_once(woken: asyncio.Event) -> None:
    """Waits as redis-py does: the cancellation comes as the wait is over, and is lost."""
    await asyncio.wait_for(woken.wait(), 60)
    await forever()


def test_what_runs_in_the_background_ends_with_the_context():
    async def process() -> set[asyncio.Task]:
        async with background.running(forever(), forever()):
            await asyncio.sleep(0)
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(process()) == set()


def test_a_lost_cancellation_is_said_again():
    async def process() -> None:
        woken = asyncio.Event()
        async with asyncio.timeout(20), background.running(deaf_once(woken)):
            await asyncio.sleep(0)  # it waits
            await asyncio.sleep(0)
            woken.set()
            await asyncio.sleep(0)  # the wait is over, and it does not know yet

    asyncio.run(process())


def test_one_that_failed_keeps_nobody_and_is_told_of():
    async def fails() -> None:
        raise ValueError

    async def process() -> None:
        async with background.running(fails(), forever()):
            await asyncio.sleep(0)

    with capture_logs() as lines:
        asyncio.run(process())
    assert [type(line["exc_info"]) for line in lines] == [ValueError]
