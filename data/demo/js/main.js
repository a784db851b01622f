// Boots the page: its parts, the stream of events, the tabs of a narrow screen.

import * as api from "./api.js";
import * as clock from "./clock.js";
import { $, notice } from "./dom.js";
import * as feed from "./feed.js";
import * as load from "./load.js";
import * as panes from "./panes.js";
import * as people from "./people.js";
import { keep, recall } from "./memory.js";
import { arrived, emit, on, refresh, removed, staged, state, wasRead } from "./store.js";
import * as timeline from "./timeline.js";
import * as tour from "./tour.js";

for (const part of [people, panes, timeline, clock, feed, tour, load]) part.start();

on("state", () => {
  const { cluster, school_year: year, own } = state.stage;
  $("cluster").textContent = `${cluster} · ${year}${own ? " · kế hoạch của bạn" : ""}`;
});

let first = true;

async function renew() {
  try {
    await refresh();
    const wide = matchMedia("(min-width: 761px)").matches;
    const { guest, host } = state.stage.story ?? {};
    if (first && recall("view")) document.body.dataset.view = recall("view");
    if (!state.open.length && wide && guest) {
      await panes.open(guest, { focus: false });
      if (panes.hasRoom()) await panes.open(host, { beside: true, focus: false });
    }
    first = false;
  } catch (error) {
    notice(error.message, "error");
  }
}

const source = new EventSource("/api/events");
const hear = (kind, act) => source.addEventListener(kind, (event) => act(JSON.parse(event.data)));
source.onopen = renew;
hear("message", (message) => arrived(message, "message"));
hear("edit", (message) => arrived(message, "edit"));
hear("delete", removed);
hear("answer", (answer) => emit("answer", answer));
hear("typing", (typing) => emit("typing", typing));
hear("read", wasRead);
hear("stage", staged);
let renewing = 0;
hear("reset", () => { clearTimeout(renewing); renewing = setTimeout(renew, 300); });
source.onerror = () => document.body.classList.add("offline");
on("state", () => document.body.classList.remove("offline"));

for (const tab of document.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", () => {
    document.body.dataset.view = tab.dataset.tab;
    tab.classList.remove("hint");
    emit("open", null);
  });
}
new MutationObserver(markTab).observe(document.body, { attributeFilter: ["data-view"] });
function markTab() {
  if (!first) keep("view", document.body.dataset.view);
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.tab === document.body.dataset.view));
  }
}
markTab();

$("restart").addEventListener("click", async () => {
  if (!confirm("Làm lại từ đầu với kế hoạch mẫu? Mọi tin nhắn đang có sẽ mất.")) return;
  try {
    first = true;
    await api.restart();
  } catch (error) {
    notice(error.message, "error");
  }
});
