// What the clipboard holds when somebody copies from Word, Google Docs, Outlook and an old web page:
// written for these tests in the shape that those programs give.

/** Word: styles in the head, lists as paragraphs with marks, comments for old browsers, odd tags. */
export const word = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;} @list l0:level1 {mso-level-number-format:bullet;} --></style></head>
<body lang=SV style='tab-interval:65.2pt;word-wrap:break-word'><!--StartFragment-->
<h1>Sandlådor i parken<o:p></o:p></h1>
<p class=MsoNormal>Sanden byts <b style='mso-bidi-font-weight:normal'>varje vår</b>
och kostar 1&nbsp;200 kronor.<o:p></o:p></p>
<h2 style='mso-list:none'>Så anmäler du<o:p></o:p></h2>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Ring oss<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>på vardagar<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Skriv ett <i>brev</i><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>Först detta<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><![endif]>Sedan detta<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'>
 <tr><td width=200 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal><b>Park<o:p></o:p></b></p></td><td><p class=MsoNormal><b>Dag<o:p></o:p></b></p></td></tr>
 <tr><td rowspan=2><p class=MsoNormal>Slottsskogen<o:p></o:p></p></td><td><p class=MsoNormal>3 april<o:p></o:p></p></td></tr>
 <tr><td><p class=MsoNormal>4 april<o:p></o:p></p></td></tr>
</table>
<p class=MsoNormal><span style='display:none;mso-hide:all'>Dold anteckning</span>Läs mer på <a href="https://www.example.org/sand?utm_source=brev&amp;id=7"><span style='color:blue'>sandens sida</span></a>.
<span class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1">[KB1]</a></span><img width=120 height=80 src="file:///C:/bild.png"></p>
<!--EndFragment--></body></html>`;

/** Google Docs: all in a bold tag that is not bold, marks as styles, lists in lists as brothers. */
export const docs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0a1b2c3d"><h2 dir="ltr" style="line-height:1.38;"><span style="font-size:16pt;font-family:Arial;">Lekplatser</span></h2>
<p dir="ltr"><span style="font-weight:400;">Vi </span><span style="font-weight:700;">bygger</span><span style="font-weight:400;font-style:italic"> snart</span><span> nytt. Se </span><a href="https://www.google.com/url?q=https://www.example.org/lek&amp;sa=D&amp;ust=17"><span style="color:#1155cc;text-decoration:underline;">planen</span></a></p>
<ul style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Gungor</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>för små</span></p></li></ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Klätternät</span></p></li></ul><br />
<div dir="ltr"><table style="border:none"><colgroup><col width="300" /><col width="300" /></colgroup><tbody><tr><td><p dir="ltr"><span>Plats</span></p></td><td><p dir="ltr"><span>Klar</span></p></td></tr><tr><td><p><span>Hjo</span></p><p><span>torg</span></p></td><td><p><span>2027</span></p></td></tr></tbody></table></div></b>`;

/** Outlook: links that go round by a filter. */
export const outlook = `<html><body><div class=WordSection1><p class=MsoNormal>Hej!<br>Här är <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fprotokoll&amp;data=05%7C01&amp;reserved=0">protokollet</a>.<o:p></o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Från:</b> Bo</p></div></div></body></html>`;

/** An old web page: a table that lays out, tracking, scripts in every corner. */
export const old = `<table width="100%" bgcolor="#cccccc"><tr><td><font size="5" face="Verdana"><h3>Välkommen</h3></font></td></tr><tr><td><center><p onclick="steal()" style="color:red">Gammal <script>window.__stolen = 1</script>text</p></center>
<img src="https://spy.example/pixel.gif" width="1" height="1"><img src=x onerror="window.__stolen = 2"><a href="javascript:window.__stolen=3">klicka</a> <a href="/kontakt?fbclid=abc" onmouseover="steal()">kontakt</a>
<iframe src="https://spy.example/"></iframe><svg onload="window.__stolen = 4"><a xlink:href="javascript:1">x</a></svg><style>body { display: none }</style></td></tr></table><math><mtext><img src=x onerror="window.__stolen=5"></mtext></math>`;
