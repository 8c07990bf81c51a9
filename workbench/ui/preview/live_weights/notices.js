// What is said below the weights when one of them moves others.
import { figure } from "./controls.js";

/** After one weight was moved: which others moved to hold the total, or why it could not move. */
export function moveNotice(note, changed, kpis, held) {
  if (note === "held") return `Total held at ${held}: ${changesSaid(changed, kpis)}`;
  if (note === "all others locked")
    return "Every other weight is locked, so this one cannot move while the total is held.";
  if (note === "all others off")
    return "Every other KPI is off, so this one cannot move while the total is held. Give another KPI a weight first.";
  return "";
}

/** After the total began to be held: which weights that moved. */
export function totalNotice(changed, kpis, held) {
  return changed.length
    ? `Total brought to ${held}: ${changesSaid(changed, kpis)}`
    : `The total stays at ${held} from now on.`;
}

function changesSaid(changed, kpis) {
  return changed.map(({ k, from, to }) => `${kpis[k].name} ${figure(from)} → ${figure(to)}`).join(", ");
}
