// Pages that the demo city lacks: one with every block in three languages, a list of several pages,
// an empty list, and dated pages in Arabic. Taken in as an editor's own files would be.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { binary } from "./demo.mjs";

const words = {
  sv: ["Alla block", "Ett block av varje slag.", "Rubrik", "Text med", "en länk", "Första", "Andra", "Se upp.", "Ruta", "Tider", "Plats", "Tid", "Film", "Ansök", "/sok"],
  en: ["All blocks", "One block of every kind.", "Heading", "Text with", "a link", "First", "Second", "Look out.", "Box", "Times", "Place", "Time", "Film", "Apply", "/en/search"],
  ar: ["جميع العناصر", "عنصر واحد من كل نوع.", "عنوان", "نص مع", "رابط", "الأول", "الثاني", "انتبه.", "إطار", "الأوقات", "المكان", "الوقت", "فيلم", "قدّم الطلب", "/ar/libraries"],
};

function everyBlock(locale) {
  const [title, lead, heading, text, link, first, second, warning, box, times, place, time, film, apply, target] = words[locale];
  return `---
title: ${title}
description: ${lead}
owner: kulturforvaltningen
reviewed: 2026-10-05
---
:::actions
[${apply}](${target})
:::

:::facts
${time} | {{fact:bibliotek-lanetid:value}} | {{fact:simhall-vuxen:value}}
:::

## ${heading}

${text} [${link}](${target}), **${first}**, *${second}*, {{unit:stadsbiblioteket:phone}}, {{unit:stadsbiblioteket:address}}.

- ${first}
- ${second}

1. ${first}
2. ${second}

Table: ${times}
| ${place} | ${time} |
|---|---|
| [${place}](unit:stadsbiblioteket) | {{unit:stadsbiblioteket:hours}} |

> ${text}

> [!NOTE]
> ${lead}

> [!WARNING]
> ${warning}

![${place}](/pictures/bibliotek.jpg "${lead}")

:::box ${box}
### ${heading}

${text}
:::

:::accordion
### ${first}

${text} [${link}](${target}).

### ${second}

${lead}
:::

:::video https://www.youtube.com/watch?v=aaaaaaaaaaa | ${film}
${lead}
:::

:::video https://www.youtube.com/watch?v=bbbbbbbbbbb | ${film} 2 | sign_language
:::

:::service https://e-tjanster.goteborg.example/prov | ${apply} 2 | ${lead}
:::

:::tasks
book-open | [${second}](${target}) | ${lead}
:::

## ${second}

{#${locale}-ankare}

{{contact:stadsbiblioteket}}

## ${times}

${lead}
`;
}

const dated = (title, type, day, lead, more = "") => `---
title: ${title}
type: ${type}
published: ${day}
description: ${lead}
owner: kulturforvaltningen
${more}---
${lead}
`;

const section = (title, type, lead) => `---
title: ${title}
type: ${type}
description: ${lead}
owner: kulturforvaltningen
---
`;

/** Takes the pages in beside the running demo; gives their addresses by name. */
export function takeIn(data) {
  const folder = mkdtempSync(join(tmpdir(), "torg-samples-"));
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const locale of Object.keys(words)) put(`${locale}/prov-block.md`, everyBlock(locale));
  put("sv/prov-lista.md", section("Prov av lista", "section", "En lista på flera sidor."));
  for (let number = 1; number <= 45; number += 1) {
    put(`sv/prov-lista/nyhet-${number}.md`,
      dated(`Nyhet ${number}`, "news", `${number % 2 ? 2025 : 2026}-0${1 + (number % 9)}-11`, `Det här är nyhet ${number}.`, "categories: prov\n"));
  }
  put("sv/prov-tom.md", section("Tom lista", "section", "Här står inget än."));
  put("ar/news.md", section("الأخبار", "section", "آخر الأخبار من المدينة."));
  put("ar/news/library.md", dated("المكتبة مفتوحة مساءً", "news", "2026-11-02", "المكتبة مفتوحة حتى الساعة 20 يوم الإثنين.", "categories: ثقافة\npicture: /pictures/bibliotek.jpg\n"));
  put("ar/magazine.md", section("مجلة المدينة", "magazine", "حكايات من يوتوبوري."));
  put("ar/magazine/harbour.md", dated("الميناء في الليل", "story", "2026-11-03", "حكاية عن الميناء.", "picture: /pictures/hamn.jpg\n"));
  execFileSync(binary, ["import", "pages", folder, "--data", data], { timeout: 120_000, stdio: "pipe" });
  rmSync(folder, { recursive: true });
}
