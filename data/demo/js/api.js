// Requests to our own server.  A refusal becomes an Error whose message is a sentence to show.

async function read(reply) {
  let answer = null;
  try { answer = await reply.json(); } catch { /* no JSON: a plain refusal */ }
  if (!reply.ok) throw new Error(answer?.error ?? "Máy chủ không trả lời được; hãy thử lại.");
  return answer;
}

async function ask(path, options) {
  let reply;
  try {
    reply = await fetch(path, options);
  } catch {
    throw new Error("Mất kết nối với chương trình trên máy này. Hãy xem nó còn chạy không.");
  }
  return read(reply);
}

const post = (path, given) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) });

function form(path, given) {
  const body = new FormData();
  for (const [name, value] of Object.entries(given)) body.append(name, value);
  return ask(path, { method: "POST", body });
}

export const getState = () => ask("/api/state");
export const getChat = (chat) => ask(`/api/chat/${chat}`);
export const preview = (file) => ask(`/api/preview/${file}`);
export const type = (chat, text) => post("/api/type", { chat, text });
export const press = (chat, message, row, column) => post("/api/press", { chat, message, row, column });
export const lookedAt = (chat, message) => post("/api/read", { chat, message });
export const attach = (chat, file) => form("/api/attach", { chat, file });
export const turn = (step) => post("/api/clock", { step });
export const load = (plan, roster) => form("/api/load", { plan, roster });
export const restart = () => post("/api/restart", {});
