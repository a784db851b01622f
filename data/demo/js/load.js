// The visitor's own plan and roster: a dialog, or dropped anywhere on the page.

import * as api from "./api.js";
import { $, notice } from "./dom.js";

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

function put(input, file) {
  const box = new DataTransfer();
  box.items.add(file);
  input.files = box.files;
  label(input);
}

/** The chosen file's name, in the box under the input. */
function label(input) {
  const box = input.nextElementSibling;
  box.textContent = input.files[0]?.name ?? "Chọn tệp hoặc thả vào trang";
  box.classList.toggle("full", input.files.length > 0);
}

/** Which of the files is the roster: a table whose name says so, or the .csv; the other is the plan. */
function sort(files) {
  const named = /danh.?s[aá]ch|roster|nhân sự|nhan.?su|\.csv$/i;
  for (const file of files) put(named.test(file.name.normalize("NFC")) ? $("load-roster") : $("load-plan"), file);
}

function show() {
  $("load-error").textContent = "";
  if (!$("load").open) $("load").showModal();
}

async function go() {
  const plan = $("load-plan").files[0];
  const roster = $("load-roster").files[0];
  const error = $("load-error");
  if (!plan || !roster) {
    error.textContent = plan ? "Còn thiếu danh sách người." : "Còn thiếu kế hoạch.";
    return;
  }
  error.textContent = "";
  $("load-go").disabled = true;
  $("load-go").textContent = "Đang đọc…";
  try {
    await api.load(plan, roster);
    $("load").close();
    notice(`Đã bắt đầu với ${plan.name}.`);
  } catch (problem) {
    error.textContent = problem.message;
  } finally {
    $("load-go").disabled = false;
    $("load-go").textContent = "Bắt đầu";
  }
}

export function start() {
  $("load-open").addEventListener("click", show);
  $("load-go").addEventListener("click", go);
  for (const input of [$("load-plan"), $("load-roster")]) input.addEventListener("change", () => label(input));
  let inside = 0;
  const cover = (visible) => { $("drop").hidden = !visible; if (!visible) inside = 0; };
  document.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    inside += 1;
    if (!event.target.closest?.(".composer")) cover(true);
  });
  document.addEventListener("dragleave", () => { inside -= 1; if (inside <= 0) cover(false); });
  document.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  document.addEventListener("drop-done", () => cover(false));
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    cover(false);
    sort(event.dataTransfer.files);
    show();
  });
}
