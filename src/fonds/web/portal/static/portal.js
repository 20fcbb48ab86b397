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
