// The options page: which archive, under which name, on which sites.
"use strict";

const form = document.getElementById("options");
const address = document.getElementById("address");
const name = document.getElementById("name");
const said = document.getElementById("said");
const sites = [...form.querySelectorAll('[name="site"]')];
document.title = say("options_title");

function asAddress(text) {
  try {
    const read = new URL(text.trim());
    return /^https?:$/.test(read.protocol) && !read.username ? read.href.replace(/\/+$/, "") : "";
  } catch {
    return "";
  }
}

async function answers(place) {
  try {
    return Array.isArray((await ask(place, "/lookup?doi=10.0000/none")).references);
  } catch {
    return false;
  }
}

readSettings().then((settings) => {
  address.value = settings.address;
  name.value = settings.name;
  for (const site of sites) site.checked = !settings.off.includes(site.value);
  document.getElementById("all").disabled = false; // not before: what is typed would be lost
  if (settings.managed) {
    address.readOnly = name.readOnly = true;
    said.textContent = say("options_managed");
  }
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = asAddress(address.value);
  address.setAttribute("aria-invalid", String(!chosen));
  if (!chosen) {
    said.textContent = say("options_bad_address");
    return address.focus();
  }
  const off = sites.filter((site) => !site.checked).map((site) => site.value);
  await api.storage.local.set({ address: chosen, name: name.value.trim(), off });
  said.textContent = say((await answers(chosen)) ? "options_saved" : "options_no_answer");
});
