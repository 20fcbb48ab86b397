// Asks the archive for the articles of a page: the only part that speaks to the network.
"use strict";

if (globalThis.importScripts) importScripts("settings.js");

const KEPT = 10 * 60 * 1000; // milliseconds for which an answer is believed
const MOST_KEPT = 500;

const keyOf = ({ id, ...reference }) => JSON.stringify(reference);

async function lookUp({ references, site }) {
  const { address, name, off } = await readSettings();
  if (!address || off.includes(site)) return { name, found: [] };
  const { kept = {}, at } = await api.storage.session.get(["kept", "at"]);
  const known = at === address ? kept : {};
  const now = Date.now();
  const fresh = (reference) => now - (known[keyOf(reference)]?.time ?? 0) < KEPT;
  const asked = references.filter((reference) => !fresh(reference));
  if (asked.length) {
    const body = JSON.stringify({ references: asked });
    const headers = { "Content-Type": "application/json" };
    const answer = await ask(address, "/lookup", { method: "POST", body, headers });
    const byId = new Map(answer.references.map((one) => [one.id, one]));
    for (const one of asked) known[keyOf(one)] = { time: now, answer: byId.get(one.id) ?? null };
    const newest = Object.entries(known).sort(([, a], [, b]) => b.time - a.time);
    await api.storage.session.set({
      kept: Object.fromEntries(newest.slice(0, MOST_KEPT)),
      at: address,
    });
  }
  const found = references
    .map((one) => ({ ...known[keyOf(one)]?.answer, id: one.id }))
    .filter((one) => one.document?.startsWith(`${address}/`));
  return { name, found };
}

api.runtime.onMessage.addListener((message, sender, respond) => {
  if (message?.type !== "lookup") return false;
  lookUp(message).then(respond, () => respond({ name: "", found: [] }));
  return true; // the answer comes later
});

api.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason === "install" && !(await readSettings()).address) api.runtime.openOptionsPage();
});
