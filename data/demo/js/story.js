// The six steps of the tour.  Each knows when it is done, what to point at, and how to do it itself.

import * as api from "./api.js";
import { step as turn } from "./clock.js";
import { day, lower } from "./dom.js";
import { open, paneOf } from "./panes.js";
import { fromBot, isOpen, on, state } from "./store.js";
import { showSession } from "./timeline.js";

const GOING = "Tham dự";
const MOVE = "Xin đổi lịch";
const AGREE = "Đồng ý";
const CONFIRM = "Xác nhận";
const WITHDRAW = "Rút đề nghị";
const AWAY = new Set(["Quay lại", WITHDRAW, "Huỷ", "Hủy", "Thôi", "Rút lại"]);

let pressed = []; // [{chat, label}] since the tour began
let before = { date: null, guestLast: 0 };

on("pressed", (one) => { pressed.push(one); });

const story = () => state.stage.story;
const session = () => state.stage.sessions.find((one) => one.code === story().session);
const name = (chat) => state.byChat.get(chat)?.name ?? "";
const wasPressed = (chat, ...labels) => pressed.some((one) => one.chat === chat && labels.includes(one.label));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function begin() {
  pressed = [];
  before = { date: session()?.date ?? null, guestLast: 0 };
}

/** What a reload must not forget. */
export const saved = () => ({ pressed, before });
export function restore(kept) { ({ pressed, before } = kept); }

/** The newest message of a chat that has this button: [message, label]. */
function offer(chat, label) {
  const message = fromBot(chat).find((one) => one.rows.flat().some((button) => button.label === label));
  return message ? [message, label] : null;
}

/** In the dialog of asking to move: what to press next. */
function nextOfDialog(chat) {
  if (offer(chat, WITHDRAW)) return null; // it was sent: what is left is to wait for it to arrive
  const confirm = offer(chat, CONFIRM);
  if (confirm) return confirm;
  if (!wasPressed(chat, MOVE)) return offer(chat, MOVE);
  const last = fromBot(chat)[0];
  const button = last?.rows.flat().find((one) => !one.url && !AWAY.has(one.label));
  return button ? [last, button.label] : offer(chat, MOVE);
}

function keyOf(chat, found) {
  if (!found) return null;
  const node = paneOf(chat)?.nodes.get(found[0].id);
  return [...(node?.querySelectorAll(".key") ?? [])].find((key) => key.dataset.label === found[1]) ?? null;
}

const personRow = (chat) => document.querySelector(`.person[data-chat="${chat}"]`);
const pointAt = (chat, found) => [isOpen(chat) ? keyOf(chat, found) : personRow(chat)];

/** Presses until `done`, as the person would; each press waits for the chat to answer. */
async function pressUntil(chat, find, done) {
  await open(chat, { beside: true, focus: false });
  for (let tries = 0; tries < 10 && !done(); tries += 1) {
    const key = keyOf(chat, find());
    if (!key) { await pause(400); continue; }
    key.scrollIntoView({ block: "nearest" });
    await pause(450);
    const shown = JSON.stringify(fromBot(chat).slice(0, 2));
    key.click();
    for (let wait = 0; wait < 100 && JSON.stringify(fromBot(chat).slice(0, 2)) === shown; wait += 1) await pause(100);
  }
}

const invited = () => Boolean(offer(story().guest, GOING))
  && state.stage.log.some((one) => one.chat_id === story().guest && one.session === story().session);
const told = () => (fromBot(story().guest)[0]?.id ?? 0) > before.guestLast;
const asked = () => Boolean(offer(story().authority, AGREE));
const moved = () => session()?.date !== before.date;

export const steps = [
  {
    title: "Lời mời đến",
    text: (done) => done
      ? `${name(story().guest)} vừa nhận lời mời. Bên dưới là danh sách ai được báo, theo quy định nào.`
      : `Đây là một năm học của ${lower(state.stage.cluster)}: ${state.people.filter((one) => !one.group).length} người, mỗi người một điện thoại. Bấm «Đến thông báo kế tiếp» cho tới khi ${name(story().guest)} được mời dự buổi ${story().session}.`,
    done: invited,
    target: () => [document.getElementById("next")],
    help: async () => { for (let i = 0; i < 40 && !invited(); i += 1) if (!(await turn("next"))) break; },
  },
  {
    title: "Có người trả lời",
    text: () => `Mở ${name(story().guest)} rồi bấm «${GOING}» trên lời mời. Trường đăng cai thấy ngay số người dự.`,
    done: () => wasPressed(story().guest, GOING, "Vắng mặt"),
    target: () => pointAt(story().guest, offer(story().guest, GOING)),
    help: () => pressUntil(story().guest, () => offer(story().guest, GOING), () => wasPressed(story().guest, GOING)),
  },
  {
    title: "Trường đăng cai xin đổi lịch",
    text: () => `Mở ${name(story().host)}, bấm «${MOVE}», chọn lý do và ngày, rồi «${CONFIRM}». Ngày cũ vẫn giữ cho đến khi có quyết định.`,
    done: asked,
    target: () => pointAt(story().host, nextOfDialog(story().host)),
    help: async () => {
      if (!nextOfDialog(story().host) && !offer(story().host, WITHDRAW)) { await api.type(story().host, "/doilich"); pressed.push({ chat: story().host, label: MOVE }); }
      await pressUntil(story().host, () => nextOfDialog(story().host), asked);
    },
  },
  {
    title: "Cơ quan quản lý quyết định",
    text: () => `Đề nghị đã tới ${name(story().authority)}. Mở ra và bấm «${AGREE}».`,
    enter: () => { before.guestLast = Math.max(0, ...fromBot(story().guest).map((one) => one.id)); },
    done: moved,
    target: () => pointAt(story().authority, offer(story().authority, CONFIRM) ?? offer(story().authority, AGREE)),
    help: () => pressUntil(story().authority, () => offer(story().authority, CONFIRM) ?? offer(story().authority, AGREE), moved),
  },
  {
    title: "Mọi người được báo",
    text: (done) => done
      ? `Tin đổi ngày đã tới ${name(story().guest)} và những ai đã được báo ngày cũ. Danh sách nằm ở «Vừa xảy ra».`
      : told() ? `Mở ${name(story().guest)} để đọc tin đổi ngày.` : "Đang ngoài giờ nhắn tin: bấm «Đến thông báo kế tiếp».",
    stay: true,
    done: () => told() && isOpen(story().guest),
    target: () => told() ? [personRow(story().guest)] : [document.getElementById("next")],
    help: async () => {
      for (let i = 0; i < 5 && !told(); i += 1) if (!(await turn("next"))) break;
      await open(story().guest, { beside: true, focus: false });
    },
  },
  {
    title: "Ngày mới, hạn mời mới",
    text: () => {
      const { date, deadline } = session() ?? {};
      return `Buổi ${story().session} nay vào ${date ? lower(day(date)) : "ngày mới"}`
        + `${deadline ? `; hạn mời cơ quan quản lý tính lại: ${lower(day(deadline))}` : ""}. Mọi thông báo sau đi theo ngày này.`;
    },
    stay: true,
    enter: () => showSession(story().session),
    done: () => true,
    target: () => [document.querySelector(`.session[data-session="${CSS.escape(story().session)}"]`)],
    help: async () => {},
  },
];
