// What the page knows, and who wants to hear of changes.

import * as api from "./api.js";
import * as memory from "./memory.js";

export const state = {
  stage: null,
  people: [],
  daysOff: [],
  byChat: new Map(), // chat id → person
  chats: new Map(), // chat id → {messages: Map | null, waiting: [] | null, unread, last, commands}
  open: [], // [{chat, pinned}] from left to right
};

const listeners = new Map();

/** Topics: state, stage, message, edit, delete, answer, typing, open, unread, pressed. */
export function on(topics, listener) {
  for (const topic of topics.split(" ")) {
    if (!listeners.has(topic)) listeners.set(topic, []);
    listeners.get(topic).push(listener);
  }
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail, topic);
}

export const isOpen = (chat) => state.open.some((pane) => pane.chat === chat);

/** Everything anew: at the start, after a lost connection, with another plan. */
export async function refresh() {
  const fresh = await api.getState();
  state.stage = fresh.stage;
  state.people = fresh.people;
  state.daysOff = fresh.days_off;
  state.byChat = new Map(fresh.people.filter((one) => one.chat_id !== null).map((one) => [one.chat_id, one]));
  state.chats = new Map();
  for (const chat of state.byChat.keys()) {
    state.chats.set(chat, { messages: null, waiting: null, commands: [], ...(fresh.chats[chat] ?? { unread: 0, last: null }) });
  }
  if (!memory.meet(fresh.run)) state.open = [];
  else if (!state.open.length) state.open = memory.recall("open") ?? [];
  state.open = state.open.filter((pane) => state.chats.has(pane.chat));
  await Promise.all(state.open.map((pane) => ensure(pane.chat)));
  for (const pane of state.open) looked(pane.chat);
  emit("state");
  emit("stage");
}

/** The chat with its messages; events that arrive while they are fetched are applied afterwards. */
export async function ensure(chat) {
  const about = state.chats.get(chat);
  if (!about || about.messages) return about;
  if (!about.loading) {
    about.waiting = [];
    about.loading = api.getChat(chat).then((fetched) => {
      about.messages = new Map(fetched.messages.map((message) => [message.id, message]));
      about.commands = fetched.commands;
      for (const apply of about.waiting) apply();
      about.waiting = about.loading = null;
    });
  }
  await about.loading;
  return about;
}

function whenLoaded(about, apply) {
  if (about.waiting) about.waiting.push(apply);
  else if (about.messages) apply();
}

export function arrived(message, topic) {
  const about = state.chats.get(message.chat);
  if (!about) return;
  whenLoaded(about, () => about.messages.set(message.id, message));
  if (topic === "message") {
    about.last = message;
    if (message.bot && isOpen(message.chat)) lookSoon(message.chat);
    else if (message.bot) about.unread += 1;
    emit("unread", message.chat);
  } else if (about.last?.id === message.id) {
    about.last = message;
    emit("unread", message.chat);
  }
  emit(topic, message);
}

/** The chat is before the visitor's eyes: nothing in it is unread, in other tabs too. */
export function looked(chat) {
  const about = state.chats.get(chat);
  if (!about) return;
  about.unread = 0;
  api.lookedAt(chat, about.last?.id).catch(() => { /* the connection is gone: the page says so already */ });
}

const looking = new Map();
function lookSoon(chat) {
  clearTimeout(looking.get(chat));
  looking.set(chat, setTimeout(() => { if (isOpen(chat)) looked(chat); }, 300));
}

/** Somebody looked, in this tab or in another. */
export function wasRead({ chat, unread }) {
  const about = state.chats.get(chat);
  if (!about) return;
  about.unread = isOpen(chat) ? 0 : unread;
  emit("unread", chat);
}

export function removed({ chat, id }) {
  const about = state.chats.get(chat);
  if (!about) return;
  whenLoaded(about, () => about.messages.delete(id));
  emit("delete", { chat, id });
}

export function staged(stage) {
  state.stage = stage;
  emit("stage");
}

/** The bot's messages of a chat, newest first; [] while they are not loaded. */
export function fromBot(chat) {
  const messages = state.chats.get(chat)?.messages;
  return messages ? [...messages.values()].filter((message) => message.bot).reverse() : [];
}
