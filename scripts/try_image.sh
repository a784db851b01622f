#!/usr/bin/env bash
# What the Docker image does, without Docker: the same install steps in an empty environment, then what the
# image starts, under its settings, against a local Bot API server; health check and an orderly stop included.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

# Like `COPY . .` under .dockerignore: only what git knows.
mkdir "$work/src" "$work/data"
git -C "$here" ls-files -z | (cd "$here" && xargs -0 tar -cf -) | tar -xf - -C "$work/src"
sh "$work/src/scripts/install_image.sh" "$work/src" "$work/venv"
rm -rf "$work/src"
cd "$work/data"

token=7000000001:AAdemo-local-server-only-not-a-secret0
port=$((20000 + RANDOM % 20000))
"$work/venv/bin/python" -m bot.demo.botapi --port "$port" >"$work/api.log" 2>&1 &
export PATH="$work/venv/bin:$PATH" DATABASE_URL="sqlite:///$work/data/nhaclich.db"
export TELEGRAM_BOT_TOKEN=$token TELEGRAM_API_URL="http://127.0.0.1:$port"
sleep 2
nhaclich run >"$work/run.log" 2>&1 &
bot=$!
for _ in $(seq 1 60); do
  if nhaclich doctor --health >/dev/null 2>&1; then
    healthy=yes
    break
  fi
  sleep 1
done
if [ "${healthy:-no}" != yes ]; then
  echo "the image's command did not become healthy:"
  cat "$work/run.log"
  exit 1
fi
kill -TERM "$bot"
wait "$bot"
if grep -q "$token" "$work/run.log"; then
  echo "the token is in the log"
  exit 1
fi
echo "image steps: installed, healthy, stopped in order"
