"""What pikepdf, python-docx and openpyxl find in a file: python documents.py pdf|docx|xlsx FILE, as JSON."""

import json
import sys


def pdf(path):
    import pikepdf

    with pikepdf.open(path) as file:
        root = file.Root
        facts = {
            "marked": bool(root.MarkInfo.get("/Marked", False)),
            "language": str(root.get("/Lang", "")),
            "shows_title": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            "pages": len(file.pages),
            "metadata": {},
            "outline": [],
            "roles": [],
            "headings": [],
            "heads": [],
            "tables": [],
            "figures": [],
            "links": [],
            "languages": [],
            "uris": [],
        }
        with file.open_metadata() as metadata:
            for key in ("dc:title", "dc:language", "dc:creator", "pdfuaid:part", "pdfaid:part",
                        "pdfaid:conformance", "xmp:CreateDate"):
                value = metadata.get(key)
                if value is not None:
                    facts["metadata"][key] = value if isinstance(value, str) else list(value)
        with file.open_outline() as outline:
            def down(items, level):
                for item in items:
                    facts["outline"].append([level, item.title])
                    down(item.children, level + 1)
            down(outline.root, 1)
        for page in file.pages:
            for note in page.get("/Annots", []):
                if note.get("/Subtype") == "/Link":
                    facts["links"].append(str(note.get("/Contents", "")))
                    action = note.get("/A", {})
                    if "/URI" in action:
                        facts["uris"].append(str(action["/URI"]))
            # Another language than the document's is said where the text itself stands.
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                    said = operands[1].get("/Lang")
                    if said is not None and str(said) not in facts["languages"]:
                        facts["languages"].append(str(said))
        walk(root.StructTreeRoot.K, facts, None)
        return facts


def children(node):
    import pikepdf

    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def attribute(node, name):
    import pikepdf

    owned = node.get("/A")
    if owned is None:
        return None
    for one in list(owned) if isinstance(owned, pikepdf.Array) else [owned]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return one[name]
    return None


def walk(node, facts, table):
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for kid in node:
            walk(kid, facts, table)
        return
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return
    role = str(node.S)
    facts["roles"].append(role)
    if "/Lang" in node:
        facts["languages"].append(str(node.Lang))
    if role in ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6"):
        facts["headings"].append([int(role[2]), str(node.get("/T", ""))])
    if role == "/Figure":
        facts["figures"].append(str(node.get("/Alt", "")))
    if role == "/Table":
        table = {"summary": str(attribute(node, "/Summary") or ""), "scopes": [], "headers": 0, "data": 0}
        facts["tables"].append(table)
    if role == "/TH" and table is not None:
        table["headers"] += 1
        table["scopes"].append(str(attribute(node, "/Scope") or ""))
    if role == "/TD" and table is not None:
        table["data"] += 1
    for kid in children(node):
        walk(kid, facts, table)


def docx(path):
    import docx
    from docx.oxml.ns import qn

    file = docx.Document(path)
    body = file.element.body
    facts = {
        "title": file.core_properties.title,
        "author": file.core_properties.author,
        "language": file.core_properties.language,
        "created": file.core_properties.created.isoformat(),
        "default_language": file.styles.element.find(".//" + qn("w:rPrDefault") + "//" + qn("w:lang")).get(qn("w:val")),
        "paragraphs": [[p.style.name, p.text] for p in file.paragraphs],
        "tables": [],
        "pictures": [],
        "links": [],
        "languages": sorted({lang.get(qn("w:val")) or lang.get(qn("w:bidi")) for lang in body.iter(qn("w:lang"))}),
        "sections": [[s.page_width.mm, s.page_height.mm] for s in file.sections],
        "header": "".join(p.text for p in file.sections[0].header.paragraphs),
        "fields": [f.get(qn("w:instr")).strip() for f in file.sections[0].footer._element.iter(qn("w:fldSimple"))],
    }
    for table in file.tables:
        rows = table._tbl.findall(qn("w:tr"))
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        summary = table._tbl.tblPr.find(qn("w:tblDescription"))
        facts["tables"].append({
            "caption": caption.get(qn("w:val")),
            "summary": None if summary is None else summary.get(qn("w:val")),
            "style": table.style.name,
            "repeated": [row.find(qn("w:trPr") + "/" + qn("w:tblHeader")) is not None for row in rows],
            "cells": [[cell.text for cell in row.cells] for row in table.rows],
        })
    for picture in body.iter(qn("wp:docPr")):
        facts["pictures"].append([picture.get("id"), picture.get("descr")])
    for link in body.iter(qn("w:hyperlink")):
        rid = link.get(qn("r:id"))
        target = file.part.rels[rid].target_ref if rid else "#" + link.get(qn("w:anchor"))
        facts["links"].append([target, "".join(t.text or "" for t in link.iter(qn("w:t")))])
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    facts["dead"] = [to for to, _ in facts["links"] if to.startswith("#") and to[1:] not in names]
    return facts


def xlsx(path):
    import openpyxl

    file = openpyxl.load_workbook(path)
    return {
        "title": file.properties.title,
        "creator": file.properties.creator,
        "created": file.properties.created.isoformat(),
        "sheets": [
            {
                "name": sheet.title,
                "frozen": sheet.freeze_panes,
                "repeated": sheet.print_title_rows,
                "tables": dict(sheet.tables.items()),
                "merged": sorted(str(one) for one in sheet.merged_cells.ranges),
                "cells": {
                    cell.coordinate: [
                        cell.value if isinstance(cell.value, (int, float)) else str(cell.value),
                        cell.data_type,
                        cell.number_format,
                        bool(cell.font.b),
                        cell.hyperlink.target or cell.hyperlink.location if cell.hyperlink else None,
                    ]
                    for row in sheet.iter_rows()
                    for cell in row
                    if cell.value is not None
                },
            }
            for sheet in file.worksheets
        ],
    }


print(json.dumps({"pdf": pdf, "docx": docx, "xlsx": xlsx}[sys.argv[1]](sys.argv[2]), ensure_ascii=False))
