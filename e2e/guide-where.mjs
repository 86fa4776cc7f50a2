// The pictures of the guides to the calendar, the map, the service guide and opening hours, in one language.
import { dayIn, weekdayFrom } from "./days.mjs";

/** What stands where, and what is written. */
const WORDS = {
  sv: {
    events: "/kalendarium?when=next-week", map: "/karta?layers=library", area: "/mitt-omrade?q=Kungsportsavenyn+5",
    near: "/hitta?kind=library&place=Kungsportsavenyn+5", compare: "/hitta/jamfor?units=stadsbiblioteket,angereds-bibliotek,frolunda-bibliotek",
    name: "Sy ett förkläde", what: "till 15", note: "Personalen planerar våren",
  },
  en: {
    events: "/en/events?when=next-week", map: "/en/map?layers=library", area: "/en/my-area?q=Kungsportsavenyn+5",
    near: "/en/find?kind=library&place=Kungsportsavenyn+5", compare: "/en/find/compare?units=stadsbiblioteket,angereds-bibliotek,frolunda-bibliotek",
    name: "Sew an apron", what: "till 15", note: "The staff plan the spring",
  },
};

async function see(page, address) {
  const answer = await page.goto(address, { timeout: 90_000 });
  if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
}

export async function whereGuide({ reader, admin }, language, shoot) {
  const words = WORDS[language];
  await see(reader, words.events);
  await shoot(reader, "events");
  await see(reader, words.map);
  await reader.locator("#map[data-live]").waitFor({ timeout: 30_000 });
  await reader.locator(".mapsplit").evaluate((own) => own.scrollIntoView({ block: "start" }));
  await shoot(reader, "map");
  await see(reader, words.area);
  await shoot(reader, "area");
  await see(reader, words.near);
  await shoot(reader, "near");
  await see(reader, words.compare);
  await shoot(reader, "units-compared");

  await see(admin, "/admin/calendar/new");
  await admin.locator("#field_name_sv").fill(words.name);
  await admin.locator("#field_start_date").fill(weekdayFrom(dayIn(14), [2]));
  await admin.locator("#field_start_time").fill("18");
  await admin.locator("#field_end_time").fill("20");
  await admin.locator("#field_repeat").selectOption("weekly");
  await admin.locator("#field_until").fill(dayIn(70));
  await admin.locator("input[name=skip_breaks]").check();
  await admin.locator(".datelist li").first().waitFor();
  await shoot(admin, "event-dates", [admin.locator(".whenset .quad"), admin.locator("#dates")]);
  await see(admin, "/admin/calendar");
  await shoot(admin, "events-desk");

  await see(admin, "/admin/hours");
  await admin.locator("select[name=kind]").selectOption("library");
  await admin.locator("[name=first]").fill(weekdayFrom(dayIn(20), [2, 3, 4]));
  await admin.locator("[name=what]").fill(words.what);
  await admin.locator("[name=note_sv]").fill(words.note);
  await admin.locator("button[value=preview]").click();
  await admin.locator(".bulklist > li").first().waitFor();
  await shoot(admin, "hours-many");
  await see(admin, "/admin/units?q=Stadsbiblioteket");
  await admin.locator("tbody th a").first().click();
  await admin.locator("h1").waitFor();
  await see(admin, `${/\/admin\/units\/[0-9a-f-]+/.exec(admin.url())[0]}/hours`);
  await shoot(admin, "hours");
}
