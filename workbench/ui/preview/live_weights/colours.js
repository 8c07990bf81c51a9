// The colours and the font of the page, as the drawing uses them.

/** `board` brings the colours of the goal's quarters. */
export function coloursOf(root, board) {
  const style = getComputedStyle(root);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    dark: isDark(style.getPropertyValue("--st-background-color")),
    text: read("--text"),
    soft: read("--soft"),
    muted: read("--muted"),
    line: read("--line"),
    font: style.fontFamily,
    quarters: board.quarters,
  };
}

function isDark(colour) {
  const [r, g, b] = (colour.match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"]).map((part) => Number.parseInt(part, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 128;
}
