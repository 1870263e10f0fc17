// Order by drag, or Alt+Up and Alt+Down, or the buttons; the form is saved in the background after each move.
import { announce, each } from "./announce.js";

const items = (list) => [...list.querySelectorAll(":scope > [data-item]")];
const name = (item) => item.querySelector(".item").firstChild.textContent.trim();

const count = (number, word) => `${number.toLocaleString("en-GB")} ${word}${number === 1 ? "" : "s"}`;

// Where rows say how many pages they have: first pages and totals follow every move, before it is saved.
function total(form) {
  if (!form.dataset.indexPages) return;
  let page = Number(form.dataset.indexPages) + 1;
  for (const list of form.querySelectorAll(".reorder")) {
    const before = page;
    for (const item of items(list)) {
      const first = item.querySelector("[data-first]");
      if (first) first.textContent = page.toLocaleString("en-GB");
      page += Number(item.dataset.pages);
    }
    const words = list.closest("section").querySelector("[data-section-total]");
    const documents = list.childElementCount;
    words.textContent = documents ? `${count(documents, "document")}, ${count(page - before, "page")}` : "Empty";
  }
}

function place(item) {
  const list = item.parentElement;
  item.querySelector("input[type=hidden]").name = list.dataset.orderName;
  const within = list.getAttribute("aria-label");
  return `${name(item)}: ${items(list).indexOf(item) + 1} of ${items(list).length}${within ? ` in ${within}` : ""}`;
}

async function save(form, item) {
  const words = place(item);
  total(form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
    if (answer.status === 409) return announce(`Not saved. ${await answer.text()}`);
    if (!answer.ok) throw new Error(answer.statusText);
    announce(words);
  } catch {
    announce(`Not saved: ${words}. Reload the page to see the saved order, then move it again.`);
  }
}

function shift(form, item, by) {
  const lists = [...form.querySelectorAll(".reorder")];
  const list = item.parentElement;
  const next = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (next) by < 0 ? next.before(item) : next.after(item);
  else {
    const other = lists[lists.indexOf(list) + by];
    if (!other) return announce(by < 0 ? "Already first." : "Already last.");
    by < 0 ? other.append(item) : other.prepend(item);
  }
  return save(form, item);
}

function drags(form, list) {
  for (const item of items(list)) item.draggable = !("fixed" in item.dataset);
  list.addEventListener("dragstart", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item.draggable) return event.preventDefault();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.item);
    item.classList.add("dragging");
  });
  list.addEventListener("dragover", (event) => {
    const item = form.querySelector(".dragging");
    if (!item) return;
    event.preventDefault();
    const over = event.target.closest("[data-item]");
    if (!over) list.append(item);
    else if (over !== item) {
      const box = over.getBoundingClientRect();
      event.clientY < box.top + box.height / 2 ? over.before(item) : over.after(item);
    }
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item.classList.contains("dragging")) return;
    item.classList.remove("dragging");
    save(form, item);
  });
}

export function reorder(root) {
  each(root, "form[data-reorder]", "reorder", (form) => {
    for (const list of form.querySelectorAll(".reorder")) drags(form, list);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=move]");
      if (!button) return;
      event.preventDefault();
      shift(form, button.closest("[data-item]"), button.value.startsWith("up") ? -1 : 1);
      button.focus();
    });
    form.addEventListener("keydown", (event) => {
      const item = event.target.closest("[data-item]");
      if (!item || "fixed" in item.dataset || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      shift(form, item, event.key === "ArrowUp" ? -1 : 1);
      event.target.focus();
    });
  });
}
