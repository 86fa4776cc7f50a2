// Units by rule for the measurement: the same number gives the same table. Usage: make_units.mjs COUNT
const count = Number(process.argv[2] ?? 5000);
const kinds = ["library", "school", "preschool", "office", "beach", "park", "museum", "sports_hall", "health", "playground"];
const owners = ["kulturforvaltningen", "grundskoleforvaltningen", "forskoleforvaltningen", "stadsmiljoforvaltningen", "idrott-och-forening"];
const streets = ["Kustgatan", "Linnégatan", "Vasagatan", "Karl Johansgatan", "Opalgatan", "Rymdtorget"];
const features = ["step_free", "lift", "accessible_toilet", "hearing_loop"];
let seed = 7;
const next = (most) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % most; };
console.log("key;kind;organisation;name_sv;name_en;phone;street;postcode;city;lat;lon;features;keywords;mon;tue;wed;thu;fri;sat");
for (let at = 1; at <= count; at += 1) {
  const hours = `${String(7 + next(4)).padStart(2, "0")}:00-${16 + next(5)}:00`;
  const week = Array.from({ length: 6 }, (_, day) => (day < 5 || next(2) ? hours : "")).join(";");
  const own = features.filter(() => next(2)).join("|");
  console.log([`matt-${at}`, kinds[next(kinds.length)], owners[next(owners.length)], `Mätenhet ${at}`, `Measured unit ${at}`, `031-390 06 ${String(next(50)).padStart(2, "0")}`,
    `${streets[next(streets.length)]} ${1 + next(90)}`, "411 13", "Göteborg", (57.62 + next(18000) / 100000).toFixed(5), (11.80 + next(26000) / 100000).toFixed(5), own, `ord${next(500)}`, week].join(";"));
}
