// Puts the words of the reader's language into a page.
"use strict";

const say = (key, ...values) => api.i18n.getMessage(key, values);

document.documentElement.lang = say("language"); // of these words, not of the browser
for (const place of document.querySelectorAll("[data-said]")) {
  place.textContent = say(place.dataset.said);
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}
