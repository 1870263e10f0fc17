// The review page: what is being typed is never overwritten, Save gets the focus once all is read, Ctrl+Enter saves.
const form = document.querySelector("form[data-review]");
const save = form?.querySelector("[data-save]");
const free = () => document.activeElement === document.body || document.activeElement === document.querySelector("main");

// The page's policy refuses inline styles, which htmx would carry over from the old field to the new.
if (window.htmx) window.htmx.config.attributesToSettle = ["class", "width", "height"];

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const slot = event.detail.target;
  const typed = [...slot.querySelectorAll("input:not([type=hidden]), select, textarea")].some((control) => control.value);
  if (typed || slot.contains(document.activeElement)) event.preventDefault();
});

document.addEventListener("htmx:afterSettle", () => {
  if (!form || form.querySelector("[data-reading]") || !free()) return;
  const empty = [...form.querySelectorAll("select[required], input[required]")].find((control) => !control.value && control.offsetParent);
  (empty ?? save).focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form) return;
  event.preventDefault();
  form.requestSubmit(save);
});
