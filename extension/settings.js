// What the reader chose, and what their institution set for them: the latter wins.
"use strict";

const api = globalThis.browser ?? globalThis.chrome;
const SITES = ["scholar", "pubmed", "wikipedia"];

async function managed() {
  try {
    return await api.storage.managed.get(["address", "name"]);
  } catch {
    return {}; // Firefox without a policy
  }
}

async function readSettings() {
  const own = await api.storage.local.get({ address: "", name: "", off: [] });
  const set = await managed();
  const address = (set.address || own.address).replace(/\/+$/, "");
  const host = URL.canParse(address) ? new URL(address).hostname : "";
  const name = set.name || own.name || host;
  return { address, name, off: own.off, managed: Boolean(set.address) };
}

// Asks the archive; no cookies, no address of the page.
async function ask(address, path, options = {}) {
  const answer = await fetch(address + path, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(8000),
    ...options,
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
