<?php
// Sets WordPress up and fills it with what a small municipality would have: pages in a tree, posts of every state,
// blocks, classic text, shortcodes, pictures, files, comments, and odd things that real sites have.
$port = getenv('TORG_PORT');
$_SERVER['HTTP_HOST'] = "127.0.0.1:$port";
define('WP_INSTALLING', true);
require getenv('TORG_SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
wp_install('Sjövik', 'redaktor', 'redaktor@sjovik.example', true, '', 'only-on-loopback');
update_option('siteurl', "http://127.0.0.1:$port");
update_option('home', "http://127.0.0.1:$port");
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('blogdescription', 'En kommun vid vattnet');
foreach (wp_get_themes() as $theme) {
    switch_theme($theme->get_stylesheet());
    break;
}
global $wp_rewrite;
$wp_rewrite->init();
$wp_rewrite->flush_rules();
wp_set_current_user(1);
// What every new WordPress holds.
foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}
kses_remove_filters();

function add(array $post): int {
    $id = wp_insert_post($post + ['post_status' => 'publish', 'post_author' => 1, 'post_type' => 'page'], true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
    return $id;
}

function picture(string $name, string $alt, string $caption, int $parent): array {
    $upload = wp_upload_dir('2026/03');
    $file = $upload['path'] . "/$name.jpg";
    $image = imagecreatetruecolor(640, 400);
    imagefilledrectangle($image, 0, 0, 640, 250, imagecolorallocate($image, 140, 190, 230));
    imagefilledrectangle($image, 0, 250, 640, 400, imagecolorallocate($image, 30, 90, 130));
    imagejpeg($image, $file);
    $id = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => $name, 'post_excerpt' => $caption,
        'post_status' => 'inherit', 'post_author' => 1], $file, $parent);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
    update_post_meta($id, '_wp_attachment_image_alt', $alt);
    return [$id, wp_get_attachment_url($id)];
}

[$bridge, $bridge_url] = picture('bron', 'Bron över sundet i kvällsljus', 'Bron byggdes om 2019.', 0);
[$pier, $pier_url] = picture('bryggan', 'Bryggan vid badplatsen', '', 0);
$upload = wp_upload_dir('2026/03');
file_put_contents($upload['path'] . '/taxa.pdf', "%PDF-1.4\n%%EOF\n");
$pdf = wp_insert_attachment(['post_mime_type' => 'application/pdf', 'post_title' => 'Taxa 2026', 'post_status' => 'inherit',
    'post_author' => 1], $upload['path'] . '/taxa.pdf');
$pdf_url = wp_get_attachment_url($pdf);
$home = "http://127.0.0.1:$port";

$shared = add(['post_type' => 'wp_block', 'post_title' => 'Frågor', 'post_content' =>
    "<!-- wp:paragraph -->\n<p>Har du frågor? Kom till medborgarkontoret.</p>\n<!-- /wp:paragraph -->"]);

$live = add(['post_title' => 'Bygga och bo', 'post_name' => 'bygga-och-bo', 'menu_order' => 2, 'post_content' => <<<HTML
<!-- wp:paragraph -->
<p>Här finns allt om att bygga, bo och flytta i Sjövik. Välj det som passar dig.</p>
<!-- /wp:paragraph -->

<!-- wp:list -->
<ul class="wp-block-list"><!-- wp:list-item -->
<li><a href="$home/bygga-och-bo/bygglov/">Bygglov</a></li>
<!-- /wp:list-item --></ul>
<!-- /wp:list -->
HTML]);
$permit = add(['post_title' => 'Bygglov', 'post_name' => 'bygglov', 'post_parent' => $live, 'menu_order' => 1, 'post_excerpt' =>
    'När du behöver lov och hur du söker.', 'post_content' => <<<HTML
<!-- wp:heading -->
<h2 class="wp-block-heading">När behöver du lov?</h2>
<!-- /wp:heading -->

<!-- wp:paragraph -->
<p>Du behöver lov för att bygga nytt, bygga till och för att ändra fasaden. Läs <a href="$home/?p=%LATER%">vad det kostar</a> eller <a href="/bygga-och-bo/">gå tillbaka</a>.</p>
<!-- /wp:paragraph -->

<!-- wp:image {"id":$bridge,"sizeSlug":"medium"} -->
<figure class="wp-block-image size-medium"><img src="{$upload['url']}/bron-300x188.jpg" alt="" class="wp-image-$bridge"/><figcaption class="wp-element-caption">Nybyggt vid bron</figcaption></figure>
<!-- /wp:image -->

<!-- wp:table -->
<figure class="wp-block-table"><table><thead><tr><th>Åtgärd</th><th>Avgift</th></tr></thead><tbody><tr><td>Altan</td><td>4 200 kr</td></tr><tr><td>Garage</td><td>9 800 kr</td></tr></tbody></table><figcaption class="wp-element-caption">Avgifter 2026</figcaption></figure>
<!-- /wp:table -->

<!-- wp:file {"id":$pdf,"href":"$pdf_url"} -->
<div class="wp-block-file"><a href="$pdf_url">Taxa 2026</a><a href="$pdf_url" class="wp-block-file__button" download>Ladda ner</a></div>
<!-- /wp:file -->

<!-- wp:block {"ref":$shared} /-->

<!-- wp:acme/price-box {"price":"4 200"} -->
<div class="acme-price-box"><p>Från 4 200 kronor</p></div>
<!-- /wp:acme/price-box -->

<!-- wp:latest-posts /-->

<!-- wp:details -->
<details class="wp-block-details"><summary>Vad händer sedan?</summary><!-- wp:paragraph -->
<p>Du får ett beslut inom tio veckor.</p>
<!-- /wp:paragraph --></details>
<!-- /wp:details -->
HTML]);
$cost = add(['post_title' => 'Vad kostar bygglov?', 'post_name' => 'kostnad', 'post_parent' => $permit, 'post_content' =>
    "Kostnaden beror på <strong>hur stort</strong> du bygger.\nRäkna med några tusen.\n\nSe [taxa_knapp] eller [sic] fråga.\n\n<ul>\n<li>Altan</li>\n<li>Garage</li>\n</ul>\n\n[caption id=\"attachment_$pier\" align=\"alignnone\" width=\"300\"]<img src=\"$pier_url\" alt=\"Bryggan\" width=\"300\" /> Bryggan i maj[/caption]\n\n[gallery ids=\"$bridge,$pier,99999\"]\n\nhttps://www.youtube.com/watch?v=aqz-KE-bpKQ\n\n[acme_box kind=\"info\"]Texten i rutan[/acme_box]"]);
global $wpdb;
$text = get_post($permit)->post_content;
$wpdb->update($wpdb->posts, ['post_content' => str_replace('%LATER%', (string) $cost, $text)], ['ID' => $permit]);
add(['post_title' => 'Bada', 'post_name' => 'bada', 'menu_order' => 3, 'post_content' =>
    "<!-- wp:paragraph -->\n<p>Tre badplatser är öppna hela året, även för dig som badar på vintern.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:gallery -->\n<figure class=\"wp-block-gallery has-nested-images\"><!-- wp:image {\"id\":$bridge} -->\n<figure class=\"wp-block-image\"><img src=\"$bridge_url\" alt=\"\"/></figure>\n<!-- /wp:image -->\n\n<!-- wp:image {\"id\":$pier} -->\n<figure class=\"wp-block-image\"><img src=\"$pier_url\" alt=\"Bryggan vid badet\"/></figure>\n<!-- /wp:image --></figure>\n<!-- /wp:gallery -->\n\n<!-- wp:embed {\"url\":\"https://vimeo.com/76979871\",\"type\":\"video\"} -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://vimeo.com/76979871\n</div><figcaption class=\"wp-element-caption\">Vinterbad</figcaption></figure>\n<!-- /wp:embed -->\n\n<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>Kallt men skönt.</p>\n<!-- /wp:paragraph --><cite>En badare</cite></blockquote>\n<!-- /wp:quote -->"]);
add(['post_title' => 'Kontakt', 'post_name' => 'kontakt', 'menu_order' => 9, 'post_content' => '<p>Ring oss på 031-390 06 00.</p>']);
add(['post_title' => 'مرحبا', 'post_name' => 'مرحبا', 'post_content' => '<p>معلومات للوافدين الجدد.</p>']);
add(['post_title' => 'Bara för nämnden', 'post_password' => 'hemligt', 'post_content' => '<p>PROTECTED-TEXT</p>']);
add(['post_title' => 'Utkast', 'post_status' => 'draft', 'post_content' => '<p>DRAFT-TEXT</p>']);
add(['post_title' => 'Internt', 'post_status' => 'private', 'post_content' => '<p>PRIVATE-TEXT</p>']);
add(['post_title' => 'Kommer sedan', 'post_type' => 'post', 'post_status' => 'future', 'post_date' => '2031-01-01 10:00:00',
    'post_content' => '<p>FUTURE-TEXT</p>']);
wp_trash_post(add(['post_title' => 'Slängd', 'post_content' => '<p>TRASH-TEXT</p>']));

$category = wp_create_category('Vägar');
$news = add(['post_type' => 'post', 'post_title' => 'Bron öppnar igen', 'post_name' => 'bron-oppnar', 'post_date' => '2026-03-02 08:30:00',
    'post_category' => [$category], 'tags_input' => ['bro', 'trafik'], 'post_content' => <<<HTML
<!-- wp:paragraph -->
<p>Bron över sundet öppnar för trafik på måndag klockan sju.</p>
<!-- /wp:paragraph -->

<!-- wp:more -->
<!--more-->
<!-- /wp:more -->

<!-- wp:paragraph -->
<p>Mer om <a href="$home/bada/#vinter">badplatsen</a> bredvid och <a href="https://www.riksdagen.se/">riksdagen</a>.</p>
<!-- /wp:paragraph -->
HTML]);
set_post_thumbnail($news, $bridge);
stick_post($news);
foreach (['Bra!', 'När då?'] as $words) {
    wp_insert_comment(['comment_post_ID' => $news, 'comment_author' => 'Kim', 'comment_content' => $words, 'comment_approved' => 1]);
}
add(['post_type' => 'post', 'post_title' => 'Tecken & <em>märken</em> ]]> i rubrik', 'post_date' => '2026-02-01 12:00:00',
    'post_content' => "Slut på CDATA: ]]> och ett styrtecken här: \x08 slut.\n\nAndra stycket."]);
$wpdb->insert($wpdb->posts, ['post_type' => 'evenemang', 'post_title' => 'Valborg', 'post_status' => 'publish', 'post_author' => 1,
    'post_content' => 'Vid bryggan.', 'post_name' => 'valborg', 'post_date' => '2026-04-30 18:00:00', 'post_date_gmt' => '2026-04-30 16:00:00',
    'post_excerpt' => '', 'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '']);
register_post_type('evenemang', ['public' => true, 'can_export' => true]);
