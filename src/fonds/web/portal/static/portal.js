// Small comforts; every page works without them.
"use strict";

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.submit());
}
for (const button of document.querySelectorAll("button[data-hide]")) {
  button.hidden = true;
}
// On a small screen the list comes first; the facets open on demand.
const refine = document.querySelector("details.refine");
if (refine && window.matchMedia("(max-width: 52rem)").matches) {
  refine.open = false;
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
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
    const before = button.textContent;
    button.textContent = button.dataset.said;
    setTimeout(() => { button.textContent = before; }, 2000);
  });
}
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
