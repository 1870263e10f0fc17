// A text box that proposes as you type: ARIA 1.2 combobox over JSON from data-suggest?q=...
import { each } from "./announce.js";

let serial = 0;

export function suggest(root) {
  each(root, "[data-suggest-field]", "wire", (field) => {
    field.querySelector("input").dataset.suggest = field.dataset.suggestField;
  });
  each(root, "input[data-suggest]", "suggest", (input) => new Combobox(input));
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `suggest-${(serial += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.className = "combo-list";
    this.list.hidden = true;
    input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
      event.preventDefault();
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < 2) return this.close();
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const address = new URL(this.input.dataset.suggest, location.href);
      address.searchParams.set("q", words);
      const answer = await fetch(address, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show((await answer.json()).results);
    } catch (problem) {
      if (problem.name !== "AbortError") this.close();
    }
  }

  show(results) {
    if (!results.length || document.activeElement !== this.input) return this.close();
    this.list.replaceChildren(
      ...results.map((result, number) => {
        const option = document.createElement("li");
        option.setAttribute("role", "option");
        option.id = `${this.list.id}-${number}`;
        option.append(Object.assign(document.createElement("span"), { textContent: result.label }));
        if (result.detail) option.append(Object.assign(document.createElement("small"), { textContent: result.detail }));
        option.result = result;
        return option;
      }),
    );
    this.list.hidden = false;
    this.mark(-1);
    this.input.setAttribute("aria-expanded", "true");
  }

  mark(number) {
    this.at = number;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === number)));
    const option = this.list.children[number];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden) return;
    const size = this.list.children.length;
    if (event.key === "ArrowDown") this.mark((this.at + 1) % size);
    else if (event.key === "ArrowUp") this.mark((this.at - 1 + size) % size);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.at >= 0) this.take(this.list.children[this.at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(option) {
    if (option.result.href) return location.assign(option.result.href);
    this.input.value = option.result.value ?? option.result.label;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
