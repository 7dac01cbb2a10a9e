// Line drawings for buttons, 16 by 16. A button that shows one alone has a name of its own.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  close: "M3.5 3.5l9 9m0-9l-9 9",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  plus: "M8 3v10M3 8h10",
  pencil: "M3 13l.7-3L10.5 3.2a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2L6 12.3zM9.5 4.3l2.2 2.2",
  trash: "M2.8 4.5h10.4M6 4.5V3h4v1.5M4.2 4.5l.5 8.5h6.6l.5-8.5M6.7 7v3.5M9.3 7v3.5",
  download: "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13h10",
  upload: "M8 10.5V3M4.8 6L8 2.8 11.2 6M3 13h10",
  copy: "M5.5 5.5h7.5v7.5h-7.5zM10.5 5.5V3h-7.5v7.5h2.5",
  retry: "M12.8 6.3A5.1 5.1 0 1 0 13 9M13 3v3.3H9.7",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6L14 14",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1",
  moon: "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z",
  contrast: "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 2.5v11M8 5h4.4M8 8h5.4M8 11h4.4",
  help: "M5.7 6a2.3 2.3 0 1 1 3.5 2c-.8.5-1.2.9-1.2 1.8M8 12.4v.2",
  check: "M3 8.5l3.2 3.2L13 4.8",
  dots: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  chevron: "M6 3.5L10.5 8 6 12.5",
  document: "M4 2h5.5L12.5 5v9H4zM9.2 2.2v3.1h3.1M6 8.2h4.5M6 10.8h4.5",
  warning: "M8 2.5l6 10.8H2zM8 6.5v3.3M8 11.6v.2",
  stop: "M4.5 4.5h7v7h-7z",
};

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 16 16", width: 16, height: 16, class: "icon", "aria-hidden": true };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, String(value));
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", PATHS[name]);
  drawing.append(line);
  return drawing;
}
