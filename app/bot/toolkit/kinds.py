"""What a message of Telegram's is: something that a person sent, or news of the chat that nobody answers.

Only the news are listed: whatever a person sends is answered, in kinds that do not exist yet, too.
"""

from __future__ import annotations

from typing import Any

#: Bot API, Message: fields of service messages that happen by themselves, or to a group.
NEWS = frozenset({
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
    "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
    "channel_chat_created", "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id",
    "pinned_message", "connected_website", "write_access_allowed", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed",
    "paid_message_price_changed", "suggested_post_approved", "suggested_post_approval_failed",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "video_chat_scheduled",
    "video_chat_started", "video_chat_ended", "video_chat_participants_invited", "gift_upgrade_sent",
    "refunded_payment", "poll_option_added", "poll_option_deleted", "managed_bot_created",
})  # fmt: skip


def is_news(message: dict[str, Any]) -> bool:
    return not NEWS.isdisjoint(message)
