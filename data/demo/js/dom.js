// Building nodes, and dates as people write them.  Text only ever enters as text nodes.

export const $ = (id) => document.getElementById(id);

/** h("button.key", {onclick, "aria-label": …}, child, child …) → an element; null children are left out. */
export function h(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const ZONE = "Asia/Ho_Chi_Minh";
const WEEKDAYS = { Mon: "Thứ Hai", Tue: "Thứ Ba", Wed: "Thứ Tư", Thu: "Thứ Năm", Fri: "Thứ Sáu", Sat: "Thứ Bảy", Sun: "Chủ nhật" };
const format = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, weekday: "short", day: "2-digit", month: "2-digit", year: "numeric",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/** The parts of an instant (ISO with offset) or of a day ("2023-10-12"), in Vietnam. */
export function parts(iso) {
  const instant = new Date(iso.length === 10 ? `${iso}T12:00:00+07:00` : iso);
  const found = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return { ...found, weekday: WEEKDAYS[found.weekday], key: `${found.year}-${found.month}-${found.day}` };
}

/** "Thứ Năm 12/10/2023" */
export function day(iso) {
  const at = parts(iso);
  return `${at.weekday} ${at.day}/${at.month}/${at.year}`;
}

/** "Thứ Năm 12/10" */
export function shortDay(iso) {
  const at = parts(iso);
  return `${at.weekday} ${at.day}/${at.month}`;
}

/** "08:00" */
export function time(iso) {
  const at = parts(iso);
  return `${at.hour}:${at.minute}`;
}

/** "08:00, thứ Năm 05/10" */
export function moment(iso) {
  return `${time(iso)}, ${lower(shortDay(iso))}`;
}

export const lower = (text) => (/^(Chủ|Thứ|Cụm) /.test(text) ? text[0].toLowerCase() + text.slice(1) : text);

/** Letters without marks, for searching: "Hiệu trưởng" → "hieu truong". */
export function bare(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}

/** Two letters for a picture: of the given name and the word before it. */
export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, " ").split(" ").filter(Boolean);
  return words.slice(-2).map((word) => word[0].toUpperCase()).join("");
}

/** A colour number 0 to 7, always the same for the same words. */
export function hue(text) {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % 8;
}

/** A sentence that goes away by itself after a while. */
export function notice(text, kind = "info") {
  const node = h(`p.${kind}`, {}, text);
  $("notices").append(node);
  setTimeout(() => node.remove(), 7000);
}

export function reveal(node) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: "nearest", inline: "center", behavior: calm ? "auto" : "smooth" });
}
