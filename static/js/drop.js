// Files dragged onto the zone go into its ordinary file input; sending shows how far it is.
import { announce, each } from "./announce.js";

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function list(zone, input) {
  const place = zone.querySelector("[data-files]");
  place.replaceChildren(
    ...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("span"), { textContent: file.name }));
      line.append(Object.assign(document.createElement("small"), { className: "muted", textContent: size(file.size) }));
      return line;
    }),
  );
}

function accept(input, files) {
  const carried = new DataTransfer();
  const kept = input.multiple ? [...input.files, ...files] : [...files].slice(0, 1);
  for (const file of kept) carried.items.add(file);
  input.files = carried.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function send(form, zone, submitter) {
  const request = new XMLHttpRequest();
  const progress = zone.querySelector("[data-upload]");
  const words = progress.querySelector("[data-upload-words]");
  progress.hidden = false;
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.upload.addEventListener("progress", (event) => {
    const share = Math.round((100 * event.loaded) / event.total);
    progress.querySelector("progress").value = share;
    words.textContent = share < 100 ? `Sending: ${size(event.loaded)} of ${size(event.total)}` : "Sent. Reading the files…";
  });
  request.addEventListener("load", () => answered(request, form));
  request.addEventListener("error", () => {
    progress.hidden = true;
    announce("The files were not sent: the connection failed. They are still chosen; try again.");
  });
  request.send(new FormData(form, submitter));
}

// A redirect means accepted: go there. Otherwise the answer is this page again with what is wrong.
function answered(request, form) {
  if (request.responseURL !== form.action.split("#")[0]) return location.assign(request.responseURL);
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector("main");
  if (!fresh) return form.submit();
  document.querySelector("main").replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("assize:swap", { bubbles: true }));
  (fresh.querySelector("[data-error-summary]") ?? fresh).focus();
}

export function drop(root) {
  each(root, "[data-drop]", "drop", (zone) => {
    const input = zone.querySelector("input[type=file]");
    const form = zone.closest("form");
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    zone.addEventListener("dragleave", (event) => {
      if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
    });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      accept(input, event.dataTransfer.files);
    });
    input.addEventListener("change", () => list(zone, input));
    if (!form?.matches("[data-drop-form]")) return;
    form.addEventListener("submit", (event) => {
      if (!input.files.length) return;
      event.preventDefault();
      send(form, zone, event.submitter);
    });
  });
}
