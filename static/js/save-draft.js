// Nothing typed is lost: form[data-draft="key"] is kept in this tab until the server has taken it.
import { each } from "./announce.js";

const PREFIX = "draft:";
const skip = (control) => !control.name || /^(password|file|hidden|submit|button)$/.test(control.type) || control.matches("[data-no-draft]");
const controls = (form) => [...form.elements].filter((control) => !skip(control));

function values(form) {
  return controls(form).map((control) => [control.name, control.value, /^(checkbox|radio)$/.test(control.type) ? control.checked : null]);
}

function restore(form, kept) {
  let changed = false;
  for (const control of controls(form)) {
    const choice = /^(checkbox|radio)$/.test(control.type);
    const saved = kept.find(([name, value]) => name === control.name && (!choice || value === control.value));
    if (!saved || (choice ? control.checked === saved[2] : control.value === saved[1])) continue;
    if (choice) control.checked = saved[2];
    else control.value = saved[1];
    changed = true;
  }
  return changed;
}

function tell(form, key, at) {
  const line = document.createElement("p");
  line.className = "draft";
  line.setAttribute("role", "status");
  line.append(`What you typed at ${new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })} is back. `);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Start afresh" });
  button.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.reset();
    line.remove();
    controls(form)[0]?.focus();
  });
  line.append(button);
  form.prepend(line);
}

function follow(form) {
  const key = PREFIX + form.dataset.draft;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  const again = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  const answered = form.querySelector("[aria-invalid=true]");
  if (kept && !answered && (!kept.sent || again) && restore(form, kept.values)) tell(form, key, kept.at);
  else if (kept?.sent && !answered) sessionStorage.removeItem(key);

  let timer;
  const keep = (sent) => sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, values: values(form) }));
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      keep(false);
      const place = form.querySelector("[data-saved]");
      if (place) place.textContent = "Kept in this tab";
    }, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(true);
  });
}

export function draft(root) {
  each(root, "form[data-draft]", "draft", follow);
  each(root, "form[data-sign-out]", "draft", (form) => form.addEventListener("submit", () => sessionStorage.clear()));
  if (root !== document) return;
  const here = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => PREFIX + form.dataset.draft));
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !here.has(key) && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  }
}
