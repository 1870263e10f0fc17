// The choice is a cookie, so that the server sends the right palette in the first byte and nothing flashes.
import { announce } from "./announce.js";

const root = document.documentElement;

function shown() {
  return root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export function theme() {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.addEventListener("click", () => {
      const next = shown() === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
      announce(next === "dark" ? "Dark palette" : "Light palette", true);
    });
  }
}
