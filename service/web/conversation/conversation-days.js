// Groups conversations by the day they were last used on.

/** {label, items} for each day that has some; items come the last used first. */
export function byDay(items, now = new Date()) {
  const today = dayOf(now);
  const yesterday = dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1));
  const labelOf = (time) => ({ [today]: "Today", [yesterday]: "Yesterday" })[dayOf(new Date(time))] ?? "Earlier";
  const groups = new Map();
  for (const item of items) {
    const label = item.updatedAt > now.getTime() ? "Today" : labelOf(item.updatedAt); // a clock may have been wrong
    groups.set(label, [...(groups.get(label) ?? []), item]);
  }
  return [...groups].map(([label, found]) => ({ label, items: found }));
}

const dayOf = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
