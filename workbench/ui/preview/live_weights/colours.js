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

/** The text colour that reads better on a coloured bar, by the contrast of WCAG. */
export function inkOn(colour) {
  const light = luminance(colour);
  return 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? "#fff" : "#000";
}

function luminance(colour) {
  const linear = partsOf(colour).map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function isDark(colour) {
  const [r, g, b] = partsOf(colour);
  return 0.3 * r + 0.6 * g + 0.1 * b < 128;
}

function partsOf(colour) {
  return (colour.match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"]).map((part) => Number.parseInt(part, 16));
}
