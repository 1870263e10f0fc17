// Starts every enhancement on the page and on whatever htmx brings in later. Nothing here is needed to use Assize.
import { draft } from "./save-draft.js";
import { drop } from "./drop.js";
import { keys } from "./keys.js";
import { reorder } from "./reorder.js";
import { selection } from "./selection.js";
import { suggest } from "./suggest.js";
import { theme } from "./theme.js";

document.documentElement.classList.add("js");

function start(root) {
  for (const enhance of [suggest, selection, reorder, drop, draft]) enhance(root);
}

function once() {
  theme();
  keys();
  const foot = document.body.dataset.printFoot;
  if (foot) document.documentElement.style.setProperty("--print-foot", JSON.stringify(foot));
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
  for (const row of document.querySelectorAll("[data-for]")) row.hidden = !document.querySelector(row.dataset.for);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}

once();
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("assize:swap", (event) => start(event.target));
