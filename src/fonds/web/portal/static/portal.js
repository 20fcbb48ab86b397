// Small comforts; every page works without them.
"use strict";

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.submit());
}
document.querySelector("form[data-send]")?.requestSubmit(); // a step of signing out
for (const button of document.querySelectorAll("button[data-hide]")) {
  button.hidden = true;
}
// On a small screen the facets open on demand; beside a list they are open.
const refine = document.querySelector("details.refine");
if (refine && window.matchMedia("(min-width: 52.01rem)").matches) {
  refine.open = true;
}
// "/" goes to the search box, as in other libraries.
document.addEventListener("keydown", (event) => {
  const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.getElementById("q")?.focus();
  }
});

// Copy: a reference, a link, an address of the API.
function offerCopies() {
  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
}
offerCopies();
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
  const before = button.textContent;
  button.textContent = button.dataset.said;
  setTimeout(() => { button.textContent = before; }, 2000);
});
// A style of citation is written in place; without this the link leads to its page.
for (const list of document.querySelectorAll("[data-styles]")) {
  list.addEventListener("click", async (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const written = page.querySelector(".citation");
    if (!answer.ok || !written) { location.assign(link.href); return; }
    document.querySelector(list.dataset.styles).replaceChildren(...written.childNodes);
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
}

// What this browser remembers: searches and a selection. Nothing of it is sent anywhere.
const kept = {
  read(name) {
    try { return JSON.parse(localStorage.getItem(name)) ?? []; } catch { return []; }
  },
  write(name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* private window: not kept */ }
  },
};
const grouped = (count) => Number(count).toLocaleString(document.documentElement.lang);

// The search that is shown joins the history; the first page lists it.
const said = document.getElementById("said");
if (said?.dataset.label) {
  const { address, label, count } = said.dataset;
  const others = kept.read("fonds.history").filter((one) => one.address !== address);
  kept.write("fonds.history", [{ address, label: label.slice(0, 200), count }, ...others].slice(0, 30));
}
const history_ = document.getElementById("history");
if (history_) {
  const list = history_.querySelector("ol");
  const show = () => {
    const searches = kept.read("fonds.history").filter((one) => String(one.address).startsWith("/?"));
    history_.hidden = searches.length === 0;
    list.replaceChildren(...searches.slice(0, 12).map((one) => {
      const [item, link, count] = ["li", "a", "span"].map((name) => document.createElement(name));
      link.href = one.address;
      link.textContent = one.label;
      const { one: single, many } = history_.dataset;
      count.textContent = Number(one.count) === 1 ? single : many.replace("{count}", grouped(one.count));
      item.append(link, " ", count);
      return item;
    }));
  };
  document.getElementById("history-clear").addEventListener("click", () => { kept.write("fonds.history", []); show(); });
  show();
}

// The selection, for a corpus.
const picked = document.getElementById("picked");
if (picked) {
  const buttons = [...document.querySelectorAll("button[data-add]")];
  for (const button of buttons) button.dataset.rest = button.textContent;
  const show = () => {
    const arks = kept.read("fonds.picked");
    for (const button of buttons) {
      const isIn = arks.includes(button.dataset.add);
      button.hidden = false;
      button.setAttribute("aria-pressed", String(isIn));
      button.textContent = isIn ? `✓ ${button.dataset.said}` : button.dataset.rest;
    }
    picked.hidden = arks.length === 0;
    const { one, many } = picked.dataset;
    document.getElementById("picked-count").textContent = arks.length === 1 ? one : many.replace("{count}", grouped(arks.length));
    const query = new URLSearchParams({ q: `arkIstex.raw:(${arks.map((ark) => `"${ark}"`).join(" ")})` });
    document.getElementById("picked-view").href = `/?${query}`;
    document.getElementById("picked-corpus")?.setAttribute("href", `/corpus/new?${query}`);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const ark = button.dataset.add;
      const arks = kept.read("fonds.picked");
      kept.write("fonds.picked", arks.includes(ark) ? arks.filter((one) => one !== ark) : [...arks, ark].slice(-500));
      show();
    });
  }
  document.getElementById("picked-clear").addEventListener("click", () => { kept.write("fonds.picked", []); show(); });
  show();
}

// A form with a preview: the parts of the page that it names follow what is typed and chosen.
for (const form of document.querySelectorAll("form[data-preview]")) {
  let waiting, asked;
  const parts = () => document.querySelectorAll(form.dataset.preview);
  const busy = (is) => { for (const part of parts()) part.setAttribute("aria-busy", is); };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    busy(true);
    waiting = setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      try {
        const answer = await fetch(address, { signal: asked.signal });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const made = page.querySelectorAll(form.dataset.preview);
        if (!made.length) { location.assign(address); return; } // the page itself says what is wrong
        for (const part of made) document.getElementById(part.id)?.replaceChildren(...part.childNodes);
        if ("address" in form.dataset) history.replaceState(null, "", address);
        busy(false);
        offerCopies();
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    }, 300);
  });
}

// A call of the API is run in place; without this its answer is a page.
for (const form of document.querySelectorAll("form[data-run]")) {
  const [place, said] = ["div", "p"].map((name) => document.createElement(name));
  said.className = "unseen";
  said.setAttribute("role", "status"); // the outcome is told, not the whole answer
  form.after(said, place);
  form.addEventListener("submit", async (event) => {
    if (document.getElementById("ran")) return; // the page of the answer itself
    event.preventDefault();
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const ran = page.getElementById("ran");
      if (!ran) { location.assign(address); return; }
      ran.removeAttribute("id");
      place.replaceChildren(ran);
      said.textContent = ran.querySelector("p").textContent;
    } catch {
      location.assign(address);
    } finally {
      form.removeAttribute("aria-busy");
    }
  });
}
