<?php
// Sets WordPress up and fills it with the pages of a running Torg: the same addresses, titles, leads,
// texts and first level of the menu. Prints the addresses that are pages on both sides.
$_SERVER['HTTP_HOST'] = getenv('TORG_HOST');
$_SERVER['SERVER_NAME'] = getenv('TORG_HOST');
define('WP_INSTALLING', true);
// No mail to whoever installed it.
function wp_new_blog_notification(): void {}
require getenv('TORG_SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Staden', 'redaktor', 'redaktor@stad.example', true, '', 'only-on-loopback');
$home = 'http://' . getenv('TORG_HOST');
update_option('siteurl', $home);
update_option('home', $home);
// Without a slash at the end, as Torg has them.
update_option('permalink_structure', '/%postname%');
switch_theme('twentytwentythree');
global $wp_rewrite;
$wp_rewrite->init();
wp_set_current_user(1);
foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}
kses_remove_filters();

function add(array $post): int
{
    $id = wp_insert_post(wp_slash($post) + ['post_status' => 'publish', 'post_author' => 1, 'post_type' => 'page'], true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
    return $id;
}

/** A page of Torg: its title and the HTML of its main part without what leads elsewhere on the site. */
function taken(string $path): ?array
{
    $html = @file_get_contents(getenv('TORG_URL') . $path);
    if ($html === false) {
        return null;
    }
    $page = new DOMDocument();
    @$page->loadHTML('<?xml encoding="utf-8"?>' . $html);
    $find = new DOMXPath($page);
    $main = $find->query('//main')->item(0);
    $heading = $find->query('//main//h1')->item(0);
    if (!$main || !$heading) {
        return null;
    }
    $title = trim($heading->textContent);
    $heading->parentNode->removeChild($heading);
    foreach (iterator_to_array($find->query('.//nav | .//form | .//script | .//aside', $main)) as $part) {
        $part->parentNode->removeChild($part);
    }
    $text = '';
    foreach ($main->childNodes as $part) {
        $text .= $page->saveHTML($part);
    }
    return [$title, "<!-- wp:html -->\n" . trim($text) . "\n<!-- /wp:html -->"];
}

$paths = array_filter(array_map('trim', file(getenv('TORG_PAGES'))));
// What lies above comes first.
usort($paths, fn ($a, $b) => [substr_count($a, '/'), $a] <=> [substr_count($b, '/'), $b]);
$ids = [];
$menu = '';
foreach ($paths as $path) {
    $page = taken($path);
    $parts = explode('/', trim($path, '/'));
    $above = implode('/', array_slice($parts, 0, -1));
    // A page whose place above is no page on the site has no address of its own in WordPress.
    if (!$page || ($above !== '' && !isset($ids[$above]))) {
        continue;
    }
    [$title, $text] = $page;
    $id = add(['post_title' => $title, 'post_content' => $text, 'post_parent' => $ids[$above] ?? 0,
        'post_name' => $path === '/' ? 'start' : end($parts)]);
    if ($path === '/') {
        update_option('show_on_front', 'page');
        update_option('page_on_front', $id);
    } else {
        $ids[implode('/', $parts)] = $id;
        if (count($parts) === 1 && strlen($parts[0]) > 2) {
            $link = ['label' => $title, 'type' => 'page', 'id' => $id, 'url' => $home . $path, 'kind' => 'post-type'];
            $menu .= '<!-- wp:navigation-link ' . wp_json_encode($link) . " /-->\n";
        }
    }
    if ($path === '/' || get_permalink($id) === $home . $path) {
        echo $path, "\n";
    }
}
add(['post_type' => 'wp_navigation', 'post_title' => 'Meny', 'post_content' => $menu]);
$wp_rewrite->flush_rules();
