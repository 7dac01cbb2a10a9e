// Builds elements. Strings become text nodes, so nothing from a person, a model
// or a document is ever read as markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(label, onClick, attributes = {}) {
  const node = el("button", { type: "button", class: "button", ...attributes }, label);
  node.addEventListener("click", onClick);
  return node;
}

export const byId = (id) => document.getElementById(id);

export const plural = (count, one, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
