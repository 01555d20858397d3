import type { Page } from "playwright-core";

/** Every word of the page that a person or a screen reader meets, but those inside `without`: text, names, tips, options. */
export const pageWords = (page: Page, without = ""): Promise<string> =>
  page.evaluate((selector) => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    if (selector) for (const part of copy.querySelectorAll(selector)) part.remove();
    for (const part of copy.querySelectorAll("script, style")) part.remove();
    const words: string[] = [];
    const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node: Node | null = walk.currentNode; node; node = walk.nextNode()) {
      if (node instanceof Element)
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description", "value"])
          words.push(node.getAttribute(name) ?? "");
      else words.push(node.textContent ?? "");
    }
    return [document.title, ...words].filter((text) => text.trim() !== "").join("\n");
  }, without);
