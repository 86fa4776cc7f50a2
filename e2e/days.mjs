// Days for forms, told from today on, so that tests and pictures hold whenever they are made.

/** A day so many days from now, as the city counts them: 2026-11-22. */
export function dayIn(days) {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" });
}

/** The first day from then on that is one of these weekdays, Monday being 1. */
export function weekdayFrom(day, weekdays) {
  const at = new Date(`${day}T12:00:00Z`);
  while (!weekdays.includes(at.getUTCDay())) at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

/** A day some days after another. */
export function later(day, days) {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
