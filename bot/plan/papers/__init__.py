"""Papers of the genre that are no plan: a giấy mời, a thông báo đổi lịch, a chat pasted whole."""
